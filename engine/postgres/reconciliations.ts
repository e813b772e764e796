import { reconciliationOf } from '../sqlite/rows.ts';
import { newestOfEach, type ReconciliationRecord, type Reconciliations } from '../store/reconciliations.ts';
import { PostgresDatabase } from './postgres-database.ts';

/** What systems that were compared had to say of each other. */
export abstract class PostgresReconciliations extends PostgresDatabase implements Reconciliations {
  async saveReconciliation({ id, at, node, subject, result }: ReconciliationRecord): Promise<void> {
    await this.do((transaction) =>
      transaction.query('INSERT INTO reconciliations (id, at, node, subject, result) VALUES ($1, $2, $3, $4, $5)', [
        id,
        at,
        node,
        subject,
        JSON.stringify(result),
      ]),
    );
  }

  async reconciliations(limit: number, breaks: number): Promise<ReconciliationRecord[]> {
    return (await this.read('SELECT * FROM reconciliations ORDER BY at DESC LIMIT $1', [limit])).map((row) =>
      reconciliationOf(row, breaks),
    );
  }

  async reconciliationsAfter({ at, ids }: { at: number; ids: readonly string[] }, limit: number): Promise<ReconciliationRecord[]> {
    const sql = 'SELECT * FROM reconciliations WHERE at > $1 OR (at = $1 AND id <> ALL ($2::text[])) ORDER BY at, id LIMIT $3';
    return (await this.read(sql, [at, ids, limit])).map((row) => reconciliationOf(row, 0));
  }

  async lastReconciliations(breaks: number): Promise<ReconciliationRecord[]> {
    return (await this.read(newestOfEach, [])).map((row) => reconciliationOf(row, breaks));
  }

  async reconciliation(id: string): Promise<ReconciliationRecord | undefined> {
    return (await this.read('SELECT * FROM reconciliations WHERE id = $1', [id])).map((row) => reconciliationOf(row))[0];
  }
}
