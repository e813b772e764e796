import type { FailureDetails } from '../../model/failure.ts';
import type { Store } from '../store.ts';

/** What the thread of the embedded store is started with. */
export interface ThreadData {
  file: string;
  /** where the end of the journal is kept too */
  anchor: string | undefined;
  /** becomes 1 when the store is closed */
  closed: Int32Array;
}

/** One call of the store. */
export type Call = [id: number, method: keyof Store, values: unknown[]];

/** What came of it. */
export type Answer = [id: number, value: unknown, failure?: FailureDetails];
