import type { FailureDetails } from '../model/failure.ts';
import type { Json } from '../model/json.ts';
import type { Approval, ApprovalStatus } from './approvals.ts';
import type { IdempotencyKey } from './idempotency.ts';
import type { Severity } from './retry-policy.ts';
import type { Act, Effect, RunId } from './store.ts';

/** Until when a run waits that only somebody's act makes due: the last moment that a calendar of four digits knows. */
export const endOfTime = Date.UTC(9999, 11, 31);

/** What a run waits for: not a failure, and no attempt is used up. */
export interface Waiting {
  /** in the analyst's words: `Approval: discount above 20 %` */
  reason: string;
  /** node that has suspended the run */
  node?: string;
}

/** Why a run's effects are being undone, and who wants it. */
export interface Compensating extends Act {
  /** epoch ms */
  since: number;
}

export interface NewApproval {
  run: RunId;
  node: string;
  title: string;
  details: Json;
  severity: Severity;
  requestedBy?: string[];
  expiresAt?: number;
  escalateAt?: number;
  /** decided by a rule, without a person */
  rule?: 'approved';
}

export interface ApprovalFilter {
  /** absent = all; `open` leaves out those whose run has ended */
  status?: ApprovalStatus;
  run?: RunId;
  limit: number;
}

/** Who decides, by the names that the sign-in knows; without any, nobody can be told from another. */
export interface Decision extends Act {
  status: 'approved' | 'rejected';
  names?: readonly string[];
}

/** The part of a store that runs need which wait for weeks, for a person, or are undone. Each method is one transaction. */
export interface FormStore {
  /** A run whose messages are out waits until `until` (absent = until it is roused). The delivery does not count. */
  suspend(run: RunId, token: number, waiting: Waiting & { until?: number }, now: number): Promise<boolean>;
  /** Makes a waiting run due now; one that is under way does not wait when it is suspended. */
  rouse(run: RunId, now: number): Promise<boolean>;

  /** The question of this node for this run: as it stands, or asked now. Throws `RUN_TAKEN_OVER` for a stale token. */
  requestApproval(question: NewApproval, token: number, now: number): Promise<Approval>;
  approvalOf(run: RunId, node: string): Promise<Approval | undefined>;
  approval(id: string): Promise<Approval | undefined>;
  approvals(filter: ApprovalFilter): Promise<Approval[]>;
  /**
   * A person decides, once, before it expires, and while the run is open or a dead letter; the run is roused. Undefined = nothing was changed.
   * Throws `APPROVAL_OWN` when who approves has asked, or has changed the run's data.
   */
  decideApproval(id: string, decision: Decision, now: number): Promise<Approval | undefined>;
  /** Ends an open question whose time is over; answers it as it stands then. */
  expireApproval(id: string, as: 'approved' | 'expired', now: number): Promise<Approval | undefined>;
  /** Notes that somebody was told that nobody has answered. */
  escalateApproval(id: string, now: number): Promise<void>;

  /**
   * A person says what became of a write that is in doubt. The run goes on: one that waits is due now, a dead letter
   * that nothing else is in doubt of and that only the doubt stopped is ready. Undefined = nobody doubts that write (any more), or its run is under way.
   */
  settleEffect(key: IdempotencyKey, settled: Act & { made: boolean; result?: Json }, now: number): Promise<Effect | undefined>;

  /** A dead letter, or a run that waits or has not been delivered, is to be undone. */
  compensate(run: RunId, act: Act, now: number): Promise<boolean>;
  /** A failed delivery is to be undone instead of being parked: ready again, as one that compensates. */
  compensateFailed(run: RunId, token: number, failed: { failure: FailureDetails; node?: string }, now: number): Promise<boolean>;
  /** This effect is undone. Throws `RUN_TAKEN_OVER` for a stale token. */
  effectCompensated(key: IdempotencyKey, run: RunId, token: number, now: number): Promise<void>;
  /** All effects are undone: the run ends as cancelled. Why it failed stays with it. */
  compensated(run: RunId, token: number, now: number): Promise<boolean>;

  /** Open runs of an entry node, counted up to `most`. */
  backlog(entry: string, most: number): Promise<number>;
}
