import { soughtBy } from '../sought.ts';
import type { Run, RunFilter } from '../store/runs.ts';
import type { Database } from './database.ts';
import { runsListed } from './rows.ts';

type Conditions = [condition: string, ...values: (string | number)[]][];

/** Runs that match, newest first. */
export function readRuns(db: Database, filter: RunFilter): Run[] {
  const ofRuns = conditionsOfRuns(filter);
  const { columns, runOf } = runsListed(filter.dataUpTo);
  const page = (from: string, place: string, conditions: Conditions) => {
    const { before, limit } = filter;
    const all: Conditions = before === undefined ? conditions : [...conditions, [`${place} < ?`, before]];
    const where = all.length > 0 ? `WHERE ${all.map(([condition]) => condition).join(' AND ')}` : '';
    const sql = `SELECT ${columns} FROM ${from} ${where} ORDER BY ${place} DESC LIMIT ?`;
    return db.all(sql, ...all.flatMap(([, ...values]) => values), limit).map((row) => runOf(row));
  };
  // the narrow table is walked through, newest first; of what it finds the run is looked at
  const walked = (conditions: Conditions) =>
    page('sought_runs CROSS JOIN runs ON seq = place', 'place', [...conditionsOf(filter, narrow), ...conditions, ...ofRuns]);
  // an index leads to the runs; only a search looks into the narrow table
  const led = (conditions: Conditions) => {
    const from = filter.search ? 'runs CROSS JOIN sought_runs ON place = seq' : 'runs';
    return page(from, 'seq', [...conditions, ...ofRuns, ...conditionsOf(filter, own)]);
  };
  const statuses = [...new Set(filter.status)];
  const isLed = filter.ids !== undefined || filter.about !== undefined || conditionsOf(filter, own).length === 0;
  if (statuses.length === 0) return isLed ? led([]) : walked([]);
  // one status at a time: for several SQLite would walk all runs, the million that ended included; and nearly all of them are done
  const pages = statuses.map((status) => (status === 'done' && !isLed ? walked : led)([['status = ?', status]]));
  return pages
    .flat()
    .sort((one, other) => other.seq - one.seq)
    .slice(0, filter.limit);
}

/** Columns that both tables have. */
const own = { flow: 'flow', severity: 'severity', came: 'created_at' };
const narrow = { flow: 'of_flow', severity: 'of_severity', came: 'came_at' };

function conditionsOf({ flow, severity, cameFrom, cameBefore, search, searchPersons }: RunFilter, column: typeof own): Conditions {
  const conditions: Conditions = [];
  if (flow !== undefined) conditions.push([`${column.flow} = ?`, flow]);
  if (severity !== undefined) conditions.push([`${column.severity} = ?`, severity]);
  if (cameFrom !== undefined) conditions.push([`${column.came} >= ?`, cameFrom]);
  if (cameBefore !== undefined) conditions.push([`${column.came} < ?`, cameBefore]);
  if (search) {
    const texts = soughtBy(search);
    const any = [...texts.map(() => 'instr(sought, ?)'), ...(searchPersons ? ['instr(persons, ?)'] : []), 'place = (SELECT seq FROM runs WHERE id = ?)'];
    conditions.push([`(${any.join(' OR ')})`, ...texts, ...(searchPersons ? [search.toLowerCase()] : []), search]);
  }
  return conditions;
}

function conditionsOfRuns({ entry, ids, about, changedFrom, changedBefore, failureSays = [] }: RunFilter): Conditions {
  const conditions: Conditions = [];
  if (entry !== undefined) conditions.push(['entry = ?', entry]);
  if (ids) conditions.push(['id IN (SELECT value FROM json_each(?))', JSON.stringify(ids)]);
  if (about) {
    const asked = JSON.stringify(about);
    conditions.push(['(subject IN (SELECT value FROM json_each(?)) OR key IN (SELECT value FROM json_each(?)))', asked, asked]);
  }
  if (changedFrom !== undefined) conditions.push(['updated_at >= ?', changedFrom]);
  if (changedBefore !== undefined) conditions.push(['updated_at < ?', changedBefore]);
  for (const said of failureSays) conditions.push(['instr(failure, ?) > 0', said]);
  return conditions;
}
