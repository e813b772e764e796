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

  async lastReconciliations(breaks: number): Promise<ReconciliationRecord[]> {
    return (await this.read(newestOfEach, [])).map((row) => reconciliationOf(row, breaks));
  }

  async reconciliation(id: string): Promise<ReconciliationRecord | undefined> {
    return (await this.read('SELECT * FROM reconciliations WHERE id = $1', [id])).map((row) => reconciliationOf(row))[0];
  }
}
