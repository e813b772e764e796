import type { Calls } from './calls.ts';

/** What is kept no longer than it has to be. */
export interface Forgetting {
  /**
   * Drops what ended runs (done, cancelled) last touched before `before` held of persons and business: event data, requests, results,
   * failures, questions; and the records in reconciliations, and what owners have said of fields, of that time. At most `limit` runs, and as many of
   * these each; answers how many runs, and `limit` where more of these are left. The run itself stays, so that its event is still known. When nothing is left to forget,
   * and this resolves, no byte of it is in the embedded store's files.
   */
  forget(before: number, limit: number): Promise<number>;
}

export const forgettingCalls = {
  forget: 'asks',
} satisfies Calls<Forgetting>;
