import 'should';
import { entry, func, node, policy, sink, tab } from './flow-parts.ts';
import { type FlowNode, LiveNodeRed } from './live-node-red.ts';

/** One way through nodes that come with Node-RED. The flow between `entry` and `sink`; how many messages arrive for each event. */
interface Way {
  through: string;
  nodes: FlowNode[];
  /** first node after the entry */
  first: string;
  /** payloads that arrive for the event `{ id, n }`; one `{ id, n }` unless said otherwise */
  arrives?: (event: { id: string; n: number }) => unknown[];
  /** messages of several runs leave as one: arrivals are counted for all together */
  together?: number;
}

const pass = { property: 'payload', propertyType: 'msg' };
const delay = (more: object) =>
  node('d', 'delay', [['sink']], {
    pauseType: 'delay',
    timeout: '60',
    timeoutUnits: 'milliseconds',
    rate: '1',
    nbRateUnits: '1',
    rateUnits: 'second',
    randomFirst: '1',
    randomLast: '5',
    randomUnits: 'seconds',
    drop: false,
    allowrate: false,
    outputs: 1,
    ...more,
  });
const join = (wires: string[][], more: object) =>
  node('j', 'join', wires, {
    mode: 'auto',
    build: 'array',
    property: 'payload',
    propertyType: 'msg',
    key: 'topic',
    joiner: '\\n',
    joinerType: 'str',
    accumulate: false,
    timeout: '',
    count: '',
    reduceRight: false,
    ...more,
  });
const split = node('s', 'split', [['f']], {
  splt: '\\n',
  spltType: 'str',
  arraySplt: 1,
  arraySpltType: 'len',
  stream: false,
  addname: '',
  property: 'payload',
});

const ways: Way[] = [
  { through: 'a function that returns a fresh object', first: 'f', nodes: [func('f', 'return { payload: msg.payload };', [['sink']])] },
  {
    through: 'a function that sends a fresh object later and then is done',
    first: 'f',
    nodes: [func('f', 'setTimeout(() => { node.send({ payload: msg.payload }); node.done(); }, 40);', [['sink']])],
  },
  {
    through: 'an async function that awaits and returns a fresh object',
    first: 'f',
    nodes: [func('f', 'await new Promise((go) => setTimeout(go, 30)); return { payload: msg.payload };', [['sink']])],
  },
  {
    through: 'a function that sends several messages, some later',
    first: 'f',
    nodes: [
      func('f', 'node.send([[{ payload: 1 }, { payload: 2 }]]); setTimeout(() => { node.send({ payload: 3 }); node.done(); }, 40);', [
        ['sink'],
      ]),
    ],
    arrives: () => [1, 2, 3],
  },
  { through: 'a function that ends the message', first: 'f', nodes: [func('f', 'return null;', [['sink']])], arrives: () => [] },
  { through: 'a delay', first: 'd', nodes: [delay({})] },
  {
    through: 'a rate limit that releases messages of several runs from one timer',
    first: 'd',
    nodes: [delay({ pauseType: 'rate', rate: '50' })],
  },
  {
    through: 'switch and change, and a switch no rule of which fits',
    first: 'sw',
    nodes: [
      node('sw', 'switch', [['ch'], ['dead-end']], {
        property: 'payload.n',
        propertyType: 'msg',
        rules: [
          { t: 'gt', v: '0', vt: 'num' },
          { t: 'eq', v: '-1', vt: 'num' },
        ],
        checkall: 'true',
        repair: false,
        outputs: 2,
      }),
      node('ch', 'change', [['sink']], { rules: [{ t: 'set', p: 'payload', pt: 'msg', to: 'payload.n', tot: 'msg' }], reg: false }),
      sink('dead-end'),
    ],
    arrives: ({ n }) => (n > 0 ? [n] : []),
  },
  {
    through: 'split, a function for each part, and join',
    first: 'list',
    nodes: [
      func('list', 'msg.payload = [msg.payload.n, msg.payload.n + 1, msg.payload.n + 2]; return msg;', [['s']]),
      split,
      func('f', 'setTimeout(() => { msg.payload *= 2; node.send(msg); node.done(); }, 20 * Math.random());', [['j']]),
      join([['count']], {}),
      func('count', 'return { payload: msg.payload.reduce((sum, n) => sum + n, 0) };', [['sink']]),
    ],
    arrives: ({ n }) => [6 * n + 6],
  },
  {
    through: 'split and join by count across runs',
    first: 'j',
    nodes: [join([['sink']], { mode: 'custom', build: 'array', count: '3' })],
    together: 1,
  },
  {
    through: 'batch in groups of three runs',
    first: 'b',
    nodes: [node('b', 'batch', [['sink']], { mode: 'count', count: '3', overlap: 0, interval: 10, allowEmptySequence: false, topics: [] })],
  },
  {
    through: 'link out and link in',
    first: 'lo',
    nodes: [
      node('lo', 'link out', [], { mode: 'link', links: ['li'] }),
      node('li', 'link in', [['f']], { links: ['lo'] }),
      func('f', 'return { payload: msg.payload };', [['sink']]),
    ],
  },
  {
    through: 'a link call and its return',
    first: 'lc',
    nodes: [
      node('lc', 'link call', [['sink']], { links: ['li'], linkType: 'static', timeout: '5' }),
      node('li', 'link in', [['f']], { links: [] }),
      func('f', 'setTimeout(() => { node.send(msg); node.done(); }, 30);', [['lr']]),
      node('lr', 'link out', [], { mode: 'return', links: [] }),
    ],
  },
  {
    through: 'a subflow',
    first: 'instance',
    nodes: [
      {
        id: 'sub',
        type: 'subflow',
        name: 'Twice',
        info: '',
        in: [{ x: 1, y: 1, wires: [{ id: 'inner' }] }],
        out: [{ x: 2, y: 2, wires: [{ id: 'inner', port: 0 }] }],
      },
      func('inner', 'setTimeout(() => { node.send([[{ payload: msg.payload }, { payload: "again" }]]); node.done(); }, 20);', [[]], {
        z: 'sub',
      }),
      node('instance', 'subflow:sub', [['sink']]),
    ],
    arrives: (event) => [event, 'again'],
  },
  {
    through: 'a complete node',
    first: 'f',
    nodes: [
      func('f', 'return null;', [[]]),
      node('c', 'complete', [['later']], { scope: ['f'], uncaught: false }),
      func('later', 'setTimeout(() => { node.send({ payload: msg.payload }); node.done(); }, 30);', [['sink']]),
    ],
  },
  {
    through: 'a status node',
    first: 'f',
    nodes: [
      func('f', 'node.status({ text: "checked " + msg.payload.n }); return null;', [[]]),
      node('st', 'status', [['text']], { scope: ['f'] }),
      func('text', 'setTimeout(() => { node.send({ payload: msg.status.text }); node.done(); }, 30);', [['sink']]),
    ],
    arrives: ({ n }) => [`checked ${n}`],
  },
  {
    through: 'a filter, which lets a value pass once and ends the same value without a word',
    first: 'same',
    nodes: [
      func('same', 'return [[{ payload: msg.payload.id }, { payload: msg.payload.id }]];', [['rbe']]),
      node('rbe', 'rbe', [['sink']], {
        func: 'rbe',
        gap: '',
        start: '',
        inout: 'out',
        septopics: true,
        property: 'payload',
        topi: 'topic',
      }),
    ],
    arrives: ({ id }) => [id],
  },
  {
    through: 'three branches of different length',
    first: 'f',
    nodes: [
      func('f', 'return msg;', [['sink', 'slow', 'slower']]),
      func('slow', 'setTimeout(() => { node.send({ payload: "slow" }); node.done(); }, 20);', [['sink']]),
      func('slower', 'setTimeout(() => { node.send({ payload: "slower" }); node.done(); }, 60);', [['sink']]),
    ],
    arrives: (event) => [event, 'slow', 'slower'],
  },
  {
    through: 'template and JSON',
    first: 'te',
    nodes: [
      node('te', 'template', [['js']], {
        field: 'payload',
        fieldType: 'msg',
        format: 'handlebars',
        syntax: 'mustache',
        template: '{"n":{{payload.n}}}',
        output: 'str',
      }),
      node('js', 'json', [['sink']], { ...pass, action: 'obj', pretty: false }),
    ],
    arrives: ({ n }) => [{ n }],
  },
];

describe('A run goes through the nodes that come with Node-RED and is done when the last message is', function () {
  this.timeout(60_000);
  let live: LiveNodeRed;
  before(async () => {
    live = await LiveNodeRed.start();
  });
  after(() => live?.end());

  for (const [index, way] of ways.entries()) {
    it(`through ${way.through}`, async () => {
      live.sunk = [];
      await live.deploy([tab(), policy(), entry(way.first), ...way.nodes, sink()]);
      const events = [1, 2, 0].map((n) => ({ id: `W${index}-${n}`, n }));
      for (const event of events) live.receive('entry', { payload: event });
      const runs = await Promise.all(events.map((event) => live.ended(event.id)));
      runs.map((run) => [run.event.subject, run.status]).should.deepEqual(events.map((event) => [event.id, 'done']));
      const arrives = way.arrives ?? ((event) => [event]);
      if (way.together !== undefined) live.sunk.length.should.equal(way.together);
      else {
        for (const [n, event] of events.entries()) {
          const mine = live.sunk.filter((sunk) => sunk.run === runs[n]!.id);
          mine.map((sunk) => sunk.payload).should.deepEqual(arrives(event));
        }
        live.sunk.length.should.equal(events.flatMap(arrives).length);
      }
      for (const { run: id, at } of live.sunk) {
        const run = runs.find((one) => one.id === id);
        (run === undefined).should.equal(false, 'what arrives belongs to a run');
        run!.updatedAt.should.be.aboveOrEqual(at, 'no run is done before its last message');
      }
    });
  }

  it('and a message that a trigger sends when its run is long done is a run of its own from the next action node on', async () => {
    live.sunk = [];
    await live.deploy([
      tab(),
      policy(),
      entry('t'),
      node('t', 'trigger', [['late']], {
        ...{ op1: '{"id":"LATE-1"}', op1type: 'json', op2: '{"id":"LATE-2"}', op2type: 'json', duration: '60', units: 'ms' },
        ...{ extend: false, overrideDelay: false, reset: '', bytopic: 'all', topic: 'topic', outputs: 1 },
      }),
      { ...entry('sink'), id: 'late' },
      sink(),
    ]);
    live.receive('entry', { payload: { id: 'LATE' } });
    (await live.ended('LATE')).status.should.equal('done');
    const late = await live.ended('LATE-2');
    late.should.have.properties({ status: 'done', entry: 'late' });
    live.sunk.map(({ payload }) => payload).should.deepEqual([{ id: 'LATE-1' }, { id: 'LATE-2' }]);
    live.sunk[1]!.run!.should.equal(late.id);
  });
});
