import type { Calls } from './calls.ts';

/** What a store says when it is opened. */
export interface Opened {
  /** runs that were under way when their process died, ready again */
  recovered: number;
  /** some of them may be what makes the process die (engine/suspects.ts) */
  suspects: boolean;
  /** what the administrator should mend, in words */
  remarks?: string[];
}

/** From opening to closing. */
export interface StoreLife {
  /** Opens, migrates, and makes every run that a dead process left running ready again; each has one crash more. `suspects`: there are some. */
  open(now: number): Promise<Opened>;
  close(): Promise<void>;
  /** Writes without changing anything: it proves that the store takes writes. */
  touch(): Promise<void>;
}

export const lifeCalls = {
  open: 'asks',
  close: 'asks',
  touch: 'asks',
} satisfies Calls<StoreLife>;
