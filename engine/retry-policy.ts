import type { Failure, FailureClass } from '../model/failure.ts';
import { inWords, wordsOf } from '../model/failure-words.ts';
import { pauseOf } from '../model/pause.ts';

/** How a flow answers failures; the `run-policy` node edits it. */
export interface RunPolicy {
  /** deliveries before a run is parked */
  maxAttempts: number;
  /** how pauses grow: each `factor` times the last, each longer by the first, or all alike */
  backOff: BackOff;
  firstDelayMs: number;
  /** of `exponential` */
  factor: number;
  maxDelayMs: number;
  /** a run in which nothing moves for so long is parked as stalled */
  stallAfterMs: number;
  severity: Severity;
  /** a run that has not ended so long after it came in (or was replayed) is parked; 0 = never */
  deadlineMs: number;
  /** runs of one entry under way at once; 0 = as many as there is room for */
  concurrency: number;
  /** writes to each connection in a minute; 0 = as fast as the system takes them */
  writesPerMinute: number;
  /** what becomes of a run that time cannot cure */
  onPermanentFailure: 'park' | 'compensate';
}
export type BackOff = 'exponential' | 'linear' | 'constant';
export type Severity = 'low' | 'normal' | 'high' | 'critical';

export const defaultPolicy: RunPolicy = {
  maxAttempts: 8,
  backOff: 'exponential',
  firstDelayMs: 2_000,
  factor: 2,
  maxDelayMs: 300_000,
  stallAfterMs: 300_000,
  severity: 'normal',
  deadlineMs: 0,
  concurrency: 0,
  writesPerMinute: 0,
  onPermanentFailure: 'park',
};

/**
 * - `retry`: deliver again after a growing delay, up to `maxAttempts`;
 * - `wait`: deliver again at the longest delay, without end: a person or the clock must act first, and nothing is wrong with the run;
 * - `park`: a person must look at this run.
 */
export type Reaction = 'retry' | 'wait' | 'park';

/** The class alone decides. */
export const reactions: Record<FailureClass, Reaction> = {
  'transient.unavailable': 'retry',
  'transient.timeout': 'retry',
  'transient.throttled': 'retry',
  'transient.locked': 'retry',
  'auth.expired': 'retry',
  'auth.denied': 'wait',
  'quota.exhausted': 'wait',
  'conflict.stale': 'retry',
  'conflict.duplicate': 'park',
  'contract.invalid': 'park',
  'contract.drift': 'park',
  'business.rejected': 'park',
  'mapping.missing': 'park',
  'ownership.violation': 'park',
  internal: 'park',
};

/** `free`: the delivery does not count towards `maxAttempts`. */
export type Verdict = { park: true; failure: Failure } | { park: false; delayMs: number; free: boolean };

/**
 * What happens to a run that failed in its `attempt`-th delivery (1 = first). `random` in [0, 1) spreads the retries. A delay is always a whole
 * number of milliseconds that a store can keep, whatever the failure and the policy say.
 */
export function verdict(failure: Failure, attempt: number, policy: RunPolicy, random: () => number = Math.random): Verdict {
  // nothing was tried: the connection rests
  if (failure.code === 'CIRCUIT_OPEN')
    return { park: false, delayMs: delay((pauseOf(failure.retryAfterMs) ?? policy.firstDelayMs) * (1 + random() / 4)), free: true };
  const reaction = reactions[failure.class];
  if (reaction === 'park') return { park: true, failure };
  if (reaction === 'wait') return { park: false, delayMs: delay(pauseOf(failure.retryAfterMs) ?? policy.maxDelayMs), free: true };
  if (attempt >= policy.maxAttempts) {
    const { remedy, words } = inWords('GIVEN_UP', { before: wordsOf(failure), attempts: attempt });
    return {
      park: true,
      failure: failure.with({ remedy, words }),
    };
  }
  const grown = Math.min(policy.maxDelayMs, policy.firstDelayMs * growth[policy.backOff](attempt, policy.factor));
  return { park: false, delayMs: delay(Math.max(pauseOf(failure.retryAfterMs) ?? 0, grown * (0.75 + random() / 2))), free: false };
}

/** The longest pause of a policy, with its spread, is far shorter. */
const longestDelayMs = 366 * 86_400_000;

function delay(ms: number): number {
  return Number.isNaN(ms) ? defaultPolicy.firstDelayMs : Math.ceil(Math.min(Math.max(0, ms), longestDelayMs));
}

/** The pause before the next delivery, in first pauses. */
const growth: Record<BackOff, (attempt: number, factor: number) => number> = {
  exponential: (attempt, factor) => factor ** (attempt - 1),
  linear: (attempt) => attempt,
  constant: () => 1,
};
