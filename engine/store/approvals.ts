import type { Json } from '../../model/json.ts';
import type { Severity } from '../retry-policy.ts';
import type { Act } from './act.ts';
import type { Calls } from './calls.ts';
import type { RunId } from './runs.ts';

export type ApprovalStatus = 'open' | 'approved' | 'rejected' | 'expired';

/** One question that a run puts to a person; a node asks it once for each run. */
export interface Approval {
  id: string;
  run: RunId;
  node: string;
  title: string;
  details: Json;
  severity: Severity;
  /** for whom it is asked, as far as the node says: user name, e-mail address, name. They do not decide */
  requestedBy?: string[];
  status: ApprovalStatus;
  /** epoch ms */
  requestedAt: number;
  expiresAt?: number;
  escalateAt?: number;
  escalatedAt?: number;
  /** a person, `rule` or `expiry` */
  decidedBy?: string;
  reason?: string;
  decidedAt?: number;
}

export interface NewApproval extends Pick<
  Approval,
  'run' | 'node' | 'title' | 'details' | 'severity' | 'requestedBy' | 'expiresAt' | 'escalateAt'
> {
  /** decided by a rule, without a person */
  rule?: 'approved';
}

export interface ApprovalFilter {
  /** absent = all; `open` leaves out those whose run has ended */
  status?: ApprovalStatus;
  run?: RunId;
  /** asked, or told to the next one up, then or later (epoch ms) */
  movedFrom?: number;
  /** id of the last one of the page before */
  after?: string;
  limit: number;
}

/** Who decides, by the names that the sign-in knows; without any, nobody can be told from another. */
export interface Decision extends Act {
  status: 'approved' | 'rejected';
  names?: readonly string[];
}

/** Questions that runs put to persons. */
export interface ApprovalStore {
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
}

export const approvalCalls = {
  requestApproval: 'keeps',
  approvalOf: 'asks',
  approval: 'asks',
  approvals: 'asks',
  decideApproval: 'keeps',
  expireApproval: 'asks',
  escalateApproval: 'asks',
} satisfies Calls<ApprovalStore>;
