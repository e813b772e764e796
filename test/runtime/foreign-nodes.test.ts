import 'should';
import should from 'should';
import { entry, func, node, policy, sink, tab } from './flow-parts.ts';
import { type FlowNode, LiveNodeRed } from './live-node-red.ts';

const catchAll = (to: string, more: object = {}) => node('catch', 'catch', [[to]], { scope: null, uncaught: false, ...more });

describe('A run that meets nodes which other people wrote', function () {
  this.timeout(60_000);
  let live: LiveNodeRed;
  before(async () => {
    live = await LiveNodeRed.start();
  });
  after(() => live?.end());

  const play = async (nodes: FlowNode[], ...payloads: { id: string }[]) => {
    live.sunk = [];
    await live.deploy([tab(), ...nodes, sink(), ...(nodes.some(({ type }) => type === 'run-policy') ? [] : [policy()])]);
    for (const payload of payloads) live.receive('entry', { payload });
  };
  const noneDoneTooSoon = async (id: string) => {
    const run = await live.ended(id);
    run.status.should.equal('done');
    for (const sunk of live.sunk.filter((one) => one.run === run.id)) run.updatedAt.should.be.aboveOrEqual(sunk.at);
    return live.sunk.filter((one) => one.run === run.id).map((one) => one.payload);
  };

  describe('that know no done', () => {
    it('is done after a node that sends at once', async () => {
      await play([entry('old'), node('old', 'test-sync-sender', [['sink']])], { id: 'OLD-1' });
      (await noneDoneTooSoon('OLD-1')).should.deepEqual([{ id: 'OLD-1' }]);
    });

    it('is done only after a node that sends later has sent', async () => {
      await play([entry('old'), node('old', 'test-async-sender', [['sink']], { ms: 80 })], { id: 'OLD-2' }, { id: 'OLD-3' });
      (await noneDoneTooSoon('OLD-2')).should.deepEqual([{ id: 'OLD-2' }]);
      (await noneDoneTooSoon('OLD-3')).should.deepEqual([{ id: 'OLD-3' }]);
    });

    it('is done only after a node that sends from a queue of its own has sent', async () => {
      await play([entry('old'), node('old', 'test-queue-sender', [['sink']])], { id: 'OLD-4' }, { id: 'OLD-5' }, { id: 'OLD-6' });
      for (const id of ['OLD-4', 'OLD-5', 'OLD-6']) (await noneDoneTooSoon(id)).should.deepEqual([{ id }]);
    });

    it('is done when such a node ends the flow', async () => {
      await play([entry('old'), node('old', 'test-async-sender', [[]])], { id: 'OLD-7' });
      (await live.ended('OLD-7')).status.should.equal('done');
    });

    it('is not done too soon by a node that says done twice while it still holds another message of the run', async () => {
      const twice = func('two', 'return [[{ payload: { id: msg.payload.id } }, { payload: { quick: true } }]];', [['dd']]);
      await play([entry('two'), twice, node('dd', 'test-double-done', [['sink']])], { id: 'DD-1' });
      (await noneDoneTooSoon('DD-1')).should.deepEqual([{ id: 'DD-1' }]);
    });
  });

  describe('that fail', () => {
    const parked = async (id: string, at: string, words: RegExp) => {
      const run = await live.ended(id);
      run.should.have.properties({ status: 'dead', failedNode: at });
      run.failure!.code.should.equal('NODE_FAILED');
      run.failure!.message.should.match(words);
    };
    const ways: [string, FlowNode, RegExp][] = [
      [
        'a function that throws',
        func('bad', 'throw new Error("no rate for this role");', [['sink']]),
        /Node bad \(function\).*no rate for this role/,
      ],
      [
        'a function that reports its error and is done',
        func('bad', 'setTimeout(() => { node.error("no rate", msg); node.done(); }, 10);', [['sink']]),
        /no rate/,
      ],
      ['a node that throws in its handler', node('bad', 'test-thrower', [['sink']]), /thrown at once/],
      ['a node that leaves a promise rejected', node('bad', 'test-rejecter', [['sink']]), /rejected later/],
      ['a node without done that reports its error later', node('bad', 'test-reporter', [['sink']]), /reported by hand/],
      [
        'a switch that cannot apply its rule',
        node('bad', 'switch', [['sink']], {
          property: 'payload.id',
          propertyType: 'msg',
          rules: [{ t: 'regex', v: '(', vt: 'str', case: false }],
          checkall: 'true',
          repair: false,
          outputs: 1,
        }),
        /Invalid regular expression/,
      ],
    ];

    for (const [index, [what, bad, words]] of ways.entries()) {
      it(`is parked at ${what}`, async () => {
        await play([entry('bad'), bad], { id: `BAD-${index}` });
        await parked(`BAD-${index}`, 'bad', words);
        live.sunk.should.deepEqual([]);
      });

      it(`goes on where a Catch node takes the error of ${what}`, async () => {
        const mend = func('mend', 'setTimeout(() => { node.send({ payload: msg.error.message }); node.done(); }, 20);', [['sink']]);
        await play([entry('bad'), bad, catchAll('mend'), mend], { id: `CAUGHT-${index}` });
        const [said] = await noneDoneTooSoon(`CAUGHT-${index}`);
        String(said).should.match(new RegExp(words.source.replace(/^.*\.\*/, '')));
      });
    }

    it('is parked when the Catch node is for other nodes', async () => {
      await play([entry('bad'), node('bad', 'test-thrower', [[]]), catchAll('sink', { scope: ['entry'] })], { id: 'SCOPE-1' });
      await parked('SCOPE-1', 'bad', /thrown at once/);
    });

    it('goes on where the error of a node in a subflow is caught around it', async () => {
      await play(
        [
          { id: 'sub', type: 'subflow', name: 'S', in: [{ x: 1, y: 1, wires: [{ id: 'inner' }] }], out: [] },
          func('inner', 'throw new Error("inside");', [[]], { z: 'sub' }),
          entry('instance'),
          node('instance', 'subflow:sub', []),
          catchAll('sink'),
        ],
        { id: 'SUB-1' },
      );
      await noneDoneTooSoon('SUB-1');
      live.sunk.map((one) => one.error).should.deepEqual(['Error: inside']);
    });

    it('is parked at once at a node that could not be set up and takes no messages', async () => {
      const rules = [{ t: 'jsonata_exp', v: '(((', vt: 'jsonata' }];
      await play([entry('broken'), node('broken', 'switch', [['sink']], { property: 'payload', propertyType: 'msg', rules, outputs: 1 })], {
        id: 'DEAF-1',
      });
      const run = await live.ended('DEAF-1');
      run.should.have.properties({ status: 'dead', failedNode: 'broken' });
      run.failure!.code.should.equal('NODE_DEAF');
    });

    it('does not stop Node-RED, nor the runs of others', async () => {
      await play(
        [
          entry('sw'),
          func('sw', 'return msg.payload.bad ? [msg, null] : [null, msg];', [['bad'], ['sink']]),
          node('bad', 'test-rejecter', []),
        ],
        { id: 'REJ-1', bad: true } as { id: string },
        { id: 'REJ-2' },
      );
      await parked('REJ-1', 'bad', /rejected later/);
      (await live.ended('REJ-2')).status.should.equal('done');
      live.alive.should.equal(true);
    });
  });

  it('stops Node-RED, as ever, when a promise that is no run’s is left rejected, and everything goes on at the next start', async () => {
    await play([entry('sink'), node('bad', 'test-rejecter', [])]);
    live.receive('bad', { payload: 'from nowhere' });
    await live.until(() => !live.alive, 'Node-RED ends');
    await live.restart();
    await live.until(async () => (await live.get<{ ready: boolean }>('/overview')).ready, 'the flows run');
    live.receive('entry', { payload: { id: 'AFTER-1' } });
    (await live.ended('AFTER-1')).status.should.equal('done');
  });

  describe('that swallow messages', () => {
    // a quarter of a second without any movement, found at the next look, five seconds later at most
    const short = policy({ stallAfterMinutes: 0.25 / 60 });
    const flow = [
      short,
      entry('route'),
      func('route', 'const out = [null, null, null, null]; out[msg.payload.to] = msg; return out;', [
        ['old'],
        ['new'],
        ['slow'],
        ['queue'],
      ]),
      node('old', 'test-swallower', [['sink']]),
      node('new', 'test-never-done', [['sink']]),
      func('slow', 'return null;', [['sink']]),
    ];

    it('is never done: it is shown as stalled, with the node that has the message', async () => {
      const payloads = [0, 1, 2].map((to) => ({ id: `SW-${to}`, to }));
      await play(flow, ...payloads);
      const runs = await Promise.all(payloads.map(({ id }) => live.ended(id)));
      runs
        .map(({ status, failedNode, failure }) => [status, failedNode, failure?.code])
        .should.deepEqual([
          ['dead', 'old', 'STALLED'],
          ['dead', 'new', 'STALLED'],
          ['done', undefined, undefined],
        ]);
      runs[0]!.failure!.message.should.match(/node old took the message/);
      should(live.sunk).deepEqual([]);
    });
  });
});
