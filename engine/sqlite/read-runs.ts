import type { Run, RunFilter } from '../store/runs.ts';
import type { Database } from './database.ts';
import { runsListed } from './rows.ts';

/** Runs that match, newest first. */
export function readRuns(db: Database, filter: RunFilter): Run[] {
  const where: string[] = [];
  const values: (string | number)[] = [];
  for (const name of ['entry', 'flow'] as const) {
    const value = filter[name];
    if (value !== undefined) {
      where.push(`${name} = ?`);
      values.push(value);
    }
  }
  if (filter.ids) {
    where.push('id IN (SELECT value FROM json_each(?))');
    values.push(JSON.stringify(filter.ids));
  }
  if (filter.search) {
    where.push(`(instr(lower(subject), lower(?)) OR instr(lower(key), lower(?)) OR id = ?)`);
    values.push(filter.search, filter.search, filter.search);
  }
  if (filter.about) {
    const about = JSON.stringify(filter.about);
    where.push('(subject IN (SELECT value FROM json_each(?)) OR key IN (SELECT value FROM json_each(?)))');
    values.push(about, about);
  }
  if (filter.before !== undefined) {
    where.push('seq < ?');
    values.push(filter.before);
  }
  const { columns, runOf } = runsListed(filter.dataUpTo);
  const page = (first: string[], firstValues: string[]) => {
    const conditions = [...first, ...where];
    const condition = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
    const sql = `SELECT ${columns} FROM runs ${condition} ORDER BY seq DESC LIMIT ?`;
    return db.all(sql, ...firstValues, ...values, filter.limit).map((row) => runOf(row));
  };
  if (!filter.status?.length) return page([], []);
  // one status at a time: for several SQLite would walk all runs, the million that ended included
  const pages = filter.status.map((status) => page(['status = ?'], [status]));
  return pages
    .flat()
    .sort((one, other) => other.seq - one.seq)
    .slice(0, filter.limit);
}
