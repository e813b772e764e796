import type { FailureDetails } from '../../model/failure.ts';
import type { SourceEvent } from '../../model/operations.ts';
import type { Store } from '../store.ts';

/** What the thread of the embedded store is started with. */
export interface ThreadData {
  file: string;
  /** where the end of the journal is kept too */
  anchor: string | undefined;
  /** becomes 1 when the store is closed */
  closed: Int32Array;
}

/*
 * Calls and answers go over as text, several in one list: JSON takes half the time that threads take to copy objects, and what a store keeps is JSON
 * anyway. Where an answer is nothing its value is left out.
 */

/** One call of the store. */
export type Call = [id: number, method: keyof Store, values: unknown[]];

/** Some of the events of an `accept` that is called with the last of them: more than can be handed over at once. Or, that it is not called after all. */
export type Part = [id: number, method: 'part' | 'none', events: SourceEvent[]];

/** What came of it. */
export type Answer = [id: number, value?: unknown, failure?: FailureDetails];

/** Much of what reads an answer calls itself for each level: the stack of one thread must do for what the other has written. */
export const deepestAnswer = 1_000;
