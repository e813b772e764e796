import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NodeAPI } from 'node-red';
import type { Entry } from '../../engine/engine-contract.ts';
import { Failure, type Issue } from '../../model/failure.ts';
import type { SourceEvent } from '../../model/operations.ts';
import { credentialTypes } from '../../nodes/credential-types.ts';
import type { NodeDeclaration } from '../../nodes/node-declaration.ts';
import type { SourceState } from '../pack.ts';
import { type PackNode, paletteNode } from '../pack-node.ts';
import { sourceEntry } from '../source-entry.ts';
import { accepted, type Answer, later, problem, retryAfterSeconds, send } from './answers.ts';
import { contentModeOf, readEvents } from './content-mode.ts';
import { OpenRuns } from './open-runs.ts';
import { RecordedBody, type WholeBody } from './recorded-body.ts';
import { RefusalLog } from './refusal-log.ts';
import type { Endpoint } from './webhook-endpoints.ts';
import { type WebhookSettings, webhookSettings } from './webhook-settings.ts';

/** A node that is sent events over HTTP. What it acknowledges is stored. */
export function webhookSource(declaration: NodeDeclaration): (RED: NodeAPI) => void {
  return paletteNode(
    declaration.type,
    (base) => {
      const source = new WebhookSource(base, webhookSettings(base, declaration, process.env));
      base.pack.engine.register(source.entry);
      const stopListening = base.pack.onChange(() => source.look());
      source.look();
      base.node.on('close', () => {
        stopListening();
        base.stopping.abort();
        base.closing.abort();
        base.pack.webhooks.release(source);
        base.pack.engine.unregister(base.id);
        base.pack.sources.delete(base.id);
      });
    },
    { credentials: credentialTypes(declaration) },
  );
}

class WebhookSource implements Endpoint {
  readonly name: string;
  readonly path: string;
  readonly limit: number;
  readonly entry: Entry;
  private readonly base: PackNode;
  private readonly settings: WebhookSettings;
  private readonly state: SourceState;
  private readonly openRuns: OpenRuns;
  private readonly refusals: RefusalLog;
  /** of the path: another node has it */
  private unheard: Failure | undefined;
  /** a status is made only when it is shown */
  private readonly count = () => this.base.words('status.listening', { count: this.state.stored });

  constructor(base: PackNode, settings: WebhookSettings) {
    this.base = base;
    this.settings = settings;
    this.name = base.config.name || base.node.type;
    this.path = settings.path;
    this.limit = settings.limit;
    this.entry = sourceEntry(base);
    this.state = { type: base.node.type, name: this.name, stored: 0, listens: true };
    base.pack.sources.set(base.id, this.state);
    this.refusals = new RefusalLog(base.pack.clock, (line) => base.node.warn(line));
    this.openRuns = new OpenRuns(base, (full, count) => {
      this.state.backlog = full;
      if (full) base.status.show('yellow', 'ring', base.words('status.backlog', { count }));
      else this.showListening();
    });
    if (settings.trouble) base.node.error(`${settings.trouble.message} ${settings.trouble.remedy ?? ''}`);
    else if (settings.unsigned) base.node.warn('Anybody who reaches the address of this node can start runs: no signature is asked for.');
  }

  /** Looks whether it can listen, now that something has changed, and says so. */
  look(): void {
    const { base, settings } = this;
    if (base.stopping.signal.aborted) return;
    const unheard = this.claim(); // also to answer that it is not set up
    const failure = settings.trouble ?? unheard ?? base.pack.trouble;
    if (failure) {
      base.status.show('red', 'ring', base.words('status.paused', { message: failure.message }));
    } else if (base.pack.ready) {
      delete this.state.failure;
      if (!this.openRuns.areTooMany) this.showListening();
    }
  }

  serve(request: IncomingMessage, response: ServerResponse): void {
    try {
      const answer = this.unread(request);
      if (answer) return this.reply(response, answer);
      RecordedBody.whole(request, this.limit, (body) => {
        if (body === 'gone') return;
        void this.take(request, body).then((taken) => this.reply(response, taken));
      });
    } catch (error) {
      this.reply(response, this.defect(error));
    }
  }

  /** What is answered whatever the body says. */
  private unread({ method, headers }: IncomingMessage): Answer | undefined {
    if (method !== 'POST') return problem(405, 'Events are sent by POST.', { headers: { Allow: 'POST' } });
    const closed = this.closed();
    if (closed) return closed;
    if (this.openRuns.areTooMany) return later(429, 'Too many events wait here to be worked off.');
    if (Number(headers['content-length']) > this.limit) return this.tooLong();
    if (contentModeOf(headers)) return undefined;
    const detail =
      'Send application/cloudevents+json, application/cloudevents-batch+json, ce- headers or application/json; UTF-8, not compressed.';
    return problem(415, detail, {
      headers: { Accept: 'application/cloudevents+json, application/cloudevents-batch+json, application/json' },
    });
  }

  /** Why nothing can be stored now. */
  private closed(): Answer | undefined {
    const { settings, base } = this;
    if (settings.trouble) return later(503, 'The receiver is not set up; its owner sees why.');
    return base.pack.ready ? undefined : later(503, 'Nothing can be stored at the moment.');
  }

  /** Never rejects. */
  private async take(request: IncomingMessage, body: Exclude<WholeBody, 'gone'>): Promise<Answer> {
    try {
      if (body === 'too-long') return this.tooLong();
      if (body === 'lost') return this.lost();
      const { headers } = request;
      const { signature, events } = this.settings;
      const now = this.base.pack.clock.now();
      const refusal = signature.refusal(headers, body, now);
      if (refusal) return problem(401, refusal.message, { issues: [refusal], headers: { 'WWW-Authenticate': signature.scheme } });
      const mode = contentModeOf(headers) ?? 'plain';
      const read = readEvents(mode, { headers, body, now }, events);
      return await this.store(
        read.events.some(isAwaited)
          ? await Promise.all(read.events.map((event) => Promise.resolve(event)))
          : (read.events as SourceEvent[]),
        read.issues,
      );
    } catch (error) {
      return this.defect(error);
    }
  }

  /** All of them in one transaction, or none. */
  private async store(events: SourceEvent[], issues: Issue[]): Promise<Answer> {
    if (issues.length > 0) return problem(400, `Nothing was taken: ${issues[0]!.message}`, { issues });
    if (events.length === 0) return accepted(0, 0);
    const closed = this.closed(); // a deploy may have begun while the body came
    if (closed) return closed;
    const { base, state } = this;
    try {
      const stored = await base.pack.engine.accept(this.entry, events);
      state.stored += stored.accepted.length;
      state.readAt = base.pack.clock.now();
      if (state.failure) delete state.failure;
      if (!state.backlog) this.showListening();
      return accepted(stored.accepted.length, stored.duplicates);
    } catch (error) {
      return this.unstored(Failure.from(error));
    }
  }

  private unstored(failure: Failure): Answer {
    const { base, state } = this;
    if (state.failure?.code !== failure.code) base.node.error(`${failure.message} ${failure.remedy ?? ''}`);
    state.failure = failure;
    base.status.show('red', 'ring', base.words('status.paused', { message: failure.message }));
    return later(503, 'Nothing can be stored at the moment.');
  }

  private reply(response: ServerResponse, answer: Answer): void {
    send(response, answer);
    const { status } = answer;
    if (status < 400 || status === 429 || status >= 500) return;
    const { base, state } = this;
    state.refused = (state.refused ?? 0) + 1;
    this.refusals.note(answer);
    const refused = state.refused;
    if (base.pack.ready) base.status.show('yellow', 'dot', () => base.words('status.refused', { count: refused, message: String(status) }));
  }

  private tooLong(): Answer {
    return problem(413, `A body may have ${this.limit} bytes here.`);
  }

  /** Something in front of Node-RED has read the body before it could be recorded; sending again would not help. */
  private lost(): Answer {
    this.base.node.error('The body of a request was read before it came here: let no body parser run for this path.');
    return problem(500, 'The receiver is not set up to see the bytes that were signed.');
  }

  private defect(error: unknown): Answer {
    // the words of an unexpected error may quote what was sent
    this.base.node.error(`A request could not be taken: ${Failure.is(error) ? error.message : (error as Error | undefined)?.name}`);
    return problem(500, 'The receiver has failed.', { headers: { 'Retry-After': retryAfterSeconds } });
  }

  private claim(): Failure | undefined {
    try {
      this.base.pack.webhooks.claim(this);
      this.unheard = undefined;
    } catch (error) {
      const failure = Failure.from(error);
      if (this.unheard?.code !== failure.code) this.base.node.error(`${failure.message} ${failure.remedy ?? ''}`);
      this.unheard = failure;
    }
    return this.unheard;
  }

  private showListening(): void {
    this.base.status.show('green', 'dot', this.count);
  }
}

const isAwaited = (event: unknown): boolean => event instanceof Promise;
