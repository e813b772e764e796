import type { SourceEvent } from '../../model/operations.ts';
import { forgottenCalling, forgottenEvent, forgottenReason } from '../forgotten.ts';
import { forgottenReconciliation } from '../kept-reconciliation.ts';
import type { Forgetting } from '../store/forgetting.ts';
import type { Database } from './database.ts';
import { changeSought } from './sought-runs.ts';
import { SqliteFile } from './sqlite-file.ts';

/** What is kept no longer than it has to be. */
export abstract class SqliteForgetting extends SqliteFile implements Forgetting {
  async forget(before: number, limit: number): Promise<number> {
    const { db, wiping } = this;
    const { count, more } = await db.write(() => {
      const runs = forgetRuns(db, before, limit);
      const reconciliations = forgetReconciliations(db, before, limit);
      const statements = forgetStatements(db, before, limit);
      const engagements = forgetEngagements(db, before, limit);
      const others = [reconciliations, statements, engagements];
      if (runs.count > 0 || others.some(({ count }) => count > 0)) wiping?.owe();
      const othersMore = others.some(({ more }) => more);
      return { count: othersMore ? limit : runs.count, more: runs.more || othersMore };
    });
    if (!more) await wiping?.finish();
    return count;
  }
}

/** Ended runs lose what they held of persons and business; answers how many, and whether there are more. Only inside a write. */
function forgetRuns(db: Database, before: number, limit: number): { count: number; more: boolean } {
  const rows = db.all(
    `SELECT seq, id, event, compensating FROM runs INDEXED BY runs_to_forget WHERE forgotten = 0 AND status IN ('done', 'cancelled') AND updated_at < ? ORDER BY updated_at LIMIT ?`,
    ...[before, limit + 1],
  );
  const forgotten = rows.slice(0, limit);
  for (const row of forgotten) {
    const { event, subject, key } = forgottenEvent(String(row['event']));
    const compensating = row['compensating'] ? forgottenReason(String(row['compensating'])) : null;
    db.change(
      'UPDATE runs SET event = ?, subject = ?, key = ?, failure = NULL, waiting_for = NULL, compensating = ?, forgotten = 1 WHERE seq = ?',
      ...[event, subject, key, compensating, row['seq'] as number],
    );
    changeSought(db, row['seq'] as number, { ...(JSON.parse(event) as SourceEvent), subject, key });
    const run = row['id'] as string;
    db.change(`UPDATE effects SET request = 'null', result = NULL, failure = NULL, undo = NULL WHERE run = ?`, run);
    for (const row of db.all(`SELECT key, business, title, coalesce(title_words, '') AS words FROM effects WHERE run = ?`, run)) {
      const [business, title, titleWords] = [String(row['business']), String(row['title']), String(row['words'])];
      const called = forgottenCalling({ business, title, titleWords });
      if (!called) continue;
      const sql = 'UPDATE effects SET business = ?, title = ?, title_words = NULL WHERE key = ?';
      db.change(sql, called.business, called.title, String(row['key']));
    }
    db.change('DELETE FROM failed_attempts WHERE run = ?', run);
    db.change('DELETE FROM crosswalk_missing WHERE run = ?', run);
    db.change(`UPDATE approvals SET title = '', details = 'null', reason = NULL, requested_by = NULL WHERE run = ?`, run);
  }
  return { count: forgotten.length, more: rows.length > limit };
}

/** Past reconciliations lose the single records; answers how many, and whether there are more. Only inside a write. */
function forgetReconciliations(db: Database, before: number, limit: number): { count: number; more: boolean } {
  const sql = `SELECT id, result FROM reconciliations WHERE at < ? AND result NOT LIKE '%"breaksForgotten":%' LIMIT ?`;
  const rows = db.all(sql, before, limit + 1);
  const forgotten = rows.slice(0, limit);
  for (const { id, result } of forgotten) {
    db.change('UPDATE reconciliations SET result = ? WHERE id = ?', forgottenReconciliation(String(result)), String(id));
  }
  return { count: forgotten.length, more: rows.length > limit };
}

/** What owners have said of fields, by runs that have ended; answers how much, and whether there is more. Only inside a write. */
function forgetStatements(db: Database, before: number, limit: number): { count: number; more: boolean } {
  const rows = db.all(
    `SELECT record, node, field FROM statements s WHERE said_at < ?
       AND NOT EXISTS (SELECT 1 FROM runs r WHERE r.id = s.run AND r.status NOT IN ('done', 'cancelled')) ORDER BY said_at LIMIT ?`,
    ...[before, limit + 1],
  );
  const forgotten = rows.slice(0, limit);
  for (const { record, node, field } of forgotten) {
    db.change('DELETE FROM statements WHERE record = ? AND node = ? AND field = ?', String(record), String(node), String(field));
  }
  return { count: forgotten.length, more: rows.length > limit };
}

/** Engagements of which nothing was said since. Only inside a write. */
function forgetEngagements(db: Database, before: number, limit: number): { count: number; more: boolean } {
  const rows = db.all('SELECT code FROM engagements WHERE updated_at < ? ORDER BY updated_at LIMIT ?', before, limit + 1);
  const forgotten = rows.slice(0, limit);
  for (const { code } of forgotten) db.change('DELETE FROM engagements WHERE code = ?', String(code));
  return { count: forgotten.length, more: rows.length > limit };
}
