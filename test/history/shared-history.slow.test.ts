import 'should';
import { PostgresStore } from '../../engine/postgres/postgres-store.ts';
import { writeHistory } from '../../scripts/history/write-history.ts';
import { startPostgres, type TestDatabase } from '../engine/embedded-postgres.ts';

const until = Date.parse('2026-11-25T12:00:00Z');
const wanted = { seed: 3, runs: 2_000, until, retentionDays: 90 };

describe('A history in a shared store', function () {
  this.timeout(60_000);
  let database: TestDatabase;

  before(async () => {
    database = await startPostgres(['-c', 'fsync=off']);
  });
  after(() => database.remove());

  it('is whole, has nothing that is due, and is written into an empty schema only', async () => {
    const place = { store: database.url, schema: 'a_year' };
    const totals = await writeHistory(place, wanted);
    const store = new PostgresStore({ url: database.url, schema: place.schema });
    await store.open(until);
    try {
      (await store.counts()).should.deepEqual(totals);
      totals.dead.should.be.above(0);
      ((await store.verifyJournal()) === undefined).should.equal(true);
      const entries = [...new Set((await store.runs({ limit: 500 })).map(({ entry }) => entry))];
      (await store.claim({ entries, limit: 100, now: until * 2, revision: '' })).should.deepEqual([]);
      (await store.forget(until - 90 * 86_400_000, 100)).should.equal(0);
      const classes = (await store.standing()).map((one) => one.class);
      classes.should.containEql('mapping.missing');
    } finally {
      await store.close();
    }
    const { message } = await writeHistory(place, wanted).then(
      () => new Error('it was written'),
      (error: Error) => error,
    );
    message.should.match(/something in the store postgres:.*already/).and.not.containEql('secret-of-the-test');
  });
});
