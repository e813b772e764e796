import type { ReconciliationRecord, Reconciliations } from '../../../engine/store/reconciliations.ts';
import { MemoryConnection } from './connection.ts';

/** What systems that were compared had to say of each other. */
export abstract class MemoryReconciliations extends MemoryConnection implements Reconciliations {
  async saveReconciliation(record: ReconciliationRecord): Promise<void> {
    this.disk.reconciliations.push(record);
  }

  async reconciliations(limit: number): Promise<ReconciliationRecord[]> {
    return this.disk.reconciliations.toReversed().slice(0, limit);
  }
}
