import 'should';
import should from 'should';
import { entry, func, node, policy, sink, tab } from './flow-parts.ts';
import { LiveNodeRed } from './live-node-red.ts';

/** What a step behind the guard does with a message. */
const behind = `
  if (msg.payload.phone === 'breaks') throw new Error('it is refused');
  setTimeout(() => { node.send(msg); node.done(); }, msg.payload.phone === 'slow' ? 1500 : 0);`;

describe('What the ownership guard remembers', function () {
  this.timeout(90_000);
  let live: LiveNodeRed;

  before(async () => {
    live = await LiveNodeRed.start();
    await live.deploy([
      tab(),
      policy(),
      entry('guard'),
      node('guard', 'ownership-guard', [['guarded', 'behind'], ['nothing']], { policy: 'policy', key: 'payload.account', keep: 'code' }),
      func('behind', behind, [['written']]),
      sink('guarded'),
      sink('nothing'),
      sink('written'),
    ]);
  });
  after(() => live?.end());
  beforeEach(() => {
    live.sunk = [];
  });

  const arrived = (at: string) => live.sunk.filter((one) => one.sink === at).map(({ payload }) => payload as { phone: string });
  const hears = (code: string, account: string, phone: string) => live.receive('entry', { payload: { code, account, phone } });

  it('is the same when a run is delivered again: what was not passed on before a kill is passed on after it', async () => {
    hears('KILLED', 'ACC-1', 'slow');
    await live.until(() => arrived('guarded').length > 0, 'the guard has let it pass');
    await live.stop('SIGKILL');
    arrived('written').should.be.empty();
    await live.restart();
    (await live.ended('KILLED')).status.should.equal('done');
    arrived('written').should.have.length(1);
    arrived('nothing').should.be.empty();
    hears('AGAIN', 'ACC-1', 'slow');
    await live.ended('AGAIN');
    arrived('written').should.have.length(1);
    arrived('nothing').should.have.length(1);
  });

  it('is nothing of a run whose next step failed: neither what it said, nor what was there before, counts as passed on', async () => {
    hears('FIRST', 'ACC-2', '1');
    (await live.ended('FIRST')).status.should.equal('done');
    hears('FAILS', 'ACC-2', 'breaks');
    (await live.ended('FAILS')).status.should.equal('dead');
    hears('BACK', 'ACC-2', '1');
    (await live.ended('BACK')).status.should.equal('done');
    arrived('written')
      .map(({ phone }) => phone)
      .should.deepEqual(['1', '1']);
    hears('FAILS-AGAIN', 'ACC-2', 'breaks');
    const again = await live.ended('FAILS-AGAIN');
    should(again.status).equal('dead', 'it is no echo of a run that failed');
    arrived('nothing').should.be.empty();
  });
});
