import type { ChangeFeed } from './change-feed.ts';
import { refusal } from './refusal.ts';
import type { SubscribeStream } from './subscribe-stream.ts';

/**
 * What is made to go wrong at the event bus, by `POST /__sandbox/pubsub`:
 *
 * - `refuse`: the next calls of `method` are refused with gRPC `status` and the API's `code`;
 * - `cut`, `end`, `signOut`: open streams break off, end, or end because their session is over;
 * - `silence`: open streams say nothing any more; `keepAlive`: they say at once that there is nothing;
 * - `gap`, `overflow`: the next transaction is told as such;
 * - `expire`: what was kept is gone, and with it every position;
 * - `schema`: the org gets another field; `twice`: the next events come twice;
 * - `publish`: an event as given, in base64, by the schema `schemaId`, which may be given as `schemaJson`.
 */
export type PubSubFault =
  | { kind: 'refuse'; method: string; status: number; code?: string; times?: number }
  | { kind: 'cut' | 'end' | 'signOut' | 'silence' | 'keepAlive' | 'gap' | 'overflow' | 'expire' | 'schema' | 'twice' }
  | { kind: 'publish'; topic: string; schemaId: string; payload: string; schemaJson?: string };

export class PubSubFaults {
  /** made up ones, by their ids */
  readonly schemas = new Map<string, string>();
  private readonly feed: ChangeFeed;
  private readonly streams: ReadonlySet<SubscribeStream>;
  private refusals: { method: string; status: number; code?: string; left: number }[] = [];
  private twice = false;

  constructor(feed: ChangeFeed, streams: ReadonlySet<SubscribeStream>) {
    this.feed = feed;
    this.streams = streams;
  }

  play(fault: PubSubFault): void {
    const { feed, streams } = this;
    const each = (what: (stream: SubscribeStream) => void) => [...streams].forEach(what);
    switch (fault.kind) {
      case 'refuse':
        this.refusals.push({ ...fault, left: fault.times ?? 1 });
        break;
      case 'publish':
        if (fault.schemaJson !== undefined) this.schemas.set(fault.schemaId, fault.schemaJson);
        feed.publish(fault.topic, fault.schemaId, Buffer.from(fault.payload, 'base64'));
        break;
      case 'cut':
        each((stream) => stream.fail({ code: 14, details: 'RST_STREAM' }));
        break;
      case 'end':
        each((stream) => stream.end());
        break;
      case 'signOut':
        each((stream) => stream.fail(refusal(16, 'service.auth.error', 'SFDC_AUTH_ERROR: session expired.')));
        break;
      case 'silence':
        each((stream) => (stream.silent = true));
        break;
      case 'keepAlive':
        each((stream) => stream.keepAlive());
        break;
      case 'gap':
      case 'overflow':
        feed.gap = fault.kind;
        break;
      case 'expire':
        feed.expire();
        break;
      case 'schema':
        feed.changeSchema();
        break;
      case 'twice':
        this.twice = true;
    }
  }

  clear(): void {
    this.refusals = [];
    this.twice = false;
  }

  take(method: string): object | undefined {
    const found = this.refusals.find((each) => each.method === method && each.left !== 0);
    if (!found) return undefined;
    found.left--;
    if (found.code) return refusal(found.status, found.code, 'Refused on purpose.');
    return { code: found.status, details: 'Refused on purpose.' };
  }

  takeTwice(): boolean {
    const { twice } = this;
    this.twice = false;
    return twice;
  }
}
