import type * as grpc from '@grpc/grpc-js';
import { type ChangeFeed, replayIdOf, seqOf } from './change-feed.ts';
import { noTopic, refusal } from './refusal.ts';

interface Fetch {
  topicName: string;
  replayPreset: number;
  replayId: Buffer;
  numRequested: number;
}

const most = 100;
/** With something requested and nothing to say, an empty answer tells that the server is there. */
const keepAliveMs = 120_000;
/** With nothing requested, a new request has to come within a minute. */
const idleMs = 60_000;

/** What a subscriber has of the bus. */
export interface Bus {
  feed: ChangeFeed;
  /** why this call is refused; undefined = it is not */
  refused(metadata: grpc.Metadata, method: string): object | undefined;
  /** whether the next events come twice, once */
  takesTwice(): boolean;
  left(stream: SubscribeStream): void;
}

/** One subscriber: what it has asked for and where it is. */
export class SubscribeStream {
  open = true;
  topic: string | undefined;
  pending = 0;
  /** it says nothing any more, as if the line were dead */
  silent = false;
  private at = 0n;
  private timer: NodeJS.Timeout | undefined;
  private readonly bus: Bus;
  private readonly call: grpc.ServerDuplexStream<Fetch, object>;
  private readonly deliver = () => this.send();

  constructor(bus: Bus, call: grpc.ServerDuplexStream<never, never>) {
    this.bus = bus;
    this.call = call;
    const refused = bus.refused(call.metadata, 'Subscribe');
    this.call.on('error', () => this.close());
    this.call.on('cancelled', () => this.close());
    this.call.on('end', () => this.end());
    if (refused) {
      this.fail(refused);
      return;
    }
    this.call.on('data', (fetch: Fetch) => this.asked(fetch));
    bus.feed.on('event', this.deliver);
  }

  /** Ends the call with a status and its code. */
  fail(refused: object): void {
    this.close();
    this.call.emit('error', refused);
  }

  end(): void {
    this.close();
    this.call.end();
  }

  /** As the server does now and then by itself. */
  keepAlive(): void {
    if (this.topic === undefined || this.silent) return;
    if (this.pending > 0) this.write([]);
    this.watch();
  }

  private asked({ topicName, replayPreset, replayId, numRequested }: Fetch): void {
    if (numRequested <= 0) {
      return this.fail(refusal(3, 'subscription.fetch.requested.events.invalid', 'The number of requested events is not valid.'));
    }
    if (this.topic === undefined) {
      if (!this.bus.feed.schemaOf(topicName)) return this.fail(noTopic(topicName));
      const place = replayPreset === 2 ? seqOf(replayId) : this.bus.feed.latest;
      if (place === undefined || !this.bus.feed.knows(place)) {
        return this.fail(refusal(3, 'subscription.fetch.replayid.corrupted', 'The Replay ID validation failed.'));
      }
      this.topic = topicName;
      this.at = place;
    } else if (topicName && topicName !== this.topic) {
      return this.fail(refusal(3, 'subscription.fetch.topic.mismatch', 'The topic cannot change within a stream.'));
    }
    this.pending = Math.min(most, this.pending + numRequested);
    this.send();
    this.watch();
  }

  private send(): void {
    if (this.topic === undefined || this.silent) return;
    for (;;) {
      if (this.pending === 0) return;
      const events = this.bus.feed.after(this.at, this.topic, this.pending);
      if (events.length === 0) return;
      this.at = events.at(-1)!.seq;
      const twice = this.bus.takesTwice();
      this.pending -= events.length;
      this.write(events);
      if (twice) this.write(events);
      this.watch();
    }
  }

  private write(events: readonly { seq: bigint; schemaId: string; payload: Buffer }[]): void {
    const latest = events.length > 0 ? this.at : this.bus.feed.latest;
    this.call.write({
      events: events.map(({ seq, schemaId, payload }) => ({ event: { id: String(seq), schemaId, payload }, replayId: replayIdOf(seq) })),
      latestReplayId: replayIdOf(latest),
      pendingNumRequested: this.pending,
    });
  }

  private watch(): void {
    clearTimeout(this.timer);
    const late = () => this.fail(refusal(3, 'subscription.fetch.request.invalid', 'No fetch request was received in time.'));
    this.timer = setTimeout(() => (this.pending > 0 ? this.keepAlive() : late()), this.pending > 0 ? keepAliveMs : idleMs);
    this.timer.unref();
  }

  private close(): void {
    this.open = false;
    clearTimeout(this.timer);
    this.bus.feed.off('event', this.deliver);
    this.bus.left(this);
  }
}
