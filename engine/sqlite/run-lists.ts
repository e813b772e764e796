import type { SourceEvent } from '../../model/operations.ts';
import type { OpenFigures, RunLists } from '../store/run-lists.ts';
import type { Run, RunFilter, RunId, RunStatus, Standing } from '../store/runs.ts';
import type { Database } from './database.ts';
import { openEntries } from './open-entries.ts';
import { readRuns } from './read-runs.ts';
import { failedAttemptOf, runOf, standingOf } from './rows.ts';
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
