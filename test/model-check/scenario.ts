import type { ApprovalRule } from '../../engine/approvals.ts';
import type { RunPolicy } from '../../engine/retry-policy.ts';
import type { Settle } from '../../model/operations.ts';

/** What may go wrong, or be done by a person, at any moment; each costs one of the budget. */
export type Fault =
  /** the process dies and starts again over the same store; with `late`, requests on the wire may arrive after it died */
  | 'crash'
  /** an instance dies and does not come back: another takes its work over */
  | 'dies'
  /** an instance stands still until it is thawed, not while a request of its own is on the wire */
  | 'freeze'
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
  | PersonsAct;

/** A person replays a dead letter; ends an open run, under way or not; has a run undone; looks a write in doubt up and settles it; rouses a run; answers. */
export type PersonsAct = 'replay' | 'cancel' | 'compensate' | 'settle' | 'rouse' | 'approve' | 'reject';
export const personsActs: readonly PersonsAct[] = ['replay', 'cancel', 'compensate', 'settle', 'rouse', 'approve', 'reject'];

/**
 * How the flow treats a run's message: `chain` makes its writes one after the other, `nodes` in one node after another,
 * `fan` in parallel nodes, `same` asks three times at once for the same write, `swallow` never finishes with it, `careless` has a node that goes on
 * writing after it said that it is done.
 */
export type Shape = 'chain' | 'nodes' | 'fan' | 'same' | 'swallow' | 'careless';

/** How writes are taken back. */
export interface Undoing {
  settle: Settle;
  /** by a branch of the flow instead of by the system that was written to */
  by?: 'branch';
  /** numbers of the writes that have no inverse */
  impossible?: number[];
  /** numbers of the writes that leave nothing behind */
  nothingLeft?: number[];
  /** the system takes nothing back, however often it is asked */
  never?: boolean;
}

export interface Scenario {
  name: string;
  /** in order of arrival; `key` orders them; those with a `version` tell of the same record of their key, the highest is the newest */
  events: { id: string; key: string; version?: number }[];
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
  /** the last node refuses the message for good, when its writes are made */
  fails?: boolean;
  /** absent = the writes declare no inverse */
  undo?: Undoing;
  /** after so many writes (`chain`) the run waits, so long after it came in or until a person rouses it */
  waits?: { after: number; ms?: number };
  /** after so many writes (`chain`) the run asks a person and goes on only when that is approved */
  asks?: { after: number; rule: ApprovalRule };
  /** event whose message makes the process die: at each delivery, or at each after one more write until all are made */
  deadly?: { event: string; when: 'always' | 'after one more write' };
  policy?: Partial<RunPolicy>;
  /** its entry says that runs only read, for somebody who waits (`Entry.reads`), whatever they do */
  reads?: true;
  faults: Fault[];
  /** faults of the wire (`lost`, `dropped`, `late`, `busy`, `refused`) befall only what is taken back */
  faultyUndo?: boolean;
  budget: number;
  concurrency?: number;
  /** processes that share the store; absent = one, which owns it */
  instances?: number;
  /** the events come in only when all processes are up; how they start is explored elsewhere */
  begins?: 'running';
  /** the events come from a source that is polled, one page after the other, perhaps overlapping; otherwise all at once */
  polled?: 'pages' | 'overlapping';
}

/** The business id of an event's `n`-th write. */
export const businessOf = (event: string, n: number) => `${event}#${n}`;

/** Nodes of the scenario's flow that write. */
export function nodesOf({ shape, writes }: Scenario): string[] {
  if (shape === 'nodes' || shape === 'fan') return Array.from({ length: writes }, (_, index) => `node ${index + 1}`);
  return shape === 'careless' ? ['node', 'careless'] : ['node'];
}
