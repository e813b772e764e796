import { type CrosswalkQuestion, folded, validity, validityOf } from '../../model/crosswalk-entry.ts';
import { journalLineFor, plannedChanges } from '../crosswalk-changes.ts';
import type { Act } from '../store/act.ts';
import type {
  Crosswalk,
  CrosswalkChange,
  CrosswalkChanged,
  CrosswalkFilter,
  CrosswalkRow,
  MappedRun,
  Unmapped,
} from '../store/crosswalk.ts';
import type { RunId } from '../store/runs.ts';
import type { Row } from './database.ts';
import { mustBeUnderWay } from './run-rows.ts';
import { SqliteFile } from './sqlite-file.ts';

/** What values of one system are in another. */
export abstract class SqliteCrosswalk extends SqliteFile implements Crosswalk {
  async crosswalkFor({ table, from, value, to, date }: CrosswalkQuestion): Promise<CrosswalkRow[]> {
    return this.db
      .all(
        `SELECT * FROM crosswalk WHERE current = 1 AND removed = 0 AND table_name = ? AND value = ? AND from_system IN (?, '*') AND to_system IN (?, '*')
           AND valid_from <= ? AND valid_to >= ? LIMIT 2`,
        ...[table, value, from, to, date, date],
      )
      .map(crosswalkRowOf);
  }

  changeCrosswalk(
    changes: CrosswalkChange[],
    { dryRun = false, ...act }: Act & { dryRun?: boolean },
    now: number,
  ): Promise<CrosswalkChanged> {
    return this.db.write(() => {
      const rows = this.db.all(
        `SELECT * FROM crosswalk WHERE current = 1 AND (id IN (SELECT value FROM json_each(?)) OR (removed = 0 AND folded IN (SELECT value FROM json_each(?))))`,
        ...concerned(changes).map((list) => JSON.stringify(list)),
      );
      const told = plannedChanges(changes, rows.map(crosswalkRowOf), act, now);
      for (const { row: state } of dryRun ? [] : told.states) {
        this.db.change('UPDATE crosswalk SET current = 0 WHERE id = ? AND current = 1', state.id);
        this.db.change(
          `INSERT INTO crosswalk (id, version, table_name, from_system, value, folded, to_system, target, valid_from, valid_to, removed, actor, reason, at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          ...columnsOf(state),
        );
        this.append(journalLineFor(state), now);
      }
      return told;
    });
  }

  async crosswalkRows({ table, from, to, search, on, after, limit }: CrosswalkFilter): Promise<CrosswalkRow[]> {
    const where: [string, ...string[]][] = [
      ...(table === undefined ? [] : [['table_name = ?', table] as [string, string]]),
      ...(from === undefined ? [] : [['from_system = ?', from] as [string, string]]),
      ...(to === undefined ? [] : [['to_system = ?', to] as [string, string]]),
      ...(search
        ? [['(instr(lower(value), lower(?)) OR instr(lower(target), lower(?)))', search, search] as [string, string, string]]
        : []),
      ...(on === undefined ? [] : [['valid_from <= ? AND valid_to >= ?', on, on] as [string, string, string]]),
      ...(after === undefined
        ? []
        : [[`(${inOrder}) > (SELECT ${inOrder} FROM crosswalk WHERE current = 1 AND id = ?)`, after] as [string, string]]),
    ];
    const conditions = ['current = 1 AND removed = 0', ...where.map(([condition]) => condition)].join(' AND ');
    const values = where.flatMap(([, ...given]) => given);
    return this.db.all(`SELECT * FROM crosswalk WHERE ${conditions} ORDER BY ${inOrder} LIMIT ?`, ...values, limit).map(crosswalkRowOf);
  }

  async crosswalkTables(): Promise<{ table: string; rows: number }[]> {
    return this.db.all(crosswalkTables).map(crosswalkTableOf);
  }

  async crosswalkHistory(id: string): Promise<CrosswalkRow[]> {
    return this.db.all('SELECT * FROM crosswalk WHERE id = ? ORDER BY version', id).map(crosswalkRowOf);
  }

  noteUnmapped({ table, from, value, to, date }: CrosswalkQuestion, run: RunId, token: number, now: number): Promise<void> {
    return this.db.write(() => {
      mustBeUnderWay(this.db, run, token);
      this.db.change('DELETE FROM crosswalk_missing WHERE run = ? AND token <> ?', run, token);
      this.db.change(
        'INSERT INTO crosswalk_missing (run, token, table_name, from_system, value, to_system, day, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
        ...[run, token, table, from, value, to, date, now],
      );
    });
  }

  async unmapped(limit: number): Promise<Unmapped[]> {
    return this.db.all(`${unmapped} LIMIT ?`, limit).map(unmappedOf);
  }

  async mappedRuns(limit: number, after?: RunId): Promise<MappedRun[]> {
    if (!this.db.get(anyMapped(lacksMapping))) return [];
    return mappedRunsOf(this.db.all(`${mappedRuns(lacksMapping, '?')} LIMIT ?`, after ?? '', limit));
  }
}

/** A failure that is no JSON any more was tampered with. */
const lacksMapping = `CASE WHEN json_valid(r.failure) THEN json_extract(r.failure, '$.class') END = 'mapping.missing'`;

// What both stores know of SQL, and how rows are read and written, is said once.

export const inOrder = 'table_name, value, from_system, to_system, valid_from, id';

export const crosswalkTables = `SELECT table_name, count(*) AS n FROM crosswalk WHERE current = 1 AND removed = 0 GROUP BY table_name ORDER BY table_name`;

/** What dead letters have asked for in their last delivery, in vain. */
const missing = `FROM crosswalk_missing m JOIN runs r ON r.id = m.run AND r.token = m.token WHERE r.status = 'dead' AND r.compensating IS NULL`;

/** Whether an entry `c` is for what was missing. */
const fits = (asked: string) => `c.current = 1 AND c.removed = 0 AND c.table_name = ${asked}.table_name AND c.value = ${asked}.value
  AND c.from_system IN (${asked}.from_system, '*') AND c.to_system IN (${asked}.to_system, '*') AND c.valid_from <= ${asked}.day AND c.valid_to >= ${asked}.day`;

export const unmapped = `SELECT m.table_name, m.from_system, m.value, m.to_system, min(m.day) AS first_day, max(m.day) AS last_day,
    count(DISTINCT m.run) AS runs, min(m.at) AS since, min(m.run) AS run
  ${missing} AND NOT EXISTS (SELECT 1 FROM crosswalk c WHERE ${fits('m')})
  GROUP BY m.table_name, m.from_system, m.value, m.to_system ORDER BY runs DESC, since, 1, 3, 2, 4`;

const lacked = "r.id = m.run AND r.token = m.token AND r.status = 'dead' AND r.compensating IS NULL";

/** Whether any run lacks what there is an entry for now. Entries come first: of those there are few, and of what runs lack there may be very much. */
export const anyMapped = (lacksMapping: string) => `SELECT 1 AS one FROM crosswalk c CROSS JOIN crosswalk_missing m CROSS JOIN runs r
  WHERE ${fits('m')} AND ${lacked} AND ${lacksMapping} LIMIT 1`;

/** Ids of runs are in order of arrival. */
export const mappedRuns = (lacksMapping: string, after: string) => `SELECT m.run, c.actor, c.table_name, c.value
  FROM crosswalk_missing m CROSS JOIN runs r CROSS JOIN crosswalk c WHERE m.run > ${after} AND ${lacked} AND ${lacksMapping} AND ${fits('m')} AND NOT EXISTS (
    SELECT 1 FROM crosswalk_missing o WHERE o.run = m.run AND o.token = m.token AND NOT EXISTS (SELECT 1 FROM crosswalk c WHERE ${fits('o')})
  ) ORDER BY m.run, c.at`;

/** By this, those are found that may be alike: shortened, since an index takes no more. */
const alikeBy = (value: string): string => [...folded(value)].slice(0, 200).join('');

export const concerned = (changes: readonly CrosswalkChange[]): [ids: string[], alike: string[]] => [
  changes.flatMap(({ id }) => id ?? []),
  changes.flatMap(({ entry }) => (entry ? alikeBy(entry.value) : [])),
];

export function columnsOf(state: CrosswalkRow): (string | number | null)[] {
  const { id, version, table, from, value, to, target, removed, actor, reason, at } = state;
  const { first, last } = validity(state);
  return [id, version, table, from, value, alikeBy(value), to, target, first, last, removed ? 1 : 0, actor, reason ?? null, at];
}

export const crosswalkRowOf = (row: Row): CrosswalkRow => ({
  id: String(row['id']),
  version: Number(row['version']),
  table: String(row['table_name']),
  from: String(row['from_system']),
  value: String(row['value']),
  to: String(row['to_system']),
  target: String(row['target']),
  ...validityOf(String(row['valid_from']), String(row['valid_to'])),
  actor: String(row['actor']),
  ...(row['reason'] === null ? {} : { reason: String(row['reason']) }),
  at: Number(row['at']),
  ...(Number(row['removed']) === 1 ? { removed: true as const } : {}),
});

export const crosswalkTableOf = (row: Row) => ({ table: String(row['table_name']), rows: Number(row['n']) });

export const unmappedOf = (row: Row): Unmapped => ({
  table: String(row['table_name']),
  from: String(row['from_system']),
  value: String(row['value']),
  to: String(row['to_system']),
  firstDate: String(row['first_day']),
  lastDate: String(row['last_day']),
  runs: Number(row['runs']),
  since: Number(row['since']),
  run: String(row['run']),
});

/** Each run once, by who wrote the newest of the entries that it lacked. Why it goes on is for the journal. */
export const mappedRunsOf = (rows: Row[]): MappedRun[] => [
  ...new Map(
    rows.map((row) => [
      row['run'],
      { run: String(row['run']), actor: String(row['actor']), reason: mappedReason(String(row['table_name']), String(row['value'])) },
    ]),
  ).values(),
];

export const mappedReason = (table: string, value: string) => `${table}: there is an entry for ${value}`;
