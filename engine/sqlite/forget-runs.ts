import type { Database } from './database.ts';

/** Ended runs lose what they held of persons and business; answers how many. Only inside a write. */
export function forgetRuns(db: Database, before: number, limit: number): number {
  const rows = db.all(
    `SELECT seq, id, event FROM runs INDEXED BY runs_to_forget WHERE forgotten = 0 AND status IN ('done', 'cancelled') AND updated_at < ? ORDER BY updated_at LIMIT ?`,
    ...[before, limit],
  );
  for (const row of rows) {
    const event = JSON.stringify({ ...(JSON.parse(String(row['event'])) as object), data: null, attributes: undefined });
    db.change('UPDATE runs SET event = ?, failure = NULL, forgotten = 1 WHERE seq = ?', event, row['seq'] as number);
    db.change(`UPDATE effects SET request = 'null', failure = NULL, undo = NULL WHERE run = ?`, row['id'] as string);
    db.change('DELETE FROM failed_attempts WHERE run = ?', row['id'] as string);
    db.change(`UPDATE approvals SET title = '', details = 'null', reason = NULL, requested_by = NULL WHERE run = ?`, row['id'] as string);
  }
  return rows.length;
}
