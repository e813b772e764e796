import type { SourceEvent } from '../../model/operations.ts';
import { forgottenCalling, forgottenEvent, forgottenReason } from '../forgotten.ts';
import { forgottenReconciliation } from '../kept-reconciliation.ts';
import type { Forgetting } from '../store/forgetting.ts';
import { PostgresDatabase } from './postgres-database.ts';
import { changeSought } from './sought-runs.ts';
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
    `SELECT id, seq, event, compensating FROM runs WHERE NOT forgotten AND status IN ('done', 'cancelled') AND updated_at < $1
     ORDER BY updated_at LIMIT $2 FOR UPDATE SKIP LOCKED`,
    [before, limit],
  );
  const reconciliations = await forgetReconciliations(transaction, before, limit);
  const statements = await forgetStatements(transaction, before, limit);
  const engagements = await forgetEngagements(transaction, before, limit);
  const more = [reconciliations, statements, engagements].includes(limit);
  if (rows.length === 0) return more ? limit : 0;
  const ids = rows.map((row) => row['id']);
  const events = rows.map((row) => forgottenEvent(String(row['event'])));
  const reasons = rows.map(({ compensating }) => (compensating ? forgottenReason(String(compensating)) : null));
  const effects = await transaction.query(
    `SELECT key, business, title, coalesce(title_words, '') AS words FROM effects WHERE run = ANY($1::text[])`,
    [ids],
  );
  const renamed = effects.flatMap(({ key, business, title, words }) => {
    const called = forgottenCalling({ business: String(business), title: String(title), titleWords: String(words) });
    return called ? [{ key, ...called }] : [];
  });
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
    changeSought(
      transaction,
      rows.map((row) => Number(row['seq'])),
      events.map(({ event, subject, key }) => ({ ...(JSON.parse(event) as SourceEvent), subject, key })),
    ),
    transaction.query('DELETE FROM failed_attempts WHERE run = ANY($1::text[])', [ids]),
    transaction.query('DELETE FROM crosswalk_missing WHERE run = ANY($1::text[])', [ids]),
    ...renamed.map(({ key, business, title }) =>
      transaction.query('UPDATE effects SET business = $2, title = $3, title_words = NULL WHERE key = $1', [key, business, title]),
    ),
  ]);
  return more ? limit : rows.length;
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

/** What owners have said of fields, by runs that have ended; answers how much. */
async function forgetStatements(transaction: Transaction, before: number, limit: number): Promise<number> {
  const rows = await transaction.query(
    `DELETE FROM statements WHERE (record, node, field) IN (
       SELECT s.record, s.node, s.field FROM statements s WHERE s.said_at < $1
         AND NOT EXISTS (SELECT 1 FROM runs r WHERE r.id = s.run AND r.status NOT IN ('done', 'cancelled'))
       ORDER BY s.said_at LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING field`,
    [before, limit],
  );
  return rows.length;
}

/** Engagements of which nothing was said since; answers how many. */
async function forgetEngagements(transaction: Transaction, before: number, limit: number): Promise<number> {
  const rows = await transaction.query(
    `DELETE FROM engagements WHERE code IN (SELECT code FROM engagements WHERE updated_at < $1 ORDER BY updated_at LIMIT $2 FOR UPDATE SKIP LOCKED)
     RETURNING code`,
    [before, limit],
  );
  return rows.length;
}
