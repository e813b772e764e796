/** What the admin API answers: made from the schemas of its routes, so that a changed answer is found where it is shown. */
export type {
  Approval as ApprovalRow,
  Break,
  Connection as ConnectionRow,
  CrosswalkChanged,
  CrosswalkRow,
  Difference,
  Effect,
  Board,
  Engagement,
  FailedAttempt,
  Failure as FailureDetails,
  Kpi,
  JournalLine,
  Overview,
  ReconciliationRow,
  RunAbout,
  RunDetails,
  RunRow,
  RunStatus,
  Unmapped,
} from '../runtime/admin-api/admin-api.generated.ts';
export type { Json } from '../model/json.ts';
