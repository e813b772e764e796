import { createHmac } from 'node:crypto';
import { HttpClient } from '../http/client.ts';
import { isPage } from '../http/foreign-answer.ts';
import { foreignTo } from '../http/own-refusal.ts';
import type { HttpRequest } from '../http/http-call.ts';
import { Failure } from '../../model/failure.ts';
import { phrase } from '../../model/failure-words.ts';
import { classify } from './errors.ts';
import type { EventReceiverSettings } from './settings.ts';

/** A receiver of events: anything that takes POST. */
export class ReceiverApi {
  readonly settings: EventReceiverSettings;
  private readonly http: HttpClient;

  constructor(settings: EventReceiverSettings) {
    this.settings = settings;
    const { url, concurrency, timeoutMs } = settings;
    this.http = new HttpClient({ system: 'event-receiver', baseUrl: url, concurrency, timeoutMs, sign: () => ({}), classify });
  }

  /** Posts an event; its id is that of the delivery, however often it is sent. Whatever is answered with 2xx is an acknowledgement, a web page is none. */
  async post(id: string, body: string, signal: AbortSignal): Promise<number> {
    const { url, origin } = this.settings;
    const headers = {
      'Content-Type': 'application/cloudevents+json; charset=utf-8',
      ...(origin ? { 'WebHook-Request-Origin': origin } : {}),
      ...this.signed(id, body),
    };
    const request: HttpRequest = { method: 'POST', url, headers, body, signal, consume: words };
    const answer = await this.http.request<string>(request);
    if (isPage(answer.body, answer.headers['content-type'])) {
      throw new Failure({ system: 'event-receiver', status: answer.status, ...foreignTo(phrase('RECEIVER_ITSELF'), answer, request) });
    }
    return answer.status;
  }

  /** Asks whether we may send; nothing is sent. The status, whatever it is. */
  async ask(signal?: AbortSignal): Promise<{ status: number; allowed: string | undefined }> {
    const { url, origin } = this.settings;
    const answer = await this.http.request({
      ...{ method: 'OPTIONS', url, reads: true, accept: anyRefusal, consume: words },
      headers: { 'WebHook-Request-Origin': origin ?? 'ps-connect' },
      ...(signal ? { signal } : {}),
    });
    return { status: answer.status, allowed: answer.headers['webhook-allowed-origin'] };
  }

  health() {
    return { inFlight: this.http.inFlight, lastFailure: this.http.lastFailure ?? null };
  }

  /** A signature is of the moment: a receiver refuses one that is five minutes old. */
  private signed(id: string, body: string): Record<string, string> {
    const { signature, secret, signatureHeader } = this.settings;
    switch (signature) {
      case 'standard-webhooks': {
        const at = String(Math.floor(Date.now() / 1000));
        const value = createHmac('sha256', standardKey(secret)).update(`${id}.${at}.${body}`).digest('base64');
        return { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': `v1,${value}` };
      }
      case 'hmac-sha256':
        return { [signatureHeader]: `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` };
      case 'bearer':
        return { Authorization: `Bearer ${secret}` };
      case 'none':
        return {};
    }
  }
}

/** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md: base64 behind `whsec_`; any other text is the key itself. */
function standardKey(secret: string): Buffer {
  return secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret);
}

/** Every status but 2xx. */
const anyRefusal = Array.from({ length: 300 }, (_, index) => 300 + index);

const mostWords = 10_000;

/** The beginning of what a receiver says; nothing of it is needed, and no more is read. */
async function words(text: AsyncIterable<string>): Promise<string> {
  let said = '';
  for await (const part of text) {
    said += part.slice(0, mostWords);
    if (said.length >= mostWords) break;
  }
  return said;
}
