import type { Settle } from '../model/operations.ts';
import type { OperationId } from './operations.ts';

/** What becomes of a write whose run is undone, and how or why. */
export type Inverse =
  /** it is taken back */
  | { by: 'system'; how: string }
  /** nothing is left behind that would have to be */
  | { by: 'nobody'; why: string }
  /** the run says so to a person */
  | { by: 'person'; why: string };

/** One kind of write: what docs/in-doubt.md tells of it, and what the conformance suite holds the connector to. */
export interface WriteFacts {
  /** its business keys: words in capitals vary, what stands in brackets may be missing, `…` is anything. `projectTask CODE/PHASE[/TASK]` */
  keys: readonly string[];
  settles: Settle;
  /** what would happen if it were sent a second time after the first was made */
  twice: string;
  /** why a doubt about it is settled for certain */
  certain: string;
  inverse: Inverse;
  /** the file that makes it */
  code: string;
}

/** Calls that a plain success takes at most, of a connection that knows nothing yet: its sign-in is among them. */
export interface CallCost {
  /** holds for so many at most; absent = however many there are */
  upTo?: number;
  /** whatever is asked for */
  once: number;
  each?: readonly CostOfEach[];
  /** what cannot be counted beforehand */
  also?: string;
}

export interface CostOfEach {
  calls: number;
  /** for each of these: `entry` */
  per: string;
  /** for so many of them together; absent = 1 */
  size?: number;
  /** of what is made, these alone: their type in the simulator's journal; absent = all that is made, or that comes */
  type?: string;
}

/** `{ most: 500, of: 'ids', per: 'query' }` */
export interface CallLimit {
  /** the constant of the code that keeps to it */
  most: number;
  of: string;
  per: string;
}

export interface OperationFacts {
  /** what the integration user must be allowed there, besides what the system asks for whatever is done, in the system's own names */
  rights: readonly string[];
  /** how much the connector puts into one call, or asks for by one, at most */
  limits?: readonly CallLimit[];
  /** absent = it only reads */
  writes?: readonly WriteFacts[];
  /** by rising `upTo` */
  calls: readonly CallCost[];
}

/** What a system's connector does for each operation that it does: `connectors/<system>/facts.ts`. */
export interface SystemFacts {
  /** what the integration user must be allowed whatever is done there, in the system's own names */
  rights?: readonly string[];
  operations: Readonly<Partial<Record<OperationId, OperationFacts>>>;
  /** how its writes are taken back; absent = it takes none back */
  undo?: WriteFacts;
  /** what it alone calls something, besides its name: code that all share does without these words (`scripts/imports/system-names.ts`) */
  ownWords: readonly string[];
}

/** Of a palette node that works with no system: `nodes/<area>/<name>/facts.ts`. */
export interface NodeFacts {
  title: string;
  writes: readonly WriteFacts[];
}

/**
 * Calls for what is made or comes, each by its type and key (`job ENG-0001`), or by its key where it is read. `pageSize`: of pages that are asked for in
 * another size than usual.
 */
export function callsFor({ calls }: Pick<OperationFacts, 'calls'>, these: readonly string[], pageSize?: number): number {
  const cost = calls.find(({ upTo = Infinity }) => these.length <= upTo);
  if (!cost) throw new Error(`Nothing is said of the calls for ${these.length}.`);
  return (cost.each ?? []).reduce((sum, { calls: one, size, type }) => {
    const count = type === undefined ? these.length : these.filter((name) => name.split(' ')[0] === type).length;
    return sum + one * Math.ceil(count / (size === undefined ? 1 : (pageSize ?? size)));
  }, cost.once);
}
