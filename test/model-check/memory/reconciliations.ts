import { withFirstBreaks } from '../../../engine/kept-reconciliation.ts';
import type { ReconciliationRecord, Reconciliations } from '../../../engine/store/reconciliations.ts';
import { MemoryConnection } from './connection.ts';

/** What systems that were compared had to say of each other. */
export abstract class MemoryReconciliations extends MemoryConnection implements Reconciliations {
  async saveReconciliation(record: ReconciliationRecord): Promise<void> {
    this.disk.reconciliations.push(record);
  }

  async reconciliations(limit: number, breaks: number): Promise<ReconciliationRecord[]> {
    const newest = this.disk.reconciliations.toReversed().slice(0, limit);
    return newest.map((record) => ({ ...record, result: withFirstBreaks(record.result, breaks) }));
  }

  async reconciliationsAfter({ at, ids }: { at: number; ids: readonly string[] }, limit: number): Promise<ReconciliationRecord[]> {
    return this.disk.reconciliations
      .filter((one) => one.at > at || (one.at === at && !ids.includes(one.id)))
      .toSorted((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1))
      .slice(0, limit)
      .map((record) => ({ ...record, result: withFirstBreaks(record.result, 0) }));
  }

  async lastReconciliations(breaks: number): Promise<ReconciliationRecord[]> {
    const newest = await this.reconciliations(Infinity, breaks);
    return newest.filter(({ subject }, at) => newest.findIndex((one) => one.subject === subject) === at);
  }

  async reconciliation(id: string): Promise<ReconciliationRecord | undefined> {
    return this.disk.reconciliations.find((record) => record.id === id);
  }
}
