import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import should from 'should';
import { migrate } from '../../engine/postgres/migrate.ts';
import { migrations as postgresMigrations } from '../../engine/postgres/migrations.ts';
import { PostgresStore } from '../../engine/postgres/postgres-store.ts';
import { migrations as sqliteMigrations } from '../../engine/sqlite/migrations.ts';
import { SqliteStore } from '../../engine/sqlite/sqlite-store.ts';
import type { FigureDay, Measurements } from '../../engine/store/measurements.ts';
import { kpiValues } from '../../runtime/kpis/kpi-values.ts';
import { quickFolder } from '../quick-folder.ts';
import { startPostgres, type TestDatabase } from './embedded-postgres.ts';

const hour = 3_600_000;
const noon = Date.UTC(2026, 2, 31, 12);
const march = { from: '2026-03-01', to: '2026-03-31' };
const old = `INSERT INTO figures (day, figure, flow, entity, region, practice, count, sum, least, most)
  VALUES ('2026-03-30', 'billing_latency', 'f', 'DE', '', '', 4, ${40 * hour}, ${hour}, ${20 * hour}),
    ('2026-03-31', 'billing_latency', 'f', 'DE', '', '', 2, ${6 * hour}, ${2 * hour}, ${4 * hour})`;
const shownOf = (days: readonly FigureDay[]) =>
  kpiValues(days, { by: 'entity', targets: {} }).find(({ name }) => name === 'billing_latency')!;

/** What was there stays to the last count, and says that of it no distribution is known; what is added is known. */
async function keepsWhatIsThere(store: Measurements): Promise<void> {
  const where = { day: '2026-03-30', figure: 'billing_latency', flow: 'f', entity: 'DE', region: '', practice: '' };
  const [first] = await store.figures(march);
  should(first).deepEqual({ ...where, count: 4, sum: 40 * hour, least: hour, most: 20 * hour, spread: {} });
  should(shownOf(await store.figures(march))).have.properties({ count: 6, median: null, p90: null });
  should(shownOf(await store.figures(march)).distribution).deepEqual({ count: 0, parts: [] });
  const { day: _day, ...group } = where;
  await store.addMeasurements([{ ...group, at: noon, value: 3 * hour }]);
  const shown = shownOf(await store.figures(march));
  should(shown).have.properties({ count: 7, least: 1, most: 20 });
  should(shown.distribution).deepEqual({ count: 1, parts: [{ from: 2, to: 3, count: 1 }] });
}

describe('Figures of before their distribution was kept', function () {
  this.timeout(60_000);

  it('stay in the embedded store', async () => {
    const folder = quickFolder('figures-upgrade');
    const file = join(folder, 'store.sqlite');
    const database = new DatabaseSync(file);
    for (const migration of sqliteMigrations.slice(0, 17)) database.exec(migration);
    database.exec('PRAGMA user_version = 17');
    database.exec(old);
    database.close();
    const store = new SqliteStore(file);
    try {
      await store.open(noon);
      await keepsWhatIsThere(store);
    } finally {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  describe('in the shared store', () => {
    let database: TestDatabase;
    before(async () => {
      database = await startPostgres(['-c', 'fsync=off']);
    });
    after(() => database.remove());

    it('stay, also while an instance of the version before goes on counting', async () => {
      const client = new pg.Client({ connectionString: `${database.url}?options=-c%20search_path%3Dold` });
      const store = new PostgresStore({ url: database.url, schema: 'old' });
      try {
        await client.connect();
        await client.query('CREATE SCHEMA old');
        await migrate(client, 'old', postgresMigrations.slice(0, 17));
        await client.query(old);
        await store.open(noon);
        await keepsWhatIsThere(store);
        await client.query(`UPDATE figures SET count = count + 1, sum = sum + ${hour} WHERE day = '2026-03-31'`);
        should(shownOf(await store.figures(march))).match({ count: 8, distribution: { count: 1 } });
      } finally {
        await client.end();
        await store.close();
      }
    });
  });
});
