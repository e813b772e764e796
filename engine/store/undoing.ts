import type { FailureDetails } from '../../model/failure.ts';
import type { IdempotencyKey } from '../idempotency.ts';
import type { Act } from './act.ts';
import type { Calls } from './calls.ts';
import type { RunId } from './runs.ts';

/** Runs whose effects are taken back. */
export interface UndoingStore {
  /** A dead letter, or a run that waits or has not been delivered, is to be undone. */
  compensate(run: RunId, act: Act, now: number): Promise<boolean>;
  /** A failed delivery is to be undone instead of being parked: ready again, as one that compensates. */
  compensateFailed(run: RunId, token: number, failed: { failure: FailureDetails; node?: string }, now: number): Promise<boolean>;
  /** All effects are undone: the run ends as cancelled. Why it failed stays with it. */
  compensated(run: RunId, token: number, now: number): Promise<boolean>;
  /** This effect is undone. Throws `RUN_TAKEN_OVER` for a stale token. */
  effectCompensated(key: IdempotencyKey, run: RunId, token: number, now: number): Promise<void>;
}

export const undoingCalls = {
  compensate: 'keeps',
  compensateFailed: 'keeps',
  compensated: 'asks',
  effectCompensated: 'keeps',
} satisfies Calls<UndoingStore>;
