import 'should';
import { timeEntry } from '../connectors/netsuite-sandbox.ts';
import { inGerman } from '../model/in-german.ts';
import { entry, func, node, policy, sink, tab } from './flow-parts.ts';
import { type FlowNode, LiveNodeRed } from './live-node-red.ts';

const catchAll = (to: string) => node('c', 'catch', [[to]], { scope: null, uncaught: false });

const delayOf = (ms: string) =>
  node('d', 'delay', [['j']], {
    ...{ pauseType: 'delay', timeout: ms, timeoutUnits: 'milliseconds', rate: '1', nbRateUnits: '1', rateUnits: 'second' },
    ...{ randomFirst: '1', randomLast: '5', randomUnits: 'seconds', drop: false, allowrate: false, outputs: 1 },
  });

/** Three lines of each run, the third held up by a delay; a join of three by count. */
const threeLines = (ms: string): FlowNode[] => [
  tab(),
  policy({ stallAfterMinutes: 10 }),
  entry('three'),
  func('three', 'const { id } = msg.payload; return [[{ payload: id + "-1" }, { payload: id + "-2" }], [{ payload: id + "-3" }]];', [
    ['j'],
    ['d'],
  ]),
  delayOf(ms),
  node('j', 'join', [['sink']], {
    ...{ mode: 'custom', build: 'array', property: 'payload', propertyType: 'msg', key: 'topic', joiner: '\\n', joinerType: 'str' },
    ...{ accumulate: false, timeout: '', count: '3', reduceRight: false },
  }),
  sink(),
];

describe('Flows in which something goes an unusual way', function () {
  this.timeout(60_000);
  let live: LiveNodeRed;

  before(async () => {
    live = await LiveNodeRed.start();
  });
  after(() => live?.end());

  it('a link call that times out ends the run when its Catch branch does, not when it has stalled', async () => {
    await live.deploy([
      tab(),
      policy({ stallAfterMinutes: 10 }),
      entry('lc'),
      node('lc', 'link call', [['sink']], { links: ['li'], linkType: 'static', timeout: '0.2' }),
      node('li', 'link in', [['f']], { links: [] }),
      func('f', 'return null;', [['lr']]),
      node('lr', 'link out', [], { mode: 'return', links: [] }),
      catchAll('handled'),
      sink('handled'),
      sink(),
    ]);
    live.receive('entry', { payload: { id: 'LATE' } });
    (await live.ended('LATE')).status.should.equal('done');
    live.sunk.map(({ sink: at }) => at).should.containEql('handled');
  });

  it('a link call that times out without a Catch node parks the run at once, with the reason', async () => {
    await live.deploy([
      tab(),
      policy({ stallAfterMinutes: 10 }),
      entry('lc'),
      node('lc', 'link call', [['sink']], { links: ['li'], linkType: 'static', timeout: '0.2' }),
      node('li', 'link in', [['f']], { links: [] }),
      func('f', 'return null;', [['lr']]),
      node('lr', 'link out', [], { mode: 'return', links: [] }),
      sink(),
    ]);
    live.receive('entry', { payload: { id: 'ALONE' } });
    const { status, failure } = await live.ended('ALONE');
    status.should.equal('dead');
    failure!.should.have.properties({ class: 'internal', code: 'NODE_FAILED' });
    failure!.message.should.match(/link call.*timeout/);
  });

  it('a node whose connection is to another kind of system parks the run, and names the systems that would do', async () => {
    await live.deploy([
      tab(),
      policy(),
      {
        id: 'psa',
        type: 'system-connection',
        name: '',
        system: 'kantata',
        kantataEnvironment: '',
        credentials: { kantataAccessToken: 'a-token-of-a-test' },
      },
      node('entry', 'erp-post-timesheet', [[], []], { connection: 'psa', policy: 'policy', batchSize: 1, batchSeconds: 0 }),
    ]);
    const entry = timeEntry(1);
    live.receive('entry', { payload: entry });
    const { status, failure } = await live.ended(entry.id);
    status.should.equal('dead');
    failure!.should.have.properties({ class: 'contract.invalid', code: 'OPERATION_UNSUPPORTED', system: 'kantata', field: 'connection' });
    failure!.message.should.equal('Kantata cannot take approved time.');
    inGerman(failure!).message.should.equal('Kantata kann das nicht, was dieser Node verlangt: genehmigte Zeiten übernehmen.');
    failure!.remedy!.should.match(/connection to NetSuite/);
  });

  it('a Catch node that catches its own branch parks the run, which says that it goes round in circles', async () => {
    await live.deploy([
      tab(),
      policy({ stallAfterMinutes: 10 }),
      entry('f'),
      func('f', 'throw new Error("first");', [['sink']]),
      catchAll('g'),
      func('g', 'throw new Error("again");', [['sink']]),
      sink(),
    ]);
    live.receive('entry', { payload: { id: 'ROUND' } });
    const { status, failure } = await live.ended('ROUND', 40);
    status.should.equal('dead');
    failure!.should.have.properties({ class: 'internal', code: 'IN_CIRCLES' });
    failure!.remedy!.should.match(/Catch node/);
  });

  it('a wire that leads back parks the run, and other runs go on meanwhile', async () => {
    await live.deploy([
      tab(),
      policy(),
      entry('f'),
      func('f', 'return msg.payload.id === "GOOD" ? [null, msg] : [msg, null];', [['f'], ['sink']]),
      sink(),
    ]);
    live.receive('entry', { payload: { id: 'LOOP' } });
    live.receive('entry', { payload: { id: 'GOOD' } });
    (await live.ended('GOOD')).status.should.equal('done');
    (await live.ended('LOOP', 40)).failure!.code.should.equal('IN_CIRCLES');
  });

  it('a join by count leaves with the lines of one delivery, also when a deploy has given the run back in between', async () => {
    const before = live.sunk.length;
    await live.deploy(threeLines('30000'));
    live.receive('entry', { payload: { id: 'A' } });
    const at = async () => (await live.get<{ at: string[] }[]>('/runs?search=A'))[0]?.at;
    await live.until(async () => (await at())?.includes('j') === true, 'two lines are in the join');
    await live.deploy(threeLines('50'), 'nodes'); // only the delay is new, the join keeps what it has
    (await live.ended('A')).status.should.equal('done');
    live.receive('entry', { payload: { id: 'B' } });
    (await live.ended('B')).status.should.equal('done');
    live.sunk
      .slice(before)
      .map(({ payload }) => payload)
      .should.deepEqual([
        ['A-1', 'A-2', 'A-3'],
        ['B-1', 'B-2', 'B-3'],
      ]);
  });
});
