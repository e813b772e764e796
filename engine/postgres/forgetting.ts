import { maskEmails } from '../../model/redact.ts';
import { forgottenEvent, forgottenReason } from '../forgotten.ts';
import { forgottenReconciliation } from '../kept-reconciliation.ts';
import type { Forgetting } from '../store/forgetting.ts';
import { PostgresDatabase } from './postgres-database.ts';
import type { Transaction } from './write-kind.ts';

/** What is kept no longer than it has to be. */
export abstract class PostgresForgetting extends PostgresDatabase implements Forgetting {
  /** Several instances may do this side by side. */
  async forget(before: number, limit: number): Promise<number> {
    return this.do((transaction) => forgetRuns(transaction, before, limit));
  }
}

/** Ended runs lose what they held of persons and business. */
async function forgetRuns(transaction: Transaction, before: number, limit: number): Promise<number> {
  const rows = await transaction.query(
    `SELECT id, event, compensating FROM runs WHERE NOT forgotten AND status IN ('done', 'cancelled') AND updated_at < $1
     ORDER BY updated_at LIMIT $2 FOR UPDATE SKIP LOCKED`,
    [before, limit],
  );
  const reconciliations = await forgetReconciliations(transaction, before, limit);
  if (rows.length === 0) return reconciliations;
  const ids = rows.map((row) => row['id']);
  const events = rows.map((row) => forgottenEvent(String(row['event'])));
  const reasons = rows.map(({ compensating }) => (compensating ? forgottenReason(String(compensating)) : null));
  const named = await transaction.query(
    `SELECT key, business, title FROM effects WHERE run = ANY($1::text[]) AND business || title || coalesce(title_words, '') LIKE '%@%'`,
    [ids],
  );
  await Promise.all([
    transaction.query(
      `UPDATE runs r SET event = v.event, subject = v.subject, key = v.key, compensating = v.compensating,
         failure = NULL, failure_class = NULL, waiting_for = NULL, forgotten = true
       FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) v (id, event, subject, key, compensating) WHERE r.id = v.id`,
      [ids, events.map(({ event }) => event), events.map(({ subject }) => subject), events.map(({ key }) => key), reasons],
    ),
    transaction.query(`UPDATE approvals SET title = '', details = 'null', reason = NULL, requested_by = NULL WHERE run = ANY($1::text[])`, [
      ids,
    ]),
    transaction.query(`UPDATE effects SET request = 'null', result = NULL, failure = NULL, undo = NULL WHERE run = ANY($1::text[])`, [ids]),
    transaction.query('DELETE FROM failed_attempts WHERE run = ANY($1::text[])', [ids]),
    ...named.map(({ key, business, title }) =>
      transaction.query('UPDATE effects SET business = $2, title = $3, title_words = NULL WHERE key = $1', [
        key,
        maskEmails(String(business)),
        maskEmails(String(title)),
      ]),
    ),
  ]);
  return Math.max(rows.length, reconciliations);
}

/** Past reconciliations lose the single records; answers how many. */
async function forgetReconciliations(transaction: Transaction, before: number, limit: number): Promise<number> {
  const rows = await transaction.query(
    `SELECT id, result FROM reconciliations WHERE at < $1 AND result NOT LIKE '%"breaksForgotten":%' LIMIT $2 FOR UPDATE SKIP LOCKED`,
    [before, limit],
  );
  for (const { id, result } of rows) {
    await transaction.query('UPDATE reconciliations SET result = $2 WHERE id = $1', [id, forgottenReconciliation(String(result))]);
  }
  return rows.length;
}
