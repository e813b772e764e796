import type { OpenFigures } from '../store.ts';
import type { Standing } from '../store/runs.ts';
import type { Database } from './database.ts';

/** A failure that is no JSON any more was tampered with: it is counted all the same. */
const failureClass = `CASE WHEN json_valid(failure) THEN json_extract(failure, '$.class') END`;

/** Dead letters and waiting runs by where they stand; of those that ended nothing is read. */
export function readStanding(db: Database): Standing[] {
  const of = (status: Standing['status'], node: string) =>
    db
      .all(`SELECT flow, ${node} AS node, ${failureClass} AS class, count(*) AS runs FROM runs WHERE status = ? GROUP BY 1, 2, 3`, status)
      .map((row) => standingOf(status, row));
  return [
    ...of('dead', 'failed_node'),
    ...of('waiting', `coalesce(CASE WHEN json_valid(waiting_for) THEN json_extract(waiting_for, '$.node') END, failed_node)`),
  ];
}

export function standingOf(status: Standing['status'], row: Record<string, unknown>): Standing {
  const given = Object.fromEntries(
    (['node', 'class'] as const).flatMap((name) => (typeof row[name] === 'string' ? [[name, row[name]]] : [])),
  );
  return { status, flow: String(row['flow']), ...given, runs: Number(row['runs']) };
}

export function readOpenFigures(db: Database): OpenFigures {
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
