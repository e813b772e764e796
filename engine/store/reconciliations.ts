import type { Json } from '../../model/json.ts';
import type { Calls } from './calls.ts';

export interface ReconciliationRecord {
  id: string;
  at: number;
  node: string;
  subject: string;
  result: Json;
}

/** The newest of each subject, in SQL that both stores know. */
export const newestOfEach = `SELECT * FROM reconciliations WHERE id IN (
  SELECT id FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY subject ORDER BY at DESC, id DESC) AS place FROM reconciliations) AS ranked WHERE place = 1
) ORDER BY at DESC`;

/** What systems that were compared had to say of each other. */
export interface Reconciliations {
  saveReconciliation(record: ReconciliationRecord): Promise<void>;
  /** Newest first; of each so many breaks at most (`withFirstBreaks`). */
  reconciliations(limit: number, breaks: number): Promise<ReconciliationRecord[]>;
  /** Those made after one, in the order in which they were made; without their breaks. */
  reconciliationsAfter(last: { at: number; ids: readonly string[] }, limit: number): Promise<ReconciliationRecord[]>;
  /** The newest of each subject, however long ago it was: newest first, of each so many breaks at most. */
  lastReconciliations(breaks: number): Promise<ReconciliationRecord[]>;
  /** One with all its breaks. */
  reconciliation(id: string): Promise<ReconciliationRecord | undefined>;
}

export const reconciliationCalls = {
  saveReconciliation: 'keeps',
  reconciliations: 'asks',
  reconciliationsAfter: 'asks',
  lastReconciliations: 'asks',
  reconciliation: 'asks',
} satisfies Calls<Reconciliations>;
