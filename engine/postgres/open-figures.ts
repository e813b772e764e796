import { standingOf } from '../sqlite/open-figures.ts';
import type { OpenFigures } from '../store.ts';
import type { Standing } from '../store/runs.ts';
import type { Read } from './reading.ts';

/** Found in the text: `json` operators refuse the character U+0000, wherever it stands. A quote within a value is escaped, so this is the name itself. */
const waitsAt = String.raw`substring(waiting_for from '"node":"((?:[^"\\]|\\.)*)"')`;

/** Dead letters and waiting runs by where they stand. */
export async function readStanding(read: Read): Promise<Standing[]> {
  const of = async (status: Standing['status'], node: string) => {
    const rows = await read(
      `SELECT flow, ${node} AS node, failure_class AS class, count(*) AS runs
       FROM runs WHERE status = '${status}' GROUP BY 1, 2, 3`,
      [],
    );
    return rows.map((row) => standingOf(status, row));
  };
  const [dead, waiting] = await Promise.all([of('dead', 'failed_node'), of('waiting', `coalesce(${waitsAt}, failed_node)`)]);
  return [...dead, ...waiting];
}

export async function readOpenFigures(read: Read): Promise<OpenFigures> {
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
