import pg from 'pg';
import should from 'should';
import { systemClock } from '../../engine/clock.ts';
import { Engine } from '../../engine/engine.ts';
import { migrate } from '../../engine/postgres/migrate.ts';
import { migrations } from '../../engine/postgres/migrations.ts';
import { PostgresStore } from '../../engine/postgres/postgres-store.ts';
import { Failure } from '../../model/failure.ts';
import { defaultPolicy } from '../../engine/retry-policy.ts';
import { until } from '../until.ts';
import { startPostgres, type TestDatabase } from './embedded-postgres.ts';
import { deal } from './sample-events.ts';

const entry = { id: 'in', flow: 'tab', policy: { ...defaultPolicy, firstDelayMs: 50, maxDelayMs: 500 } };
const schema = 'rolling';

/** What the next version may do to a schema that instances of this one work on. */
const next = [
  ...migrations,
  `ALTER TABLE runs ADD COLUMN tenant text NOT NULL DEFAULT 'all';
   ALTER TABLE effects ADD COLUMN priced boolean NOT NULL DEFAULT false;
   CREATE INDEX runs_tenant ON runs (tenant, seq);
   CREATE TABLE tenants (id text PRIMARY KEY);`,
];

describe('A rolling upgrade over one PostgreSQL', function () {
  this.timeout(60_000);
  let database: TestDatabase;

  before(async () => {
    database = await startPostgres(['-c', 'fsync=off']);
  });
  after(() => database.remove());

  it('leaves the instances of this version at work on the schema of the next, also when their connections are cut', async () => {
    const store = new PostgresStore({ url: database.url, schema });
    const engine = new Engine({ store, instances: store.instances, clock: systemClock });
    const written = new Map<string, number>();
    const effectsOf = (active: Parameters<typeof engine.effectsFor>[0]) => engine.effectsFor(active, 'node', 'erp');
    engine.register({
      ...entry,
      deliver(active) {
        const { id } = active.run.event;
        active.enter('node', systemClock.now());
        void effectsOf(active)
          .write({
            key: `task ${id}`,
            title: id,
            settle: 'probe',
            request: { id },
            probe: () => Promise.resolve(written.has(id) ? { id } : undefined),
            send: () => Promise.resolve({ id, times: written.set(id, (written.get(id) ?? 0) + 1).get(id)! }),
          })
          .catch((error: unknown) => active.retryLater(Failure.from(error), 'node'))
          .finally(() => active.leave('node', systemClock.now()));
      },
    });
    await engine.open();
    const client = new pg.Client({ connectionString: `${database.url}?options=-c%20search_path%3D${schema}` });
    try {
      await client.connect();
      engine.start();
      const accept = async (from: number) => {
        const events = Array.from({ length: 50 }, (_, index) => deal(`E${from + index}`, `K${(from + index) % 20}`));
        for (;;) {
          const taken = await engine.accept(entry, events).catch(() => undefined); // a cut connection: the source tries again
          if (taken) return;
        }
      };
      for (let from = 0; from < 3_000; from += 50) {
        if (from === 1_000) await migrate(client, schema, next);
        if (from === 2_000) {
          await client.query(
            'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()',
          );
        }
        await accept(from);
      }
      await until(
        async () => {
          const counts = await store.counts().catch(() => undefined);
          return counts !== undefined && counts.ready + counts.running + counts.waiting === 0;
        },
        () => `${written.size} are written`,
        50,
      );
      (await store.counts()).should.containEql({ done: 3_000, dead: 0 });
      written.size.should.equal(3_000);
      [...written].filter(([, times]) => times !== 1).should.deepEqual([]);
      should(await store.verifyJournal()).equal(undefined);
      await new PostgresStore({ url: database.url, schema }).open(1).should.be.rejectedWith({ code: 'STORE_NEWER' });
    } finally {
      await client.end();
      await engine.close();
    }
  });

  it('is possible from version to version: a migration only adds, and what it adds has a default', () => {
    for (const [index, text] of migrations.slice(1).entries()) {
      const version = index + 2;
      text.should.not.match(/\bDROP\b|\bRENAME\b|ALTER COLUMN|\bTRUNCATE\b/i, `migration ${version} takes something away`);
      for (const [added] of text.matchAll(/ADD COLUMN[^;]*/g)) {
        if (/NOT NULL/.test(added)) added.should.match(/DEFAULT/, `migration ${version}: older instances cannot insert without it`);
      }
    }
  });
});
