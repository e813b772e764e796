import { Failure } from '../../../model/failure.ts';
import { inWords } from '../../../model/failure-words.ts';
import { GivenUp } from '../../http/unless-aborted.ts';
import { type FetchResponse, replayPreset } from './descriptor.ts';
import type { PubSubClient } from './pub-sub-client.ts';
import { failureOfCall } from './pub-sub-failure.ts';

/** More are not sent at once, whatever is asked for: https://developer.salesforce.com/docs/platform/pub-sub-api/guide/flow-control.html */
export const mostOutstanding = 100;

/** More are asked for when so few are still to come: by ones, each would come alone, be read alone and be stored alone. */
const fewOutstanding = mostOutstanding / 2;

/** An empty answer comes within 270 s (the same page). Nothing at all for longer: nobody is there any more. */
const silentMs = 300_000;

export interface SubscriptionPorts {
  after(ms: number, callback: () => void): () => void;
}

/** One open subscription. Nothing more is asked for than what was stored. */
export class Subscription {
  private readonly call: ReturnType<PubSubClient['subscribe']>;
  private readonly answers: AsyncIterator<FetchResponse>;
  private readonly ports: SubscriptionPorts;
  private readonly signal: AbortSignal;
  private outstanding = 0;
  private readonly end = () => this.call.cancel();

  /** `replayId`: what came after it; without one, what comes from now on */
  constructor(client: PubSubClient, topic: { name: string; replayId?: Buffer }, ports: SubscriptionPorts, signal: AbortSignal) {
    this.ports = ports;
    this.signal = signal;
    this.call = client.subscribe();
    this.call.on('error', () => undefined); // the one who reads is told
    this.answers = this.call[Symbol.asyncIterator]() as AsyncIterator<FetchResponse>;
    signal.addEventListener('abort', this.end, { once: true });
    if (signal.aborted) this.end();
    const { name, replayId } = topic;
    const from = replayId ? { replayPreset: replayPreset.CUSTOM, replayId } : { replayPreset: replayPreset.LATEST };
    this.outstanding = mostOutstanding;
    this.call.write({ topicName: name, ...from, numRequested: mostOutstanding });
  }

  /** What comes next; an answer without events says that there are none. */
  async next(): Promise<FetchResponse> {
    let silent = false;
    const forget = this.ports.after(silentMs, () => {
      silent = true;
      this.end();
    });
    try {
      const { value, done } = await this.answers.next();
      if (done) throw ended();
      const answer = value;
      this.outstanding = Math.max(0, this.outstanding - answer.events.length);
      return answer;
    } catch (error) {
      if (this.signal.aborted) throw new GivenUp();
      if (silent) throw new Failure({ class: 'transient.unavailable', ...inWords('STREAM_SILENT'), system: 'salesforce' });
      throw Failure.is(error) ? error : failureOfCall(error);
    } finally {
      forget();
    }
  }

  /** Those that came are stored: as many may come again, once they are not few. */
  stored(): void {
    if (this.outstanding > fewOutstanding) return;
    const numRequested = mostOutstanding - this.outstanding;
    this.outstanding = mostOutstanding;
    this.call.write({ numRequested });
  }

  close(): void {
    this.signal.removeEventListener('abort', this.end);
    this.end();
  }
}

const ended = () => new Failure({ class: 'transient.unavailable', ...inWords('STREAM_ENDED'), system: 'salesforce' });
