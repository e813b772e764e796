import type { Approval } from '../engine/store/approvals.ts';
import type { JournalLine } from '../engine/journal.ts';
import type { Break, Reconciliation } from '../engine/reconciliation.ts';
import type { Difference } from '../engine/time-differences.ts';
import type { Effect } from '../engine/store/effects.ts';
import type { FailedAttempt, Run, RunStatus } from '../engine/store/runs.ts';
import type { FailureDetails } from '../model/failure.ts';
import type { Json } from '../model/json.ts';

export type { Break, Difference, Effect, FailedAttempt, FailureDetails, JournalLine, Json, Run, RunStatus };

/** What the admin API answers, as far as the console shows it (`runtime/admin-api/`). */
export interface Overview {
  ready: boolean;
  trouble: FailureDetails | null;
  /** what is wrong with the machine and stops nothing */
  notices?: { code: string; message: string; remedy: string }[];
  /** of the flows that are deployed */
  revision: string;
  runs: Record<RunStatus, number> | null;
  /** questions that wait for a person */
  approvals?: number;
  active: number;
  /** Node-REDs alive on the store, the one that answers included */
  instances: number;
  /** what who asks may do: `ps-connect.read` … */
  may?: string[];
  /** whether people sign in at all */
  signsIn?: boolean;
}

/** What tells which run it is, beside its business id (`runtime/admin-api/run-about.ts`). */
export interface RunAbout {
  client?: string;
  reconciles?: string;
}

/** A run in a list: without the data of its event, with the nodes that hold its messages now. */
export interface RunRow extends Omit<Run, 'event'> {
  event: Omit<Run['event'], 'data'>;
  about?: RunAbout;
  at: string[];
}

export interface RunDetails {
  run: Run;
  about?: RunAbout;
  effects: Effect[];
  attempts: FailedAttempt[];
  journal: JournalLine[];
  at: string[];
}

/** A question with the business id of its run. */
export interface ApprovalRow extends Approval {
  subject?: string;
  flow?: string;
}

export interface ConnectionRow {
  id: string;
  name: string;
  type: string;
  /** all that its system is for the firm */
  roles: readonly string[];
  system: string;
  health?: Record<string, Json>;
  /** the connection cannot even be made from its settings */
  failure?: FailureDetails;
}

export interface ConnectionAnswer {
  ok: boolean;
  message: string;
}

export interface ReconciliationRow {
  id: string;
  at: number;
  node: string;
  subject: string;
  result: Reconciliation;
}
