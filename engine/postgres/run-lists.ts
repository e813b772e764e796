import type { SourceEvent } from '../../model/operations.ts';
import { openEntries } from '../sqlite/open-entries.ts';
import { failedAttemptOf, runOf, standingOf } from '../sqlite/rows.ts';
import type { OpenFigures, RunLists } from '../store/run-lists.ts';
import type { Run, RunFilter, RunId, RunStatus, Standing } from '../store/runs.ts';
import { databaseText } from './database-text.ts';
import { PostgresDatabase } from './postgres-database.ts';
import type { Read } from './reading.ts';
import { readRuns } from './read-runs.ts';

/** Runs one by one, listed and counted. */
export abstract class PostgresRunLists extends PostgresDatabase implements RunLists {
  async run(id: RunId): Promise<Run | undefined> {
    const [row] = await this.read('SELECT * FROM runs WHERE id = $1', [id]);
    return row && runOf(row);
  }

  async runOfEvent(entry: string, { source, id }: Pick<SourceEvent, 'source' | 'id'>): Promise<Run | undefined> {
    const [row] = await this.read('SELECT * FROM runs WHERE entry = $1 AND event_source = $2 AND event_id = $3', [
      entry,
      databaseText(source),
      databaseText(id),
    ]);
    return row && runOf(row);
  }

  runs(filter: RunFilter): Promise<Run[]> {
    return readRuns(this.read, filter);
  }

  counts() {
    return countRuns(this.read);
  }

  standing(): Promise<Standing[]> {
    return readStanding(this.read);
  }

  openFigures(): Promise<OpenFigures> {
    return readOpenFigures(this.read);
  }

  async openEntries(): Promise<string[]> {
    return (await this.read(openEntries, [])).map((row) => String(row['entry']));
  }

  async failedAttempts(run: RunId, newest?: number) {
    const sql = 'SELECT * FROM failed_attempts WHERE run = $1 ORDER BY at DESC, attempt DESC LIMIT $2';
    return (await this.read(sql, [run, newest ?? null])).map(failedAttemptOf).reverse();
  }
}

async function countRuns(read: Read): Promise<Record<RunStatus, number>> {
  const counts: Record<RunStatus, number> = { ready: 0, running: 0, waiting: 0, done: 0, dead: 0, cancelled: 0 };
  for (const row of await read('SELECT status, count(*) AS n FROM runs GROUP BY status', [])) {
    counts[row['status'] as RunStatus] = Number(row['n']);
  }
  return counts;
}

/** Found in the text: `json` operators refuse the character U+0000, wherever it stands. A quote within a value is escaped, so this is the name itself. */
const waitsAt = String.raw`substring(waiting_for from '"node":"((?:[^"\\]|\\.)*)"')`;

/** Dead letters and waiting runs by where they stand. */
async function readStanding(read: Read): Promise<Standing[]> {
  const of = async (status: Standing['status'], node: string) => {
    const rows = await read(
      `SELECT flow, ${node} AS node, failure_class AS class, severity, count(*) AS runs, max(updated_at) AS newest_at
       FROM runs WHERE status = '${status}' GROUP BY 1, 2, 3, 4`,
      [],
    );
    return rows.map((row) => standingOf(status, row));
  };
  const [dead, waiting] = await Promise.all([of('dead', 'failed_node'), of('waiting', `coalesce(${waitsAt}, failed_node)`)]);
  return [...dead, ...waiting];
}

async function readOpenFigures(read: Read): Promise<OpenFigures> {
  const [row] = await read(
    `SELECT
       (SELECT count(*) FROM approvals a JOIN runs r ON r.id = a.run
        WHERE a.status = 'open' AND r.status NOT IN ('done', 'cancelled') AND r.compensating IS NULL) AS approvals,
       (SELECT count(*) FROM effects WHERE status = 'in-doubt') AS in_doubt,
       (SELECT min(created_at) FROM runs WHERE status IN ('ready', 'running', 'waiting')) AS oldest`,
    [],
  );
  const oldest = row?.['oldest'];
  return {
    approvals: Number(row?.['approvals'] ?? 0),
    effectsInDoubt: Number(row?.['in_doubt'] ?? 0),
    ...(typeof oldest === 'number' || typeof oldest === 'string' ? { oldestOpenAt: Number(oldest) } : {}),
  };
}
