import 'should';
import should from 'should';
import { acceptPage } from '../../engine/accept-page.ts';
import { PostgresStore } from '../../engine/postgres/postgres-store.ts';
import { SqliteStore } from '../../engine/sqlite/sqlite-store.ts';
import { storeRefusal } from '../../engine/store-refusal.ts';
import type { Store } from '../../engine/store.ts';
import { startPostgres } from './embedded-postgres.ts';
import { deal } from './sample-events.ts';

const given = { entry: 'in', flow: 'tab', severity: 'normal' as const, now: 1 };
const cursor = { source: 'in', value: 'after the page' };
const noted = (id: string, note: string, more: object = {}) => ({ ...deal(id), ...more, data: { note } });
const page = ['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((id) => noted(id, id === 'C' || id === 'G' ? 'done 😀' : 'done'));

/** What has happened to a page with two events that the store cannot hold. */
async function mustHaveStored(store: Store): Promise<void> {
  const runs = (await store.runs({ limit: 20 })).toReversed();
  runs.map((run) => run.event.id).should.deepEqual(['A', 'B', 'C', 'D', 'E', 'F', 'G']);
  const refused = runs.filter((run) => run.event.refused);
  refused.map((run) => run.event.id).should.deepEqual(['C', 'G']);
  for (const { event } of refused) {
    should(event.data).equal(null);
    event.refused!.should.have.properties({ class: 'contract.invalid', code: 'DATA_NOT_STORABLE', record: event.subject });
    event.refused!.message.should.match(/not be stored with its data.+has a character that the database cannot hold/);
  }
  should(await store.cursor('in')).equal(cursor.value);
}

describe('A page with events that the store itself cannot hold', function () {
  this.timeout(60_000);

  it('is stored with dead letters in their places, and the cursor moves on: PostgreSQL', async () => {
    const database = await startPostgres(['-c', 'fsync=off']);
    const store = new PostgresStore({ url: database.url });
    await store.open(1);
    try {
      await database.query(`CREATE FUNCTION psconnect.no_emoji() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.event LIKE '%😀%' OR NEW.event_id LIKE '%😀%' THEN RAISE EXCEPTION 'no equivalent' USING ERRCODE = '22P05'; END IF; RETURN NEW; END $$`);
      await database.query('CREATE TRIGGER no_emoji BEFORE INSERT ON psconnect.runs FOR EACH ROW EXECUTE FUNCTION psconnect.no_emoji()');
      const others = acceptPage(store, { ...given, events: [deal('OTHER')], cursor: { source: 'other', value: 1 } });
      const stored = await acceptPage(store, { ...given, events: page, cursor });
      stored.accepted.length.should.equal(7);
      (await others).accepted.length.should.equal(1);
      const [other] = await store.claim({ entries: ['in'], limit: 1, now: 2, revision: '' });
      should(other?.event.id).equal('OTHER');
      await database.query(`DELETE FROM psconnect.runs WHERE event_id = 'OTHER'`);
      await mustHaveStored(store);
      await store
        .accept({ ...given, events: [noted('SENT', '😀')] })
        .should.be.rejectedWith({ code: 'DATA_NOT_STORABLE', message: /character that the database cannot hold/ });
      // its identity cannot be held either
      await acceptPage(store, { ...given, events: [noted('😀', 'x')], cursor: { ...cursor, value: 'further' } });
      const [last] = await store.runs({ limit: 1 });
      last!.event.id.should.match(/^sha256:/);
      should(await store.cursor('in')).equal('further');
    } finally {
      await store.close();
      await database.remove();
    }
  });

  it('is stored with dead letters in their places, and the cursor moves on: SQLite', async () => {
    const store = new SqliteStore(':memory:');
    await store.open(1);
    let calls = 0;
    const accept: Store['accept'] = async (input) => {
      calls++;
      if (JSON.stringify(input.events).includes('😀')) throw storeRefusal({ code: '22P05' })!;
      return store.accept(input);
    };
    const stored = await acceptPage({ accept }, { ...given, events: page, cursor });
    stored.accepted.length.should.equal(7);
    calls.should.be.below(20);
    await mustHaveStored(store);
    await store.close();
  });

  it('does not move the cursor where something else goes wrong on the way', async () => {
    const store = new SqliteStore(':memory:');
    await store.open(1);
    const accept: Store['accept'] = async (input) => {
      if (JSON.stringify(input.events).includes('😀')) throw storeRefusal({ code: '22P05' })!;
      if (input.events.some(({ id }) => id === 'E')) throw new Error('the database is away');
      return store.accept(input);
    };
    await acceptPage({ accept }, { ...given, events: page, cursor }).should.be.rejectedWith(/away/);
    should(await store.cursor('in')).equal(undefined);
    (await acceptPage(store, { ...given, events: page.slice(0, 2), cursor })).should.have.properties({ duplicates: 2 }); // stored before
    await store.close();
  });
});
