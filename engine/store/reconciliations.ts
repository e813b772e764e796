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
  reconciliations(limit: number): Promise<ReconciliationRecord[]>;
}

export const reconciliationCalls = {
  saveReconciliation: 'keeps',
  reconciliations: 'asks',
} satisfies Calls<Reconciliations>;
