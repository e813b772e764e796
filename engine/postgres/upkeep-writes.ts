import type { FailureClass } from '../../model/failure.ts';
import type { RunId } from '../store.ts';
import { single } from './group-writer.ts';

/** Ended runs lose what they held of persons and business; several instances may do this side by side. */
export const forgetRuns = (before: number, limit: number) =>
  single(async (transaction) => {
    const rows = await transaction.query(
      `SELECT id, event FROM runs WHERE NOT forgotten AND status IN ('done', 'cancelled') AND updated_at < $1
       ORDER BY updated_at LIMIT $2 FOR UPDATE SKIP LOCKED`,
      [before, limit],
    );
    if (rows.length === 0) return 0;
    const ids = rows.map((row) => row['id']);
    const events = rows.map((row) =>
      JSON.stringify({ ...(JSON.parse(String(row['event'])) as object), data: null, attributes: undefined }),
    );
    await Promise.all([
      transaction.query(
        `UPDATE runs r SET event = v.event, failure = NULL, failure_class = NULL, forgotten = true
         FROM unnest($1::text[], $2::text[]) v (id, event) WHERE r.id = v.id`,
        [ids, events],
      ),
      transaction.query(
        `UPDATE approvals SET title = '', details = 'null', reason = NULL, requested_by = NULL WHERE run = ANY($1::text[])`,
        [ids],
      ),
      transaction.query(`UPDATE effects SET request = 'null', failure = NULL, undo = NULL WHERE run = ANY($1::text[])`, [ids]),
      transaction.query('DELETE FROM failed_attempts WHERE run = ANY($1::text[])', [ids]),
    ]);
    return rows.length;
  });

/** Waiting runs whose failure is of one of these classes are due now. */
export const hastenRuns = (classes: FailureClass[], now: number) =>
  single(async (transaction) => {
    const rows = await transaction.query(
      `UPDATE runs SET available_at = $1 WHERE status = 'waiting' AND available_at > $1 AND failure_class = ANY($2::text[]) RETURNING id`,
      [now, classes],
    );
    return rows.length;
  });

/** Runs that this instance has claimed but does not know of, because the answer was lost, are ready again. */
export const reclaimRuns = (instance: string, active: RunId[], now: number) =>
  single(async (transaction) => {
    const rows = await transaction.query(
      `UPDATE runs SET status = 'ready', token = token + 1, owner = NULL, available_at = $3, updated_at = $3
       WHERE status = 'running' AND owner = $1 AND NOT (id = ANY($2::text[])) RETURNING id`,
      [instance, active, now],
    );
    return rows.length;
  });
