import type { SourceEvent } from '../../model/operations.ts';
import type { OpenFigures, RunLists } from '../store/run-lists.ts';
import type { Run, RunFilter, RunId, RunStatus, Standing } from '../store/runs.ts';
import type { Database } from './database.ts';
import { openEntries } from './open-entries.ts';
import { failedAttemptOf, runOf, runsListed, standingOf } from './rows.ts';
import { SqliteFile } from './sqlite-file.ts';

/** Runs one by one, listed and counted. */
export abstract class SqliteRunLists extends SqliteFile implements RunLists {
  async run(id: RunId): Promise<Run | undefined> {
    const row = this.db.get('SELECT * FROM runs WHERE id = ?', id);
    return row && runOf(row);
  }

  async runOfEvent(entry: string, { source, id }: Pick<SourceEvent, 'source' | 'id'>): Promise<Run | undefined> {
    const row = this.db.get('SELECT * FROM runs WHERE entry = ? AND event_source = ? AND event_id = ?', entry, source, id);
    return row && runOf(row);
  }

  async runs(filter: RunFilter): Promise<Run[]> {
    return readRuns(this.db, filter);
  }

  async counts(): Promise<Record<RunStatus, number>> {
    const counts: Record<RunStatus, number> = { ready: 0, running: 0, waiting: 0, done: 0, dead: 0, cancelled: 0 };
    for (const row of this.db.all('SELECT status, runs FROM tallies')) counts[row['status'] as RunStatus] = Number(row['runs']);
    return counts;
  }

  async standing(): Promise<Standing[]> {
    return readStanding(this.db);
  }

  async openFigures(): Promise<OpenFigures> {
    return readOpenFigures(this.db);
  }

  async openEntries(): Promise<string[]> {
    return this.db.all(openEntries).map((row) => String(row['entry']));
  }

  async failedAttempts(run: RunId, newest?: number) {
    const sql = 'SELECT * FROM failed_attempts WHERE run = ? ORDER BY at DESC, attempt DESC LIMIT ?';
    return this.db
      .all(sql, run, newest ?? -1)
      .map(failedAttemptOf)
      .reverse();
  }
}

/** Runs that match, newest first. */
function readRuns(db: Database, filter: RunFilter): Run[] {
  const where: string[] = [];
  const values: (string | number)[] = [];
  for (const name of ['entry', 'flow', 'severity'] as const) {
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
  for (const [condition, value] of [
    ['seq < ?', filter.before],
    ['updated_at >= ?', filter.changedFrom],
    ['updated_at < ?', filter.changedBefore],
  ] as const) {
    if (value === undefined) continue;
    where.push(condition);
    values.push(value);
  }
  for (const said of filter.failureSays ?? []) {
    where.push('instr(failure, ?) > 0');
    values.push(said);
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
  const pages = [...new Set(filter.status)].map((status) => page(['status = ?'], [status]));
  return pages
    .flat()
    .sort((one, other) => other.seq - one.seq)
    .slice(0, filter.limit);
}

/** Dead letters and waiting runs by where they stand; of those that ended nothing is read. */
function readStanding(db: Database): Standing[] {
  // the status is written out: only so is the index known to hold all that is counted
  const of = (status: Standing['status'], node: string) =>
    db
      .all(
        `SELECT flow, ${node} AS node, failure_class AS class, severity, count(*) AS runs, max(updated_at) AS newest_at
         FROM runs WHERE status = '${status}' GROUP BY 1, 2, 3, 4`,
      )
      .map((row) => standingOf(status, row));
  return [
    ...of('dead', 'failed_node'),
    ...of('waiting', `coalesce(CASE WHEN json_valid(waiting_for) THEN json_extract(waiting_for, '$.node') END, failed_node)`),
  ];
}

function readOpenFigures(db: Database): OpenFigures {
  const number = (sql: string) => Number(db.get(sql)?.['n'] ?? 0);
  // runs are numbered as they come in: of each status only the first is looked at
  const firsts = (['ready', 'running', 'waiting'] as const).flatMap((status) => {
    const row = db.get('SELECT created_at FROM runs WHERE status = ? ORDER BY seq LIMIT 1', status);
    return row ? [Number(row['created_at'])] : [];
  });
  return {
    approvals: number(
      `SELECT count(*) AS n FROM approvals a JOIN runs r ON r.id = a.run
       WHERE a.status = 'open' AND r.status NOT IN ('done', 'cancelled') AND r.compensating IS NULL`,
    ),
    effectsInDoubt: number(`SELECT count(*) AS n FROM effects WHERE status IN ('intended', 'in-doubt') AND status = 'in-doubt'`),
    ...(firsts.length > 0 ? { oldestOpenAt: Math.min(...firsts) } : {}),
  };
}
