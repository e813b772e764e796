import { databaseText } from './database-text.ts';
import type { Row } from '../sqlite/database.ts';
import { runsListed } from '../sqlite/rows.ts';
import type { Run, RunFilter, RunStatus } from '../store/runs.ts';
import type { Readers } from './readers.ts';

export type Read = (sql: string, values: unknown[]) => Promise<Row[]>;

/** Reads by a session for it; `onError` makes of a database error what the callers see. */
export function reader(readers: () => Readers, onError: (error: unknown) => unknown): Read {
  return async (sql, values) => {
    try {
      return (await readers().query(sql, values)).rows;
    } catch (error) {
      throw onError(error);
    }
  };
}

export async function readRuns(read: Read, filter: RunFilter): Promise<Run[]> {
  const values: unknown[] = [];
  const value = (given: unknown) => `$${values.push(given)}`;
  const where: string[] = [];
  if (filter.status?.length) where.push(`status = ANY(${value(filter.status)}::text[])`);
  if (filter.ids) where.push(`id = ANY(${value(filter.ids)}::text[])`);
  if (filter.entry !== undefined) where.push(`entry = ${value(filter.entry)}`);
  if (filter.flow !== undefined) where.push(`flow = ${value(filter.flow)}`);
  if (filter.search) {
    const searched = value(filter.search);
    where.push(`(strpos(lower(subject), lower(${searched})) > 0 OR strpos(lower(key), lower(${searched})) > 0 OR id = ${searched})`);
  }
  if (filter.about) {
    const about = value(filter.about.map(databaseText));
    where.push(`(subject = ANY(${about}::text[]) OR key = ANY(${about}::text[]))`);
  }
  if (filter.before !== undefined) where.push(`seq < ${value(filter.before)}`);
  const condition = where.length > 0 ? `WHERE ${where.join(' AND ')}` : '';
  const { columns, runOf } = runsListed(filter.dataUpTo);
  const rows = await read(`SELECT ${columns} FROM runs ${condition} ORDER BY seq DESC LIMIT ${value(filter.limit)}`, values);
  return rows.map((row) => runOf(row));
}

export async function countRuns(read: Read): Promise<Record<RunStatus, number>> {
  const counts: Record<RunStatus, number> = { ready: 0, running: 0, waiting: 0, done: 0, dead: 0, cancelled: 0 };
  for (const row of await read('SELECT status, count(*) AS n FROM runs GROUP BY status', [])) {
    counts[row['status'] as RunStatus] = Number(row['n']);
  }
  return counts;
}

/** When the next waiting run becomes due; the epoch in ms. */
export async function readNextDue(read: Read, entries: string[], now: number): Promise<number | undefined> {
  if (entries.length === 0) return undefined;
  const [row] = await read(
    `SELECT min(available_at) AS due FROM runs WHERE status = 'waiting' AND available_at > $1 AND entry = ANY($2::text[])`,
    [now, entries],
  );
  return row === undefined || row['due'] === null ? undefined : Number(row['due']);
}
