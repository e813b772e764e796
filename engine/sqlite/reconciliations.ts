import { newestOfEach, type ReconciliationRecord, type Reconciliations } from '../store/reconciliations.ts';
import { reconciliationOf } from './rows.ts';
import { SqliteFile } from './sqlite-file.ts';

/** What systems that were compared had to say of each other. */
export abstract class SqliteReconciliations extends SqliteFile implements Reconciliations {
  saveReconciliation(record: ReconciliationRecord): Promise<void> {
    return this.db.write(() => {
      this.db.change(
        'INSERT INTO reconciliations (id, at, node, subject, result) VALUES (?, ?, ?, ?, ?)',
        ...[record.id, record.at, record.node, record.subject, JSON.stringify(record.result)],
      );
    });
  }

  async reconciliations(limit: number, breaks: number): Promise<ReconciliationRecord[]> {
    return this.db.all('SELECT * FROM reconciliations ORDER BY at DESC LIMIT ?', limit).map((row) => reconciliationOf(row, breaks));
  }

  async reconciliationsAfter({ at, ids }: { at: number; ids: readonly string[] }, limit: number): Promise<ReconciliationRecord[]> {
    const sql = `SELECT * FROM reconciliations WHERE at > ? OR (at = ? AND id NOT IN (SELECT value FROM json_each(?))) ORDER BY at, id LIMIT ?`;
    return this.db.all(sql, at, at, JSON.stringify(ids), limit).map((row) => reconciliationOf(row, 0));
  }

  async lastReconciliations(breaks: number): Promise<ReconciliationRecord[]> {
    return this.db.all(newestOfEach).map((row) => reconciliationOf(row, breaks));
  }

  async reconciliation(id: string): Promise<ReconciliationRecord | undefined> {
    return this.db.all('SELECT * FROM reconciliations WHERE id = ?', id).map((row) => reconciliationOf(row))[0];
  }
}
