import 'should';
import should from 'should';
import { inGerman } from '../model/in-german.ts';
import type { Effect } from '../../engine/store/effects.ts';
import { entry, node, policy, sink, tab } from './flow-parts.ts';
import { type FlowNode, LiveNodeRed } from './live-node-red.ts';

const flows = (wait: object, more: { policy?: object; mark?: string } = {}): FlowNode[] => [
  tab(),
  policy(more.policy),
  entry('wait'),
  node('wait', 'run-wait', [['sink']], {
    policy: 'policy',
    mode: 'for',
    amount: 1,
    unit: 'days',
    until: '',
    untilType: 'jsonata',
    ...wait,
  }),
  sink('sink', { mark: more.mark ?? '' }),
];
const until = (expression: string) => ({ mode: 'until', until: expression, untilType: 'jsonata' });

describe('A run that waits for a moment', function () {
  this.timeout(60_000);
  let live: LiveNodeRed;

  before(async () => {
    live = await LiveNodeRed.start();
  });
  beforeEach(() => {
    live.sunk = [];
  });
  after(() => live?.end());

  const waits = async (id: string) => {
    await live.until(async () => (await live.run(id))?.status === 'waiting', `${id} waits`);
    return (await live.run(id))!;
  };
  const arrivals = (id: string) => live.sunk.filter((one) => (one.payload as { id?: string }).id === id);

  it('is put aside for weeks: its moment stays the same over a deploy and a kill', async () => {
    await live.deploy(flows({ amount: 3, unit: 'weeks' }));
    const before = Date.now();
    live.receive('entry', { payload: { id: 'W-1' } });
    const { availableAt, waitingFor, attempts, failure } = await waits('W-1');
    availableAt.should.be.within(before + 3 * 604_800_000, Date.now() + 3 * 604_800_000);
    const until = new Date(availableAt).toISOString();
    const reasonWords = { key: 'WAITS.time', params: [['until', until]] };
    should(waitingFor).have.properties({ node: 'wait', reason: `its time, ${until}`, reasonWords });
    should({ attempts, failure }).deepEqual({ attempts: 0, failure: undefined });
    await live.deploy(flows({ amount: 3, unit: 'weeks' }, { mark: 'changed' }));
    await live.stop('SIGKILL');
    await live.restart();
    await live.until(async () => (await live.get<{ ready: boolean }>('/overview')).ready, 'it is back');
    (await waits('W-1')).availableAt.should.equal(availableAt);
    arrivals('W-1').should.deepEqual([]);
  });

  it('goes on by itself when the time has come, once, and as it came', async () => {
    await live.deploy(flows({ amount: 0.6, unit: 'seconds' }));
    const began = Date.now();
    live.receive('entry', { payload: { id: 'W-2', note: 'as it came' } });
    const run = await live.ended('W-2');
    run.status.should.equal('done');
    (run.updatedAt - began).should.be.aboveOrEqual(590);
    arrivals('W-2')
      .map(({ payload }) => payload)
      .should.deepEqual([{ id: 'W-2', note: 'as it came' }]);
    const { effects } = await live.get<{ effects: Effect[] }>(`/runs/${run.id}`);
    effects.map(({ business, status }) => `${business} ${status}`).should.deepEqual(['wait done']);
  });

  it('waits until a moment of its event, and does not wait for one that is past', async () => {
    await live.deploy(flows(until('payload.start')));
    live.receive('entry', { payload: { id: 'W-3', start: '2091-01-02' } });
    live.receive('entry', { payload: { id: 'W-4', start: '2020-01-02T08:00:00Z' } });
    live.receive('entry', { payload: { id: 'W-5', start: Date.now() + 500 } });
    (await waits('W-3')).availableAt.should.equal(Date.parse('2091-01-02T00:00:00'));
    (await live.ended('W-4')).status.should.equal('done');
    (await live.ended('W-5')).status.should.equal('done');
  });

  it('says which field is wrong when there is no moment, and takes the corrected one at the replay', async () => {
    await live.deploy(flows(until('payload.start')));
    live.receive('entry', { payload: { id: 'W-6', start: 'next spring' } });
    const run = await live.ended('W-6');
    run.failure!.should.have.properties({ class: 'contract.invalid', code: 'INPUT_WRONG', field: 'until', value: 'next spring' });
    const data = { payload: { id: 'W-6', start: '2020-01-01' } };
    await live.call(`/ps-connect/api/v1/dead-letters/${run.id}/replay`, { method: 'POST', body: { data } });
    await live.until(async () => (await live.run('W-6'))?.status === 'done', 'it is through');
  });

  it('refuses an expression that reads the clock: the wait would never end', async () => {
    await live.deploy(flows(until('$toMillis($now()) + 1000')));
    live.receive('entry', { payload: { id: 'W-7' } });
    const { failure } = await live.ended('W-7');
    failure!.should.have.properties({ code: 'WAIT_MOVES', field: 'until' });
    inGerman(failure!).should.eql({
      message: 'Der Zeitpunkt, auf den zu warten ist, rückt mit der Uhr weiter und käme nie.',
      remedy: 'Nehmen Sie einen Zeitpunkt aus dem Ereignis, oder lassen Sie den Node eine Zeit lang warten.',
    });
  });

  it('ends as a dead letter at the deadline of its policy', async () => {
    await live.deploy(flows({ amount: 1, unit: 'weeks' }, { policy: { deadlineHours: 0.0002 } }));
    live.receive('entry', { payload: { id: 'W-8' } });
    const run = await live.ended('W-8');
    run.should.have.properties({ status: 'dead' });
    run.failure!.code.should.equal('DEADLINE');
  });

  it('can be cancelled while it waits', async () => {
    await live.deploy(flows({ amount: 1, unit: 'weeks' }));
    live.receive('entry', { payload: { id: 'W-9' } });
    const { id } = await waits('W-9');
    await live.call(`/ps-connect/api/v1/runs/${id}/cancel`, { method: 'POST', body: { reason: 'deal withdrawn' } });
    (await live.ended('W-9')).status.should.equal('cancelled');
  });
});
