import { soughtBy, soughtByCode } from '../sought.ts';
import type { Run, RunFilter } from '../store/runs.ts';
import type { Database } from './database.ts';
import { runsListed } from './rows.ts';

type Conditions = [condition: string, ...values: (string | number)[]][];

/** Runs that match, newest first. */
export function readRuns(db: Database, filter: RunFilter): Run[] {
  const ofRuns = conditionsOfRuns(filter);
  const { columns, runOf } = runsListed(filter.dataUpTo);
  const asked = (chosen: string, from: string, place: string, conditions: Conditions): [sql: string, ...values: (string | number)[]] => {
    const { before, limit } = filter;
    const all: Conditions = before === undefined ? conditions : [...conditions, [`${place} < ?`, before]];
    const where = all.length > 0 ? `WHERE ${all.map(([condition]) => condition).join(' AND ')}` : '';
    const sql = `SELECT ${chosen} FROM ${from} ${where} ORDER BY ${place} DESC LIMIT ?`;
    return [sql, ...all.flatMap(([, ...values]) => values), limit];
  };
  const page = (...from: [from: string, place: string, conditions: Conditions]) =>
    db.all(...asked(columns, ...from)).map((row) => runOf(row));
  // the narrow table is walked through, newest first; of what it finds the run is looked at
  const walked = (conditions: Conditions) =>
    page('sought_runs CROSS JOIN runs ON seq = place', 'place', [...conditionsOf(filter, narrow), ...conditions, ...ofRuns]);
  // an index leads to the runs; only a search looks into the narrow table
  const table = (runs: string) => (filter.search || filter.engagement ? `${runs} CROSS JOIN sought_runs ON place = seq` : runs);
  const led = (conditions: Conditions) => page(table('runs'), 'seq', [...conditions, ...ofRuns, ...conditionsOf(filter, own)]);
  // of dead letters an index says what they are picked out by: only those that are shown are read
  const dead = () => {
    const conditions: Conditions = [[`status = 'dead'`], ...ofRuns, ...conditionsOf(filter, own)];
    if (conditions.length === 1) return led([[`status = 'dead'`]]);
    const [sql, ...values] = asked('seq', table('runs INDEXED BY runs_standing'), 'seq', conditions);
    return db.all(`SELECT ${columns} FROM runs WHERE seq IN (${sql}) ORDER BY seq DESC`, ...values).map((row) => runOf(row));
  };
  const statuses = [...new Set(filter.status)];
  const isLed = filter.ids !== undefined || filter.about !== undefined || conditionsOf(filter, own).length === 0;
  if (statuses.length === 0) return isLed ? led([]) : walked([]);
  // one status at a time: for several SQLite would walk all runs, the million that ended included; and nearly all of them are done
  const pages = statuses.map((status) =>
    status === 'dead' && !filter.ids && !filter.about ? dead() : (status === 'done' && !isLed ? walked : led)([['status = ?', status]]),
  );
  return pages
    .flat()
    .sort((one, other) => other.seq - one.seq)
    .slice(0, filter.limit);
}

/** Columns that both tables have. */
const own = { flow: 'flow', severity: 'severity', came: 'created_at' };
const narrow = { flow: 'of_flow', severity: 'of_severity', came: 'came_at' };

function conditionsOf(
  { flow, severity, cameFrom, cameBefore, engagement, search, searchPersons }: RunFilter,
  column: typeof own,
): Conditions {
  const conditions: Conditions = [];
  if (flow !== undefined) conditions.push([`${column.flow} = ?`, flow]);
  if (severity !== undefined) conditions.push([`${column.severity} = ?`, severity]);
  if (cameFrom !== undefined) conditions.push([`${column.came} >= ?`, cameFrom]);
  if (cameBefore !== undefined) conditions.push([`${column.came} < ?`, cameBefore]);
  if (engagement) conditions.push(['instr(sought, ?)', soughtByCode(engagement)]);
  if (search) {
    const texts = soughtBy(search);
    const any = [
      ...texts.map(() => 'instr(sought, ?)'),
      ...(searchPersons ? ['instr(persons, ?)'] : []),
      'place = (SELECT seq FROM runs WHERE id = ?)',
    ];
    conditions.push([`(${any.join(' OR ')})`, ...texts, ...(searchPersons ? [search.toLowerCase()] : []), search]);
  }
  return conditions;
}

function conditionsOfRuns({ entry, ids, about, changedFrom, changedBefore, failure }: RunFilter): Conditions {
  const conditions: Conditions = [];
  if (entry !== undefined) conditions.push(['entry = ?', entry]);
  if (ids) conditions.push(['id IN (SELECT value FROM json_each(?))', JSON.stringify(ids)]);
  if (about) {
    const asked = JSON.stringify(about);
    conditions.push(['(subject IN (SELECT value FROM json_each(?)) OR key IN (SELECT value FROM json_each(?)))', asked, asked]);
  }
  if (changedFrom !== undefined) conditions.push(['updated_at >= ?', changedFrom]);
  if (changedBefore !== undefined) conditions.push(['updated_at < ?', changedBefore]);
  for (const name of ['class', 'code', 'system'] as const) {
    const said = failure?.[name];
    const isLost = name === 'class' && said === 'internal' ? ` OR (failure_class IS NULL AND status = 'dead')` : '';
    if (said !== undefined) conditions.push([`(failure_${name} = ?${isLost})`, said]);
  }
  return conditions;
}
