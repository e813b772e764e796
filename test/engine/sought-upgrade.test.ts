import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import should from 'should';
import { PostgresStore } from '../../engine/postgres/postgres-store.ts';
import { SqliteStore } from '../../engine/sqlite/sqlite-store.ts';
import type { Store } from '../../engine/store.ts';
import { quickFolder } from '../quick-folder.ts';
import { startPostgres, type TestDatabase } from './embedded-postgres.ts';
import { deal } from './sample-events.ts';

const now = Date.UTC(2026, 2, 31, 12);
const take = (store: Store, ...subjects: string[]) =>
  store.accept({ entry: 'in', flow: 'tab', severity: 'high', events: subjects.map((one) => deal(one)), now });
const found = async (store: Store, more: object) =>
  (await store.runs({ limit: 10, ...more })).map(({ event }) => event.subject).toSorted((one, other) => one.localeCompare(other));

/** Runs of before are found by what a run always has; those that come now, and those of before, in one list. */
async function findsAll(store: Store): Promise<void> {
  should(await found(store, { search: 'eng-1' })).deepEqual(['ENG-1']);
  should(await found(store, { flow: 'tab', severity: 'high' })).deepEqual(['ENG-1', 'Ünal-2']);
  should(await found(store, { flow: 'other' })).deepEqual([]);
  await take(store, 'ENG-3');
  should(await found(store, { search: 'ENG', cameFrom: now })).deepEqual(['ENG-1', 'ENG-3']);
}

describe('Runs of before they were found in a table beside them', function () {
  this.timeout(60_000);

  it('are found in the embedded store', async () => {
    const folder = quickFolder('sought-upgrade');
    const file = join(folder, 'store.sqlite');
    const opened = async () => {
      const store = new SqliteStore(file);
      await store.open(now);
      return store;
    };
    const before = await opened();
    await take(before, 'ENG-1', 'Ünal-2');
    await before.close();
    const database = new DatabaseSync(file);
    database.exec(`DROP TABLE saved_filters; DROP TABLE sought_runs; DROP INDEX runs_standing;
      ALTER TABLE runs DROP COLUMN failure_code; ALTER TABLE runs DROP COLUMN failure_system;
      CREATE INDEX runs_standing ON runs (status) WHERE status = 'dead'; PRAGMA user_version = 19`);
    database.close();
    const store = await opened();
    try {
      await findsAll(store);
    } finally {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  describe('in the shared store', () => {
    let database: TestDatabase;
    let client: pg.Client;
    before(async () => {
      database = await startPostgres(['-c', 'fsync=off']);
      client = new pg.Client({ connectionString: `${database.url}?options=-c%20search_path%3Dold` });
    });
    after(async () => {
      await client.end();
      await database.remove();
    });
    const opened = async () => {
      const store = new PostgresStore({ url: database.url, schema: 'old' });
      await store.open(now);
      return store;
    };

    it('are found, and so are those that an instance of the version before stores meanwhile, once another starts', async () => {
      const before = await opened();
      await take(before, 'ENG-1', 'Ünal-2');
      await before.close();
      await client.connect();
      await client.query('DROP TABLE saved_filters; DROP TABLE sought_runs; DELETE FROM schema_versions WHERE version > 19');
      const store = await opened();
      await findsAll(store);
      await client.query('DELETE FROM sought_runs WHERE place = (SELECT seq FROM runs WHERE subject = $1)', ['ENG-3']);
      should(await found(store, { search: 'ENG-3' })).deepEqual([]);
      await store.close();
      const later = await opened();
      should(await found(later, { search: 'ENG-3' })).deepEqual(['ENG-3']);
      await later.close();
    });
  });
});
