import 'should';
import { once } from 'node:events';
import pg from 'pg';
import should from 'should';
import { systemClock } from '../../engine/clock.ts';
import { Engine } from '../../engine/engine.ts';
import { migrate } from '../../engine/postgres/migrate.ts';
import { migrations } from '../../engine/postgres/migrations.ts';
import { PostgresStore } from '../../engine/postgres/postgres-store.ts';
import { defaultPolicy } from '../../engine/retry-policy.ts';
import type { Run } from '../../engine/store/runs.ts';
import { Failure } from '../../model/failure.ts';
import { startPostgres, type TestDatabase } from './embedded-postgres.ts';
import { deal } from './sample-events.ts';
import { SwallowingProxy } from './swallowing-proxy.ts';
import { until } from '../until.ts';

const entry = { id: 'in', flow: 'tab', policy: defaultPolicy };

describe('The PostgreSQL store', function () {
  this.timeout(90_000);
  let database: TestDatabase;
  before(async () => {
    database = await startPostgres();
  });
  after(() => database.remove());

  it('goes away in the middle of the work: nothing is acknowledged meanwhile, and all is done once when it is back', async () => {
    const store = new PostgresStore({ url: database.url, schema: 'outage' });
    let isAway: () => void = () => undefined;
    const away = new Promise<void>((resolve) => {
      isAway = resolve;
    });
    // some hundred end before it is away, however long it takes to go
    let begun = 0;
    const { engine, sent } = recordMaker(store, async () => {
      if (++begun > 500) await away;
    });
    let open = 0;
    await engine.open();
    engine.start();
    let acknowledged = 0;
    const accept = async (...ids: string[]) => {
      const { accepted } = await engine.accept(
        entry,
        ids.map((id) => deal(id, `K${open++ % 40}`)),
      );
      acknowledged += accepted.length;
    };
    let ended = 0;
    const enough = new Promise<void>((resolve) => {
      engine.on('ended', () => {
        if (++ended === 100) resolve();
      });
    });
    await accept(...Array.from({ length: 2_000 }, (_, n) => `before-${n}`));
    await enough;
    const failed = once(engine, 'storeFailed') as Promise<[Failure]>;
    await database.stop();
    isAway();
    const [failure] = await failed;
    ended.should.be.below(2_000); // in the middle
    failure.should.have.properties({ code: 'STORE_UNREACHABLE', class: 'transient.unavailable' });
    failure.message.should.match(/^The database 127\.0\.0\.1:\d+\/postgres cannot be reached\.$/);
    await accept('while-away').should.be.rejectedWith({ code: 'STORE_UNREACHABLE' });
    const back = new Promise<void>((resolve) => {
      engine.on('storeFailed', (now) => now === undefined && resolve());
    });
    await database.start();
    await back;
    await accept('after');
    await until(
      async () => (await store.counts()).done >= acknowledged,
      () => 'not all is done',
      60,
    );
    (await store.counts()).should.containEql({ done: 2_001, dead: 0, running: 0, ready: 0, waiting: 0 });
    sent.size.should.equal(2_001);
    [...sent.values()].every((times) => times === 1).should.equal(true);
    should(await store.verifyJournal()).equal(undefined);
    await engine.close();
  });

  it('is reached by new connections when the network has swallowed the old ones without a word', async function () {
    this.timeout(150_000);
    // a database on a machine that is busy is not away: what is waited for is longer than it may take to answer
    const network = await SwallowingProxy.before(Number(new URL(database.url).port));
    const url = new URL(database.url);
    url.port = String(network.port);
    const store = new PostgresStore({ url: url.href, schema: 'swallowed', leaseMs: 6_000, answerMs: 4_000 });
    const { engine, sent } = recordMaker(store);
    await engine.open();
    engine.start();
    const ids = (name: string) => Array.from({ length: 300 }, (_, n) => deal(`${name}-${n}`, `${name}-${n % 40}`));
    await engine.accept(entry, ids('before'));
    await once(engine, 'ended');
    network.swallow();
    await until(
      async () => (await store.counts().catch(() => undefined))?.done === 300,
      () => `${sent.size} records`,
    );
    await engine.accept(entry, ids('after'));
    await until(
      async () => (await store.counts()).done === 600,
      () => `${sent.size} records`,
    );
    sent.size.should.equal(600);
    [...sent.values()].every((times) => times === 1).should.equal(true);
    should(await store.verifyJournal()).equal(undefined);
    network.swallow();
    await engine.close(); // does not wait for a goodbye
    await network.close();
  });

  it('says in words what it may not do, and works when it may', async () => {
    await database.query(`CREATE ROLE clerk LOGIN PASSWORD 'clerk'`);
    const url = new URL(database.url);
    [url.username, url.password] = ['clerk', 'clerk'];
    const open = async () => {
      const store = new PostgresStore({ url: url.href, schema: 'clerk' });
      await store.open(1);
      return store;
    };
    const cases: [code: string, forbid: string, allow: string][] = [
      ['STORE_NO_RIGHTS', 'SELECT 1', 'GRANT CREATE ON DATABASE postgres TO clerk'],
      ['STORE_CROWDED', 'ALTER ROLE clerk CONNECTION LIMIT 0', 'ALTER ROLE clerk CONNECTION LIMIT 20'],
      [
        'STORE_READ_ONLY',
        'ALTER ROLE clerk SET default_transaction_read_only = on',
        'ALTER ROLE clerk RESET default_transaction_read_only',
      ],
    ];
    for (const [code, forbid, allow] of cases) {
      await database.query(forbid);
      await open().should.be.rejectedWith({ code, class: 'transient.unavailable' });
      await database.query(allow);
      await (await open()).close();
    }
  });

  it('refuses writes while it is a standby, and takes them when it is not', async () => {
    const store = new PostgresStore({ url: database.url, schema: 'standby' });
    await store.open(1);
    const accept = (id: string) => store.accept({ entry: 'in', flow: 'tab', severity: 'normal', events: [deal(id, id)], now: 1 });
    await accept('before');
    await database.query('ALTER SYSTEM SET default_transaction_read_only = on');
    await database.query('SELECT pg_reload_conf()');
    await until(
      () =>
        accept('meanwhile').then(
          () => false,
          (error: unknown) => Failure.is(error) && error.code === 'STORE_READ_ONLY',
        ),
      () => 'it still takes writes',
    );
    const before = (await store.counts()).ready;
    await database.query('ALTER SYSTEM RESET default_transaction_read_only');
    await database.query('SELECT pg_reload_conf()');
    await until(
      () =>
        accept('after').then(
          () => true,
          () => false,
        ),
      () => 'it takes no writes any more',
    );
    (await store.counts()).ready.should.equal(before + 1);
    await store.close();
  });

  it('keeps its password out of what it says', async () => {
    const url = new URL(database.url);
    url.password = 'hunter2-not-it';
    const wrongs: [string, string][] = [
      [url.href, 'STORE_DENIED'],
      [database.url.replace('/postgres?', '').replace(/\/postgres$/, '/nowhere'), 'STORE_MISSING'],
      [database.url.replace(/:\d+\/postgres$/, ':1/postgres'), 'STORE_UNREACHABLE'],
      [database.url.replace('127.0.0.1', 'no-such-host.invalid'), 'STORE_UNREACHABLE'],
    ];
    for (const [wrong, code] of wrongs) {
      const failure = await new PostgresStore({ url: wrong }).open(1).then(
        () => undefined,
        (error: unknown) => Failure.from(error),
      );
      should(failure).have.properties({ code });
      `${JSON.stringify(failure?.toJSON())} ${failure?.stack} ${failure?.cause}`.should.not.match(/hunter2|secret-of-the-test/);
    }
    (() => new PostgresStore({ url: 'postgres://user:hunter2@[bad' })).should.throw(/not a PostgreSQL address/);
    (() => new PostgresStore({ url: `${database.url}?schema=x;drop` })).should.throw(/cannot name/);
  });

  describe('is migrated', () => {
    const connect = async (schema: string) => {
      const client = new pg.Client({ connectionString: `${database.url}?options=-c%20search_path%3D${schema}` });
      client.on('error', () => undefined); // the server ends before it when a test fails
      await client.connect();
      return client;
    };

    it('from schema 1 by two instances that start at once, and keeps its runs', async () => {
      const client = await connect('old');
      await migrate(client, 'old', migrations.slice(0, 1));
      await client.query(
        `INSERT INTO runs (id, entry, flow, key, event_source, event_id, subject, event, status, available_at, severity, created_at, updated_at)
         VALUES ('r1', 'in', 'tab', 'K', 's', 'A', 'K', $1, 'running', 1, 'normal', 1, 1)`,
        [JSON.stringify(deal('A'))],
      );
      const stores = [1, 2].map(() => new PostgresStore({ url: database.url, schema: 'old' }));
      const opened = await Promise.all(stores.map((store) => store.open(5)));
      opened.reduce((sum, { recovered }) => sum + recovered, 0).should.equal(1);
      const { rows } = await client.query('SELECT version FROM schema_versions ORDER BY version');
      rows.map((row) => row.version).should.deepEqual(migrations.map((_, index) => index + 1));
      const [run] = (await stores[1]!.claim({ entries: ['in'], limit: 5, now: 6, revision: '' })) as [Run];
      run.should.have.properties({ id: 'r1', token: 2 });
      for (const store of stores) await store.close();
      await client.end();
    });

    it('not at all when a newer PS Connect wrote it: it says so and leaves it alone', async () => {
      const client = await connect('newer');
      await migrate(client, 'newer');
      await client.query('INSERT INTO schema_versions (version) VALUES (99)');
      const failure = await new PostgresStore({ url: database.url, schema: 'newer' }).open(1).then(
        () => undefined,
        (error: unknown) => Failure.from(error),
      );
      should(failure).have.properties({ code: 'STORE_NEWER' });
      failure!.message.should.containEql(`newer PS Connect (schema 99, this one knows ${migrations.length})`);
      await client.end();
    });

    it('and shows where its journal was tampered with, also when the end was cut off', async () => {
      const store = new PostgresStore({ url: database.url, schema: 'journal' });
      await store.open(1);
      for (const n of [1, 2, 3, 4])
        await store.note({ actor: 'ana', action: 'posted', subject: `batch-${n}`, detail: { hours: `${n}.25` } }, n);
      const client = await connect('journal');
      await client.query(`UPDATE journal SET detail = '{"hours":"9.25"}' WHERE seq = 2`);
      should((await store.verifyJournal())?.line).equal(2);
      await client.query(`UPDATE journal SET detail = '{"hours":"2.25"}' WHERE seq = 2`);
      should(await store.verifyJournal()).equal(undefined);
      await client.query('DELETE FROM journal WHERE seq = 4');
      should((await store.verifyJournal())?.line).equal(4);
      await client.end();
      await store.close();
    });
  });
});

/** An engine that makes one record for each event, and looks before it makes one again; `before` each of them it waits. */
function recordMaker(
  store: PostgresStore,
  before: () => Promise<void> = () => Promise.resolve(),
): { engine: Engine; sent: Map<string, number> } {
  const engine = new Engine({ store, instances: store.instances, clock: systemClock, concurrency: 20 });
  const sent = new Map<string, number>();
  engine.register({
    ...entry,
    deliver(active) {
      active.enter('erp', engine.clock.now());
      const { id } = active.run.event;
      void engine
        .effectsFor(active, 'erp', 'netsuite')
        .write({
          key: id,
          title: 'Project',
          settle: 'probe',
          request: {},
          probe: async () => (sent.has(id) ? 'made' : undefined),
          send: async () => {
            await before();
            sent.set(id, (sent.get(id) ?? 0) + 1);
            return 'made';
          },
        })
        .catch((error: unknown) => active.retryLater(Failure.from(error).with({ retryAfterMs: 0 })))
        .finally(() => active.leave('erp', engine.clock.now()));
    },
    policy: { ...defaultPolicy, firstDelayMs: 1 },
  });
  return { engine, sent };
}
