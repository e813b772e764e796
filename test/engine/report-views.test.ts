import pg from 'pg';
import 'should';
import should from 'should';
import { PostgresStore } from '../../engine/postgres/postgres-store.ts';
import type { Measurement } from '../../engine/store/measurements.ts';
import { endedRuns, kpiNames, kpis } from '../../model/kpis.ts';
import { kpiValues } from '../../runtime/kpis/kpi-values.ts';
import { failure } from './claimed-run.ts';
import { startPostgres, type TestDatabase } from './embedded-postgres.ts';
import { deal } from './sample-events.ts';

const noon = Date.UTC(2026, 2, 31, 12);
const schema = 'reports';

describe('What reports read of a shared store', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let store: PostgresStore;
  let reports: pg.Client;

  before(async () => {
    database = await startPostgres(['-c', 'fsync=off']);
    store = new PostgresStore({ url: database.url, schema });
    await store.open(noon);
    await database.query(`CREATE ROLE reader LOGIN PASSWORD 'reads'`);
    await database.query(`GRANT USAGE ON SCHEMA ${schema} TO reader`);
    await database.query(
      `GRANT SELECT ON ${schema}.report_kpi_days, ${schema}.report_kpi_distributions, ${schema}.report_engagements, ${schema}.report_runs TO reader`,
    );
    reports = new pg.Client({ connectionString: database.url.replace('postgres:secret-of-the-test', 'reader:reads') });
    await reports.connect();
  });
  after(async () => {
    await reports?.end();
    await store?.close();
    await database?.remove();
  });

  const rows = async (sql: string) => (await reports.query<Record<string, unknown>>(sql.replace('FROM ', `FROM ${schema}.`))).rows;
  const measured = (figure: string, value: number, entity: string, at = noon): Measurement => ({
    ...{ figure, at, value, flow: 'f', entity, region: '', practice: '' },
  });

  it('are the figures that the console shows, in the same units, weighted by their counts', async () => {
    const add = kpiNames
      .filter((name) => name !== 'manual_touches')
      .flatMap((name, n) => [
        measured(name, 3_600_000 * (n + 1), 'DE'),
        measured(name, 0, 'DE'),
        measured(name, 1_234_567 * n, 'UK', noon + 86_400_000),
      ]);
    add.push(
      ...Array.from({ length: 4 }, () => measured(endedRuns, 1, 'DE')),
      measured('manual_touches', 1, 'DE'),
      measured(endedRuns, 1, 'UK'),
    );
    await store.addMeasurements(add);
    const shown = kpiValues(await store.figures({ from: '2026-03-01', to: '2026-04-30' }), { by: 'entity', targets: {} });
    const found = await rows(
      'SELECT kpi, unit, entity, sum(value * count) / sum(count) AS value, sum(count) AS count FROM report_kpi_days GROUP BY 1, 2, 3 ORDER BY 1, 3',
    );
    for (const name of kpiNames) {
      const { unit, groups } = shown.find((one) => one.name === name)!;
      groups.length.should.be.above(0, name);
      for (const { group, value, count } of groups) {
        const row = found.find((one) => one['kpi'] === name && one['entity'] === group)!;
        should(row).have.properties({ unit, count: String(count) });
        Number(row['value']).should.be.approximately(value, 0.001, `${name} ${group}`);
      }
    }
    new Set(found.map((row) => row['kpi'])).should.deepEqual(new Set(Object.keys(kpis)));
    const [first] = await rows(
      "SELECT to_char(day, 'YYYY-MM-DD') AS day, least, most FROM report_kpi_days WHERE kpi = 'project_creation_cycle_time' ORDER BY day",
    );
    should(first).deepEqual({ day: '2026-03-31', least: '0.000000', most: '1.000000' });
  });

  it('are the distributions behind the figures, which can be added up over days and groups', async () => {
    const { distribution } = kpiValues(await store.figures({ from: '2026-03-01', to: '2026-04-30' }), { by: 'entity', targets: {} }).find(
      ({ name }) => name === 'billing_latency',
    )!;
    const found = await rows(
      "SELECT up_to, sum(count) AS count FROM report_kpi_distributions WHERE kpi = 'billing_latency' GROUP BY up_to ORDER BY up_to",
    );
    should(found.map((row) => [Number(row['up_to']).toFixed(4), Number(row['count'])])).deepEqual(
      distribution!.parts.filter(({ count }) => count > 0).map(({ to, count }) => [to!.toFixed(4), count]),
    );
    should(await rows("SELECT DISTINCT kpi FROM report_kpi_distributions WHERE kpi = 'manual_touches'")).deepEqual([]);
    await store.addMeasurements([measured('time_to_staff', 400 * 86_400_000, 'DE')]);
    should(await rows("SELECT entity, count FROM report_kpi_distributions WHERE kpi = 'time_to_staff' AND up_to IS NULL")).deepEqual([
      { entity: 'DE', count: '1' },
    ]);
  });

  it('are engagements with amounts as numbers and stages as moments; a name that no text can hold hides no other', async () => {
    const engagements = [
      {
        code: 'ENG-1',
        client: 'Berg & Sons',
        entity: 'DE01',
        amount: '120000.50',
        currency: 'EUR',
        reached: { won: noon, paid: noon + 1 },
        updatedAt: noon,
      },
      { code: 'ENG-2', client: 'odd\u0000\u0000 \\u0000 name', reached: { won: noon }, updatedAt: noon },
      { code: 'ENG-3', reached: {}, updatedAt: noon },
    ];
    await store.measure({ from: null, to: { seq: 1 }, add: [], engagements });
    const found = await rows(
      'SELECT code, client, amount, currency, stage, won_at, paid_at, billed_at FROM report_engagements ORDER BY code',
    );
    const nothing = { client: null, amount: null, currency: null, paid_at: null, billed_at: null };
    found.should.deepEqual([
      {
        ...{ code: 'ENG-1', client: 'Berg & Sons', amount: '120000.50', currency: 'EUR', stage: 'paid' },
        ...{ won_at: new Date(noon), paid_at: new Date(noon + 1), billed_at: null },
      },
      { ...nothing, code: 'ENG-2', client: 'odd \\u0000 name', stage: 'won', won_at: new Date(noon) },
      { ...nothing, code: 'ENG-3', stage: 'won', won_at: null },
    ]);
  });

  it('are runs without what they are about, and nothing else of the store', async () => {
    await store.accept({
      entry: 'in',
      flow: 'tab',
      severity: 'high',
      events: [deal('A1', 'yara@firm.example'), deal('B1', 'ENG-9')],
      now: noon,
    });
    const [run] = await store.claim({ entries: ['in'], limit: 1, now: noon, revision: '' });
    await store.park(run!.id, run!.token, { failure }, noon + 5);
    const found = await rows('SELECT * FROM report_runs ORDER BY seq');
    found
      .map(({ status, severity, failure_class: cause }) => [status, severity, cause])
      .should.deepEqual([
        ['dead', 'high', failure.class],
        ['ready', 'high', null],
      ]);
    should(found[0]!['updated_at']).deepEqual(new Date(noon + 5));
    JSON.stringify(found).should.not.match(/yara|ENG-9/);
    for (const table of ['runs', 'effects', 'journal', 'engagements', 'figures', 'api_keys'])
      await reports.query(`SELECT 1 FROM ${schema}.${table}`).should.be.rejectedWith(/permission denied/);
  });
});
