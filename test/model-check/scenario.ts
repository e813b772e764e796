import type { Settle } from '../../model/operations.ts';

/** What may go wrong, or be done by a person, at any moment; each costs one of the budget. */
export type Fault =
  /** the process dies and starts again over the same store; with `late`, requests on the wire may arrive after it died */
  | 'crash'
  /** the write is made, its answer does not reach us */
  | 'lost'
  /** the request is lost on the way */
  | 'dropped'
  /** no answer in time; the system carries the request out later, within `settleAfterMs` */
  | 'late'
  /** not made now, works later */
  | 'busy'
  /** not made, a person must act */
  | 'refused'
  | 'probe-fails'
  /** the flows are deployed anew */
  | 'redeploy'
  /** time passes while something is under way */
  | 'slow'
  /** the store cannot take a write (disk full) */
  | 'store-fails'
  /** a person replays a dead letter, or cancels a run that is not under way */
  /** an instance stands still until it is thawed, not while a request of its own is on the wire */
  | 'freeze'
  | 'replay'
  | 'cancel';

/**
 * How the flow treats a run's message: `chain` makes its writes one after the other, `nodes` in one node after another,
 * `fan` in parallel nodes, `same` asks three times at once for the same write, `swallow` never finishes with it, `careless` has a node that goes on
 * writing after it said that it is done.
 */
export type Shape = 'chain' | 'nodes' | 'fan' | 'same' | 'swallow' | 'careless';

export interface Scenario {
  name: string;
  /** in order of arrival; `key` orders them */
  events: { id: string; key: string }[];
  shape: Shape;
  /** writes for each event */
  writes: number;
  settle: Settle;
  settleAfterMs?: number;
  lookFirst?: boolean;
  /** records that somebody has made by hand before: `A#1` */
  byHand?: string[];
  /** event whose writes never work */
  poison?: string;
  faults: Fault[];
  budget: number;
  concurrency?: number;
  /** processes that share the store; absent = one, which owns it */
  instances?: number;
  /** the events come from a source that is polled, one page after the other, perhaps overlapping; otherwise all at once */
  polled?: 'pages' | 'overlapping';
}

/** The business id of an event's `n`-th write. */
export const businessOf = (event: string, n: number) => `${event}#${n}`;
