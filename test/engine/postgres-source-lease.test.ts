import should from 'should';
import { PostgresStore } from '../../engine/postgres/postgres-store.ts';
import { until } from '../until.ts';
import { startPostgres, type TestDatabase } from './embedded-postgres.ts';
import { deal } from './sample-events.ts';

const page = { entry: 'in', flow: 'tab', severity: 'normal' as const };

describe('Several instances over one PostgreSQL read a source', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let schema = 0;
  let stores: PostgresStore[] = [];

  before(async () => {
    database = await startPostgres(['-c', 'fsync=off']);
  });
  after(() => database.remove());
  beforeEach(() => schema++);
  afterEach(async () => {
    for (const store of stores) await store.close();
    stores = [];
  });

  const openStore = async (leaseMs = 60_000) => {
    const store = new PostgresStore({ url: database.url, schema: `sources_${schema}`, leaseMs });
    await store.open(Date.now());
    stores.push(store);
    return store;
  };

  it('one at a time; the next one when the first closes', async () => {
    const [a, b] = [await openStore(), await openStore()];
    const token = await a.instances.lease('in');
    should(await a.instances.lease('in')).equal(token);
    should(await b.instances.lease('in')).equal(undefined);
    should(await b.instances.lease('other')).be.a.Number();
    await a.close();
    should(await b.instances.lease('in')).be.above(token as number);
  });

  it('and store nothing of it once another one reads', async () => {
    const [a, b] = [await openStore(2_000), await openStore(2_000)];
    const first = (await a.instances.lease('in')) as number;
    const accept = (store: PostgresStore, id: string, lease: number) =>
      store.accept({ ...page, events: [deal(id)], cursor: { source: 'in', value: id, lease }, now: 1 });
    await accept(a, 'A', first);
    let second: number | undefined;
    await until(
      async () => {
        await b.instances.heartbeat(1);
        second = await b.instances.lease('in');
        return second !== undefined;
      },
      () => 'the source is not taken over',
    );
    should(second).be.above(first);
    await accept(a, 'B', first).should.be.rejectedWith({ code: 'SOURCE_TAKEN_OVER' });
    should(await b.cursor('in')).equal('A');
    (await b.runs({ limit: 10 })).map((run) => run.event.id).should.deepEqual(['A']);
    await accept(b, 'B', second!);
    should(await b.cursor('in')).equal('B');
    await a.instances.heartbeat(1); // it woke up
    should(await a.instances.lease('in')).equal(undefined);
  });
});
