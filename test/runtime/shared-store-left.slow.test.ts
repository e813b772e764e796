import should from 'should';
import { endlessLeaseMs, leaseMs, TwoNodeReds } from './two-node-reds.ts';

describe('Two Node-REDs on one PostgreSQL, of which one goes', function () {
  this.timeout(90_000);
  let two: TwoNodeReds;
  before(async () => {
    two = await TwoNodeReds.create();
  });
  afterEach(() => two.stop());
  after(() => two?.end());

  it('the run of one that is stopped goes on in the other at once, without waiting for a lease', async () => {
    const [one, other] = await two.begin(endlessLeaseMs);
    await two.underWay('SH-1', one);
    await Promise.all([one.stop('SIGTERM'), two.throughOnce('SH-1', other)]);
    const [left] = await two.database.query(`SELECT count(*)::int AS count FROM ${two.schema}.instances`);
    should(left).deepEqual({ count: 1 });
  });

  it('the run of one that is killed goes on in the other when its lease is over', async () => {
    const [one, other] = await two.begin(leaseMs);
    await two.underWay('SH-2', one);
    const killed = Date.now();
    await one.stop('SIGKILL');
    await two.throughOnce('SH-2', other);
    (Date.now() - killed).should.be.below(20_000); // the next look by itself would be then
  });

  it('one that is frozen past its lease writes nothing when it thaws, and takes part again', async () => {
    const [one, other] = await two.begin(leaseMs);
    await two.underWay('SH-3', one);
    one.signal('SIGSTOP');
    await two.throughOnce('SH-3', other);
    one.signal('SIGCONT');
    two.goOn(one);
    await other.stop('SIGTERM');
    await two.underWay('SH-3X', one);
    two.goOn(one);
    await two.throughOnce('SH-3X', one);
    two.accounts('SH-3').should.deepEqual(['SH-3', 'SH-3-B', 'SH-3X', 'SH-3X-B']);
  });
});
