import { existsSync, renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { PoolClient } from 'pg';
import type { CrosswalkEntry } from '../../model/crosswalk-entry.ts';
import { PostgresStore } from '../../engine/postgres/postgres-store.ts';
import { SqliteStore } from '../../engine/sqlite/sqlite-store.ts';
import type { Store } from '../../engine/store.ts';
import type { Rows } from './history-rows.ts';
import { type HistoryOptions, type HistoryTotals, MadeHistory } from './made-history.ts';

/** Where a history goes: as the product's settings say it. */
export interface HistoryPlace {
  store: string;
  schema?: string;
}

export type HistoryWanted = Omit<HistoryOptions, 'head'>;

/** What is already there is somebody's: nothing is written into it. */
export class StoreInUse extends Error {
  constructor({ store }: HistoryPlace) {
    super(
      `There is something in the store ${withoutPassword(store)} already, and a history is written into an empty one only. Choose another user directory with PSCONNECT_USERDIR or another store with PSCONNECT_STORE (with PostgreSQL, another PSCONNECT_SCHEMA), or delete what is there.`,
    );
  }
}

/** Writes a firm's past into an empty store, in bulk: the store's own tables, without its guards. For looking around and for measuring, never beside a Node-RED. */
export async function writeHistory(
  place: HistoryPlace,
  wanted: HistoryWanted,
  onProgress?: (runs: number) => void,
): Promise<HistoryTotals> {
  if (isPostgres(place.store)) {
    const history = await begun(storeOf(place), place, wanted);
    await intoPostgres(place, history, onProgress);
    return history.totals;
  }
  if (existsSync(place.store)) await closing(storeOf(place), (store) => mustBeEmpty(store, place));
  // one that was not made to its end is no store
  const draft = `${place.store}.draft`;
  const remove = (file: string) => ['', '-wal', '-shm'].forEach((rest) => rmSync(file + rest, { force: true }));
  remove(draft);
  try {
    const history = await begun(storeOf({ store: draft }), place, wanted);
    await intoSqlite(draft, history, onProgress);
    remove(place.store);
    renameSync(draft, place.store);
    return history.totals;
  } finally {
    remove(draft);
  }
}

/** The product makes its own tables, and keeps everybody else out meanwhile. */
const begun = (store: Store, place: HistoryPlace, wanted: HistoryWanted): Promise<MadeHistory> =>
  closing(store, async () => {
    await mustBeEmpty(store, place);
    const act = { actor: 'anna.becker', reason: 'As the group has them' };
    await store.changeCrosswalk(
      maps.map((entry) => ({ entry })),
      act,
      wanted.until - 360 * 86_400_000,
    );
    const { head } = await store.journalState();
    return new MadeHistory({ ...wanted, head: head! });
  });

async function closing<T>(store: Store, work: (store: Store) => Promise<T>): Promise<T> {
  await store.open(Date.now());
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

const storeOf = ({ store, schema }: HistoryPlace): Store =>
  isPostgres(store) ? new PostgresStore({ url: store, ...(schema === undefined ? {} : { schema }) }) : new SqliteStore(store);

const isPostgres = (store: string) => /^postgres(ql)?:\/\//.test(store);
const withoutPassword = (store: string) => store.replace(/\/\/[^@/]*@/, '//');

async function mustBeEmpty(store: Store, place: HistoryPlace): Promise<void> {
  const counted = Object.values(await store.counts()).reduce((sum, count) => sum + count, 0);
  const [lines, measured, tables] = [await store.journal({ limit: 1 }), await store.measuredTo(), await store.crosswalkTables()];
  if (counted > 0 || lines.length > 0 || measured !== undefined || tables.length > 0) throw new StoreInUse(place);
}

const maps: CrosswalkEntry[] = [
  ...['DE01', 'NL01', 'GB01', 'US01', 'CH01', 'JP01'].map((value, index) => ({
    table: 'legal-entity',
    from: 'salesforce',
    value,
    to: 'netsuite',
    target: String(index + 1),
  })),
  ...['DE01', 'NL01', 'GB01', 'US01', 'CH01', 'JP01'].map((value) => ({
    table: 'erp-account',
    from: '*',
    value,
    to: '*',
    target: value === 'JP01' ? 'second' : 'first',
  })),
  ...['Hotel', 'Rail', 'Flight', 'Taxi', 'Per diem'].map((value) => ({
    table: 'expense-category',
    from: 'kantata',
    value,
    to: 'netsuite',
    target: value === 'Per diem' ? 'Per diem' : 'Travel',
  })),
];

async function intoSqlite(file: string, history: MadeHistory, onProgress: (runs: number) => void = () => undefined): Promise<void> {
  const database = new DatabaseSync(file);
  try {
    // a history that is not whole is deleted: nothing has to survive a crash
    database.exec(
      'PRAGMA journal_mode = DELETE; PRAGMA journal_mode = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = OFF; PRAGMA cache_size = -100000; BEGIN',
    );
    const statements = new Map<string, ReturnType<typeof database.prepare>>();
    let runs = 0;
    for (const rows of history.rows()) {
      const sql = statementFor(rows, () => '?');
      const statement = statements.get(sql) ?? database.prepare(sql);
      statements.set(sql, statement);
      for (const values of rows.values) statement.run(...values);
      if (rows.table === 'runs') onProgress((runs += rows.values.length));
    }
    database.exec('COMMIT; PRAGMA optimize; PRAGMA journal_mode = WAL');
  } finally {
    database.close();
  }
}

async function intoPostgres(
  { store, schema = 'psconnect' }: HistoryPlace,
  history: MadeHistory,
  onProgress: (runs: number) => void = () => undefined,
): Promise<void> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: store });
  await client.connect();
  try {
    await client.query(`SET search_path TO "${schema.replaceAll('"', '""')}"`);
    const types = await columnTypes(client as unknown as PoolClient, schema);
    let runs = 0;
    await client.query('BEGIN');
    for (const rows of history.rows()) {
      const columns = [...rows.columns, ...(rows.table === 'runs' ? ['failure_class'] : [])];
      const typeOf = (name: string) => types.get(`${rows.table}.${name}`)!;
      const values = columns.map((name) => {
        const place = rows.columns.indexOf(name);
        const all = rows.values.map((row) => (place < 0 ? classIn(row[rows.columns.indexOf('failure')]) : row[place]));
        return typeOf(name) === 'boolean' ? all.map((one) => one === 1) : all;
      });
      if (rows.table === 'journal_head') await client.query('UPDATE journal_head SET seq = $1, hash = $2', rows.values[0]);
      else
        await client.query(
          `INSERT INTO ${rows.table} (${columns.join(', ')}) SELECT * FROM unnest(${columns.map((name, index) => `$${index + 1}::${typeOf(name)}[]`).join(', ')})`,
          values,
        );
      if (rows.table === 'runs') onProgress((runs += rows.values.length));
    }
    await client.query('COMMIT');
    await client.query('ANALYZE');
  } finally {
    await client.end();
  }
}

const classIn = (failure: string | number | null | undefined) =>
  typeof failure === 'string' ? (JSON.parse(failure) as { class: string }).class : null;

async function columnTypes(client: PoolClient, schema: string): Promise<Map<string, string>> {
  const { rows } = await client.query<{ table_name: string; column_name: string; data_type: string }>(
    'SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = $1',
    [schema],
  );
  return new Map(rows.map((row) => [`${row.table_name}.${row.column_name}`, row.data_type]));
}

function statementFor({ table, columns }: Rows, mark: () => string): string {
  if (table === 'journal_head') return 'UPDATE journal_head SET seq = ?, hash = ?';
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(mark).join(', ')})`;
}
