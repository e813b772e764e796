import type { Calls } from './calls.ts';
import type { RunId } from './runs.ts';

/** What the owner of a record's fields says of them. Of record and values there are keyed digests alone. */
export interface Statement {
  /** the node that passes it on: each passes on to systems of its own */
  node: string;
  /** digest of the object and its key */
  record: string;
  /** the owner */
  system: string;
  /** state of the record that it tells of, as text in order (`RecordVersion.at`); absent = the order of arrival counts */
  at?: string;
  /** field → digest of what is said of it. A field that is not in it is not spoken of. */
  fields: { [field: string]: string };
}

/**
 * `new`: to be passed on. `known`: a run that is done has passed on the same. `overtaken`: the owner has said something newer since, whatever has become
 * of it.
 */
export type Heard = 'new' | 'known' | 'overtaken';

/** What an owner said last, for whoever hears the same from another system. */
export interface Stated {
  field: string;
  system: string;
  digest: string;
}

/**
 * What was said last of each field by its owner. It counts as passed on once the run that said it is done, by that very commit, and no longer than
 * that: a run that fails, is undone, or is discarded has passed on nothing.
 */
export interface Statements {
  /** The key of all digests in this store: the first that is proposed stays. */
  statementKey(proposed: string): Promise<string>;
  /** What is to be passed on of a statement, by field; it is this run's then. The same run asks again with the same answer. Throws `RUN_TAKEN_OVER` for a stale token. */
  state(statement: Statement, run: RunId, token: number, now: number): Promise<{ [field: string]: Heard }>;
  /** What was said of a record last, at whichever node. */
  stated(record: string): Promise<Stated[]>;
  /** The record is gone, or to be forgotten: nothing is known of it any more. Answers how many fields were. */
  forgetStatements(record: string): Promise<number>;
}

export const statementCalls = {
  statementKey: 'asks',
  state: 'keeps',
  stated: 'asks',
  forgetStatements: 'asks',
} satisfies Calls<Statements>;
