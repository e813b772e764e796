import type { Json } from '../../model/json.ts';
import type { Calls } from './calls.ts';

export interface ReconciliationRecord {
  id: string;
  at: number;
  node: string;
  subject: string;
  result: Json;
}

/** What systems that were compared had to say of each other. */
export interface Reconciliations {
  saveReconciliation(record: ReconciliationRecord): Promise<void>;
  /** Newest first; of each so many breaks at most (`withFirstBreaks`). */
  reconciliations(limit: number, breaks: number): Promise<ReconciliationRecord[]>;
  /** One with all its breaks. */
  reconciliation(id: string): Promise<ReconciliationRecord | undefined>;
}

export const reconciliationCalls = {
  saveReconciliation: 'keeps',
  reconciliations: 'asks',
  reconciliation: 'asks',
} satisfies Calls<Reconciliations>;
