import type { Told, Words } from './failure-sentence.ts';

/** The error classes of the product (docs/errors.md). The class alone decides what happens next: see engine/retry-policy.ts. */
export const failureClasses = [
  'transient.unavailable',
  'transient.timeout',
  'transient.throttled',
  'transient.locked',
  'auth.expired',
  'auth.denied',
  'contract.invalid',
  'contract.drift',
  'business.rejected',
  'conflict.duplicate',
  'conflict.stale',
  'mapping.missing',
  'ownership.violation',
  'quota.exhausted',
  'internal',
] as const;
export type FailureClass = (typeof failureClasses)[number];

/** What became of the write that failed. `unknown` puts the effect in doubt. */
export type WriteOutcome = 'not-made' | 'unknown';

/** Everything an analyst needs to understand one failure; plain JSON, stored with the run. */
export interface FailureDetails {
  class: FailureClass;
  /** the system's own code (`UNABLE_TO_LOCK_ROW`) or ours (`MILESTONE_SUM`) */
  code: string;
  /** one sentence in the analyst's words, in English */
  message: string;
  /** system that said it; absent when it is our own check */
  system?: string;
  /** which record, in English: `opportunity ENG-0007`, `time entry 4711` */
  record?: string;
  /** the same for every other language; absent when it is a name of a system's, a key, or was stored before there were words */
  recordWords?: Words;
  /** path of the field in the canonical object or the system's field name */
  field?: string;
  /** the offending value, shortened */
  value?: string;
  /** what to do about it */
  remedy?: string;
  /** message and remedy for every other language; absent when they are nobody's but a system's, or were stored before there were words */
  words?: Words;
  /** further problems of the same record */
  issues?: Issue[];
  /** ask again not sooner than this many milliseconds */
  retryAfterMs?: number;
  /** for writes only */
  outcome?: WriteOutcome;
  /** HTTP status, when there was one */
  status?: number;
}

/** What a failure is made of: its record may be given in words. */
export type FailureGiven = Omit<FailureDetails, 'record'> & { record?: Told };

/** One thing that is wrong with a record. */
export interface Issue {
  code: string;
  field: string;
  value?: string;
  message: string;
  remedy: string;
  words?: Words;
}
