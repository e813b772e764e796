import type { Clock } from '../../engine/clock.ts';
import { doubled, retryAfterMs } from '../../model/pause.ts';
import type { OtlpSettings } from './otlp-settings.ts';
import { otlpBody, type Span } from './span.ts';

/** so many wait to be sent; beyond them the newest are left out: what is told about the work must not grow like the work */
const mostWaiting = 4_096;
const mostAtOnce = 512;
const timeoutMs = 10_000;
/** what may be sent again: https://opentelemetry.io/docs/specs/otlp/#retryable-response-codes */
const again = new Set([429, 502, 503, 504]);
const mostTries = 5;
/** whatever the collector says: what waits meanwhile is bounded, and what is left out is old soon */
const longestPauseMs = 60_000;

/** Sends spans to a collector by OTLP over HTTP. Whatever the collector does, no run waits for it. */
export class OtlpExporter {
  private readonly settings: Pick<OtlpSettings, 'url' | 'headers' | 'resource' | 'everyMs'>;
  private readonly scope: { name: string; version: string };
  private readonly clock: Clock;
  private readonly say: (line: string) => void;
  private waiting: Span[] = [];
  private leftOut = 0;
  private cancelTimer: (() => void) | undefined;
  private sending: Promise<void> | undefined;
  private said = false;

  /** @param say logs a line: once when it begins to fail */
  constructor(settings: OtlpExporter['settings'], ports: { version: string; clock: Clock; say(line: string): void }) {
    this.settings = settings;
    this.scope = { name: '@psconnect/node-red-professional-services', version: ports.version };
    this.clock = ports.clock;
    this.say = (line) => ports.say(line);
  }

  add(span: Span): void {
    if (this.waiting.length >= mostWaiting) {
      this.leftOut++;
      return;
    }
    this.waiting.push(span);
    if (this.waiting.length >= mostAtOnce) void this.flush();
    else this.cancelTimer ??= this.clock.after(this.settings.everyMs, () => void this.flush());
  }

  /** Sends what waits; resolves when it is sent, or given up. */
  flush(): Promise<void> {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
    return (this.sending ??= this.sendAll().finally(() => {
      this.sending = undefined;
    }));
  }

  async flushWithin(ms: number): Promise<void> {
    let cancel: () => void = () => undefined;
    const over = new Promise<void>((resolve) => (cancel = this.clock.after(ms, resolve)));
    await Promise.race([this.flush(), over]);
    cancel();
  }

  private async sendAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const spans = this.waiting.splice(0, mostAtOnce);
      const trouble = await this.send(otlpBody(spans, this.settings.resource, this.scope));
      if (trouble === undefined) this.worksAgain();
      else this.fails(trouble, spans.length);
    }
  }

  /** Undefined = it is there. */
  private async send(body: string): Promise<string | undefined> {
    for (let attempt = 1; ; attempt++) {
      const { trouble, pauseMs } = await this.post(body);
      if (trouble === undefined || pauseMs === undefined || attempt === mostTries) return trouble;
      this.fails(trouble, 0);
      await new Promise<void>((resolve) =>
        this.clock.after(Math.min(longestPauseMs, Math.max(pauseMs, doubled(1_000, attempt - 1, 30_000))), () => resolve()),
      );
    }
  }

  private async post(body: string): Promise<{ trouble?: string; pauseMs?: number }> {
    const { url, headers } = this.settings;
    try {
      const response = await fetch(url, {
        ...{ method: 'POST', body, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) },
        headers: { ...headers, 'Content-Type': 'application/json' },
      });
      await response.body?.cancel();
      if (response.ok) return {};
      const trouble = `HTTP ${response.status}`;
      if (!again.has(response.status)) return { trouble };
      return { trouble, pauseMs: retryAfterMs(response.headers.get('retry-after') ?? undefined, this.clock.now()) ?? 0 };
    } catch (error) {
      return { trouble: String((error as { cause?: { code?: string } }).cause?.code ?? (error as Error).name), pauseMs: 0 };
    }
  }

  private worksAgain(): void {
    if (this.said) this.say(`[ps-connect] traces: the collector takes spans again; left out meanwhile: ${this.leftOut}`);
    [this.said, this.leftOut] = [false, 0];
  }

  private fails(trouble: string, leftOut: number): void {
    this.leftOut += leftOut;
    if (!this.said) this.say(`[ps-connect] traces: the collector does not take spans (${trouble}); the runs go on without`);
    this.said = true;
  }
}
