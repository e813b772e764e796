import 'should';
import type { LiveNodeRed } from './live-node-red.ts';
import { leaseMs, TwoNodeReds } from './two-node-reds.ts';

describe('Two Node-REDs on one PostgreSQL', function () {
  this.timeout(90_000);
  let two: TwoNodeReds;
  before(async () => {
    two = await TwoNodeReds.create();
  });
  afterEach(() => two.stop());
  after(() => two?.end());

  it('a source is read by one of them, and by the other when that one is gone; each event is one run', async () => {
    await two.begin(leaseMs);
    const read = async (one: LiveNodeRed) => (await one.get<{ sources: { stored: number; readAt?: number }[] }>('/overview')).sources[0]!;
    const [one] = two.nodeReds as [LiveNodeRed];
    await one.until(async () => (await Promise.all(two.nodeReds.map(read))).some(({ readAt }) => readAt !== undefined), 'one reads');
    const states = await Promise.all(two.nodeReds.map(read));
    const reader = states.findIndex(({ stored }) => stored > 0);
    states.filter(({ stored }) => stored > 0).length.should.equal(1);
    const heir = two.nodeReds[1 - reader]!;
    await two.nodeReds[reader]!.stop('SIGKILL');
    await heir.until(async () => (await read(heir)).readAt !== undefined, 'the other reads');
    const twice = await two.database.query(
      `SELECT event_id FROM ${two.schema}.runs WHERE entry = 'deals' GROUP BY event_id HAVING count(*) > 1`,
    );
    twice.should.deepEqual([]);
  });

  it('a decision made at one wakes the run wherever it goes on', async () => {
    const [one, other] = await two.begin(leaseMs);
    one.receive('entry', { payload: { id: 'SH-5', ask: true } });
    let id = '';
    await other.until(async () => {
      id = (await other.get<{ id: string; subject: string }[]>('/approvals')).find(({ subject }) => subject === 'SH-5')?.id ?? '';
      return id !== '' && (await other.run('SH-5'))?.status === 'waiting';
    }, 'it is asked for');
    (await other.call(`/ps-connect/api/v1/approvals/${id}/approve`, { method: 'POST', body: {} })).status.should.equal(200);
    (await one.ended('SH-5')).status.should.equal('done');
    one.sunk
      .concat(other.sunk)
      .filter(({ payload }) => (payload as { id?: string } | null)?.id === 'SH-5')
      .length.should.equal(1);
  });

  it('both go on by themselves after the database was away, and say meanwhile what is wrong', async () => {
    const [one, other] = await two.begin(leaseMs);
    await two.underWay('SH-6', one);
    await two.database.stop();
    two.goOn(one);
    const trouble = async (each: LiveNodeRed) => (await each.get<{ trouble: { code: string } | null }>('/overview')).trouble?.code;
    for (const each of two.nodeReds) await each.until(async () => (await trouble(each)) === 'STORE_UNREACHABLE', 'it says so');
    await two.database.start();
    for (const each of two.nodeReds) await two.ready(each);
    await two.throughOnce('SH-6', other);
  });

  it('a connection is written to by both together no more often than the policy allows', async () => {
    await two.begin(leaseMs);
    for (const one of two.nodeReds) {
      await one.until(async () => (await one.get<{ instances: number }>('/overview')).instances === 2, 'each knows of the other');
    }
    const ids = Array.from({ length: 12 }, (_, n) => `SH-7${n}`);
    ids.forEach((id, n) => two.nodeReds[n % 2]!.receive('slow-entry', { payload: { id } }));
    for (const [n, id] of ids.entries()) (await two.nodeReds[n % 2]!.ended(id, 40)).status.should.equal('done');
    const times = two.sandbox.salesforce.journal.entries
      .filter(({ outcome, key }) => outcome === 'created' && key?.startsWith('SH-7'))
      .map(({ at }) => Date.parse(at));
    times.length.should.equal(ids.length);
    // each begins at once, and nobody knows how the runs fall to the two
    (times.at(-1)! - times[0]!).should.be.aboveOrEqual((ids.length / 2 - 1) * 500 - 100);
  });
});
