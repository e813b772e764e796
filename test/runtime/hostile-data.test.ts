import 'should';
import should from 'should';
import { entry, func, node, policy, sink, tab } from './flow-parts.ts';
import { type FlowNode, LiveNodeRed, type RunHead } from './live-node-red.ts';

const flows: FlowNode[] = [
  tab(),
  policy({ maxAttempts: 1 }),
  node('web', 'http in', [['entry']], { url: '/deals', method: 'post', upload: false }),
  // an answer for the caller whatever becomes of the message
  entry('judge'),
  func('judge', 'if (msg.payload.bad) throw new Error("bad"); return msg;', [['answer', 'sink']]),
  node('answer', 'http response', [], { statusCode: '', headers: {} }),
  sink(),
  node('catch', 'catch', [['refused', 'bare']], { scope: ['entry', 'failing', 'twice'], uncaught: false }),
  node('refused', 'change', [['answer']], {
    rules: [
      { t: 'set', p: 'payload', pt: 'msg', to: 'error.message', tot: 'msg' },
      { t: 'set', p: 'statusCode', pt: 'msg', to: '422', tot: 'num' },
    ],
  }),
  func('bare', 'return { error: msg.error };', [['told']]),
  sink('told'),
  func('maker', 'const make = new Function("msg", msg.make); make(msg); delete msg.make; return msg;', [['entry']]),
  // as a function node that hands its message on as it is, to a node that refuses it, and to one with two nodes behind it
  func('to-failing', 'new Function("msg", msg.make)(msg); delete msg.make; node.send(msg, false);', [['failing']]),
  node('failing', 'contract-check', [[]], { contract: 'engagement', policy: 'policy' }),
  func('to-twice', 'new Function("msg", msg.make)(msg); delete msg.make; node.send(msg, false);', [['twice']]),
  // nothing on the way copies a message but the Complete node
  func('to-alone', 'new Function("msg", msg.make)(msg); delete msg.make; node.send(msg, false);', [['alone']]),
  node('alone', 'canonical-map', [['sink']], { expression: 'payload', policy: 'policy' }),
  node('complete', 'complete', [['completed']], { scope: ['alone'], uncaught: false }),
  sink('completed'),
  node('twice', 'canonical-map', [['sink', 'bare']], { expression: 'payload', policy: 'policy' }),
];

/** JSON that is nested so deep, as text: no `JSON.stringify` makes it. */
const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

describe('Data that nobody should send', function () {
  this.timeout(60_000);
  let live: LiveNodeRed;
  before(async () => {
    live = await LiveNodeRed.start({ flows, settings: "apiMaxLength: '40mb'," });
    await live.until(async () => (await live.get<{ ready: boolean }>('/overview')).ready, 'the flows run');
  });
  after(() => live?.end());
  beforeEach(() => {
    live.sunk = [];
  });

  const post = async (path: string, body: string) => {
    const response = await fetch(`${live.editor}${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
    return { status: response.status, text: await response.text() };
  };
  const api = (path: string, body: string) => post(`/ps-connect/api/v1${path}`, body);
  const runs = () => live.get<RunHead[]>('/runs');
  const goesOn = async () => {
    const id = `GOOD-${Math.random()}`;
    (await post('/deals', JSON.stringify({ id }))).status.should.equal(200);
    live.alive.should.equal(true);
    (await live.get<{ trouble: unknown }>('/overview')).should.have.property('trouble', null);
  };

  describe('by a message from outside', () => {
    const cases: [string, string, RegExp][] = [
      [
        'nested 101 levels deep',
        `{"id":"X","a":${nested(100)}}`,
        /msg\.payload\.a\.a\.a\.a\.a\.a… is nested deeper than 100 levels\. Make the data flatter\./,
      ],
      [
        'of 60,000 names',
        JSON.stringify({ id: 'X', ...Object.fromEntries(Array.from({ length: 60_000 }, (_, n) => [`n${n}`, n])) }),
        /different names of fields.* without msg\.payload/,
      ],
      ['nested 600 levels deep', nested(600), /nested deeper.* without msg\.payload/],
      ['nested 3,400 levels deep', nested(3_400), /nested deeper.* without msg\.payload/],
      ['nested 100,000 levels deep', nested(100_000), /nested deeper.* without msg\.payload/],
      ['with a field __proto__', '{"id":"X","__proto__":{"admin":true}}', /msg\.payload\.__proto__ is no name/],
      ['with a number beyond all', '{"id":"X","hours":1e400}', /msg\.payload\.hours is a number that is too large/],
      ['of 17 MB', JSON.stringify({ id: 'X', note: 'x'.repeat(17_000_000) }), /msg\.payload is larger than 16 MB/],
      ['with a business id that is none', JSON.stringify({ id: 'x'.repeat(1_025) }), /msg\.payload\.id is longer than 1024 bytes/],
      ['with a business id of half a character', '{"code":"\\ud800"}', /msg\.payload\.code has a character/],
    ];
    for (const [name, body, words] of cases) {
      it(`${name} are refused at their node, a Catch node is told why and what to do, and nothing is stored`, async () => {
        const before = (await runs()).length;
        const answer = await post('/deals', body);
        answer.status.should.equal(422);
        answer.text.should.match(words).and.match(/Nothing was stored or sent for this message/);
        (await runs()).length.should.equal(before);
        await goesOn();
      });
    }

    it('that hold themselves, or parts without number, are refused too when they are the payload', async () => {
      for (const make of [
        'msg.payload = { id: 1 }; msg.payload.self = msg.payload',
        'msg.payload = { id: 1, name: "N" }; Object.assign(msg.payload, { self: msg.payload, all: msg, list: [msg, msg] })',
        'msg.payload = { id: 1, list: [] }; msg.payload.list.length = 4294967290',
        'let a = 1; for (let n = 0; n < 99; n++) a = [a, a]; msg.payload = a',
      ]) {
        live.sunk = [];
        live.receive('maker', { make });
        await live.until(() => live.sunk.some((one) => one.sink === 'told'), 'the Catch node is told');
        live.sunk[0]!.error!.should.match(/msg\.payload.* (is nested deeper|has more than|is larger)/);
      }
      await goesOn();
    });

    it('that hold them beside their business keep it for as long as the process lives, as ever', async () => {
      const make =
        'msg.payload = { id: "BESIDE" }; msg.parent = {}; msg.parent.self = msg.parent; let a = 1; for (let n = 0; n < 5000; n++) a = [a]; msg.deep = a; msg.none = NaN';
      live.receive('maker', { make });
      (await live.ended('BESIDE')).status.should.equal('done');
    });

    // Node-RED ends where it copies a message that cannot be copied
    const uncopyable: [string, string][] = [
      ['a proxy that throws', 'msg.beside = new Proxy({}, { get() { throw new Error("no") } })'],
      ['a value nested too deep', 'let a = 1; for (let n = 0; n < 50_000; n++) a = { a }; msg.beside = a'],
      ['a list without end', 'msg.beside = []; msg.beside[4_294_967_290] = 1'],
      ['a getter that throws', 'msg.beside = { get a() { throw new Error("no") } }'],
    ];
    for (const [index, [what, make]] of uncopyable.entries()) {
      it(`with ${what} beside their business, is parked without it where it fails`, async () => {
        const id = `FAILS-${index}`;
        live.receive('to-failing', { make: `msg.payload = { id: "${id}" }; ${make}` });
        (await live.ended(id)).status.should.equal('dead');
        await live.until(() => live.sunk.some((one) => one.sink === 'told'), 'the Catch node is told');
        live.sunk[0]!.error!.should.match(/The message goes to the Catch nodes without msg\.beside, which cannot be copied\.$/);
        await goesOn();
      });

      it(`with ${what} beside their business, goes to the Complete nodes without it`, async () => {
        const id = `COMPLETE-${index}`;
        live.receive('to-alone', { make: `msg.payload = { id: "${id}" }; ${make}` });
        (await live.ended(id)).status.should.equal('done');
        await live.until(() => live.sunk.some((one) => one.sink === 'completed'), 'a Complete node has it');
        await goesOn();
      });

      it(`with ${what} beside their business, is parked where two nodes are to get it`, async () => {
        const id = `TWICE-${index}`;
        live.receive('to-twice', { make: `msg.payload = { id: "${id}" }; ${make}` });
        const run = await live.ended(id);
        run.status.should.equal('dead');
        run.failure!.should.have.properties({ class: 'contract.invalid', code: 'INPUT_WRONG' });
        await goesOn();
      });
    }
  });

  describe('by a person', () => {
    let dead: RunHead;
    before(async () => {
      live.receive('entry', { payload: { id: 'DEAD', bad: true } });
      dead = await live.ended('DEAD');
      dead.status.should.equal('dead');
    });

    const bad: [string, string][] = [
      [nested(101), 'is nested deeper than 100 levels'],
      [nested(3_400), 'is nested deeper than 100 levels'],
      [nested(100_000), 'is nested deeper than 100 levels'],
      ['{"id":"DEAD","lines":[{"__proto__":{"admin":true}}]}', 'is no name that a field may have'],
      ['{"id":"DEAD","hours":-1e400}', 'is a number that is too large to be kept'],
      [JSON.stringify('x'.repeat(17_000_000)), 'is larger than 16 MB as JSON'],
    ];
    /** Every route that takes a value of any form, by the field that takes it. */
    const fields: [string, string][] = [
      ['/dead-letters/DEAD/replay', 'data'],
      ['/replays', 'runs'],
      ['/replays', 'correction'],
      ['/effects/none/settle', 'result'],
      ['/approvals/none/approve', 'reason'],
      ['/runs/none/cancel', 'reason'],
      ['/preview', 'sample'],
      ['/connections/test', 'config'],
      ['/connections/test', 'credentials'],
    ];
    for (const [path, field] of fields) {
      it(`is refused by ${path} in ${field}, with the field and what to do`, async () => {
        for (const [value, words] of bad) {
          const answer = await api(path.replace('DEAD', dead.id), `{"outcome":"made","${field}":${value}}`);
          answer.status.should.equal(400, value.slice(0, 40));
          const { message } = JSON.parse(answer.text) as { message: string };
          message.should
            .startWith(field)
            .and.containEql(words)
            .and.match(/Nothing was changed\.$/);
        }
        (await live.run('DEAD'))!.should.have.properties({ status: 'dead', updatedAt: dead.updatedAt });
        await goesOn();
      });
    }

    it('is refused in the place of the message that a run began with, where it is no fields of one', async () => {
      for (const data of ['text', 7, true, null, [{ payload: { id: 'DEAD' } }]]) {
        const answer = await api(`/dead-letters/${dead.id}/replay`, JSON.stringify({ data }));
        answer.status.should.equal(400);
        answer.text.should.containEql('data is not the fields of a message. Give an object, such as');
      }
      const many = JSON.parse((await api('/replays', JSON.stringify({ runs: [dead.id], correction: '$string(payload)' }))).text) as object;
      many.should.have.properties({ replayed: 0 });
      JSON.stringify(many).should.containEql('is not the fields of a message');
      (await live.run('DEAD'))!.status.should.equal('dead');
    });

    it('is refused with a number that has become another when it was read', async () => {
      for (const [path, body] of [
        [`/dead-letters/${dead.id}/replay`, '{"data":{"payload":{"id":9007199254740993}}}'],
        ['/effects/none/settle', '{"outcome":"made","result":{"id":[9007199254740993]}}'],
      ] as const) {
        const answer = await api(path, body);
        answer.status.should.equal(400, path);
        answer.text.should.match(/(data|result) has a number with more digits than can be kept .*Nothing was changed/);
      }
      (await live.run('DEAD'))!.should.have.properties({ status: 'dead', updatedAt: dead.updatedAt });
    });

    it('is refused as a reason that is no reason', async () => {
      for (const reason of ['x'.repeat(4_001), 'a\u0000b', '\ud800', 7, ['why']]) {
        const answer = await api(`/dead-letters/${dead.id}/discard`, JSON.stringify({ reason }));
        answer.status.should.equal(400);
        answer.text.should.match(/reason (is|has)/);
      }
      (await live.run('DEAD'))!.status.should.equal('dead');
    });

    it('is not made by a correction either: the dead letter stays, and is told why', async () => {
      const correction = JSON.stringify({ runs: [dead.id], correction: '{"__proto__": {"admin": true}, "lines": [1, {"__proto__": 1}]}' });
      const answer = await api('/replays', correction);
      answer.status.should.equal(200);
      const said = JSON.parse(answer.text) as { replayed: number; notCorrected: { message: string }[] };
      // an expression engine that makes no such field makes data that may be stored
      if (said.replayed === 0) said.notCorrected[0]!.message.should.match(/"correction" was ended: its result has a field named __proto__/);
      await goesOn();
    });

    it('is refused where it is another field than the request knows: what it should have named would count as absent', async () => {
      for (const [path, body] of [
        ['/replays', { run: [dead.id] }],
        ['/replays', { runs: [], minute: { toString: 1, valueOf: 2 } }],
        [`/dead-letters/${dead.id}/replay`, { Data: {} }],
      ] as const) {
        const answer = await api(path, JSON.stringify(body));
        answer.status.should.equal(400);
        answer.text.should.match(
          /The body has (run|minute|Data), which this request does not know\. Fields that it takes: .*Nothing was changed/,
        );
      }
      (await live.run('DEAD'))!.should.have.properties({ status: 'dead', updatedAt: dead.updatedAt });
    });

    it('is refused by a replay of many when it is of another kind than the field: it would replay all', async () => {
      const object = { toString: 1, valueOf: 2, toJSON: 3 };
      for (const body of [
        { runs: [object] },
        { runs: [1] },
        { runs: null },
        { perMinute: object },
        { perMinute: [] },
        { search: 5 },
        { code: object },
      ]) {
        const answer = await api('/replays', JSON.stringify(body));
        answer.status.should.equal(400, JSON.stringify(body));
        answer.text.should.startWith(`{"message":"${Object.keys(body)[0]} is `);
      }
      (await live.run('DEAD'))!.should.have.properties({ status: 'dead', updatedAt: dead.updatedAt });
    });

    it('is refused in the whole body, and in a path', async () => {
      (await api('/replays', '{"__proto__":{"runs":[]},"runs":[]}')).status.should.equal(400);
      (await api('/replays', JSON.stringify({ runs: Array.from({ length: 10_001 }, () => 'x') }))).status.should.equal(400);
      (await api('/dead-letters/%00/replay', '{}')).status.should.be.within(400, 409);
      should((await live.call('/ps-connect/api/v1/runs/%00')).status).be.within(400, 404);
    });
  });
});
