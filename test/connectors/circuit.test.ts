import 'should';
import should from 'should';
import { defaultPolicy, verdict } from '../../engine/retry-policy.ts';
import { Failure, type FailureClass } from '../../model/failure.ts';
import type { Connector, ConnectorFor, LineOutcome, PostedTime } from '../../model/operations.ts';
import { Circuit } from '../../connectors/http/circuit.ts';
import { guardedConnector } from '../../connectors/guarded-connector.ts';
import { ManualClock } from '../engine/manual-clock.ts';

const failure = (failureClass: FailureClass, code = 'HTTP_503') => new Failure({ class: failureClass, code, message: 'Away.' });
const rule = { failures: 5, firstMs: 1_000, longestMs: 4_000 };

describe('The circuit of a connection', () => {
  let clock: ManualClock;
  let circuit: Circuit;
  let calls = 0;
  const down = (failureClass: FailureClass = 'transient.unavailable', code?: string) =>
    circuit
      .call(async () => {
        calls++;
        throw failure(failureClass, code);
      })
      .catch((error: Failure) => error.code);
  const well = () => circuit.call(async () => ++calls);
  const open = async () => {
    for (let n = 0; n < 5; n++) await down();
    circuit.state.should.equal('open');
    calls = 0;
  };

  beforeEach(() => {
    clock = new ManualClock();
    circuit = new Circuit('ERP', clock, rule);
    calls = 0;
  });

  it('lets everything through while the system answers, refusals included', async () => {
    for (let n = 0; n < 20; n++) await down('business.rejected');
    for (let n = 0; n < 20; n++) await down('transient.throttled');
    circuit.state.should.equal('closed');
    calls.should.equal(40);
  });

  it('opens after five failures in a row, and not when there was an answer in between', async () => {
    for (let n = 0; n < 4; n++) await down();
    await well();
    for (let n = 0; n < 4; n++) await down('transient.timeout');
    circuit.state.should.equal('closed');
    await down();
    circuit.state.should.equal('open');
  });

  it('answers at once while it is open, says for how long, and that nothing was made', async () => {
    await open();
    const refused = (await well().then(
      () => undefined,
      (error) => error as Failure,
    )) as Failure;
    refused.should.have.properties({ class: 'transient.unavailable', code: 'CIRCUIT_OPEN', outcome: 'not-made', retryAfterMs: 1_000 });
    refused.message.should.match(/^ERP has not answered 5 times/);
    calls.should.equal(0);
  });

  it('lets one call try after its pause also when the clock was an hour ahead and is set right meanwhile', async () => {
    await open();
    clock.set(-3_600_000);
    (await well().catch((error: Failure) => error.code)).should.equal('CIRCUIT_OPEN');
    clock.jump(1_000);
    circuit.state.should.equal('trying');
  });

  it('lets one call try when its time is over, and closes when that goes well', async () => {
    await open();
    clock.jump(1_000);
    circuit.state.should.equal('trying');
    let answer: (() => void) | undefined;
    const trial = circuit.call(() => new Promise<void>((resolve) => (answer = resolve)));
    (await well().catch((error: Failure) => error.code)).should.equal('CIRCUIT_OPEN');
    answer!();
    await trial;
    circuit.state.should.equal('closed');
    (await well()).should.equal(1);
  });

  it('stays open longer each time the trial fails, up to a limit', async () => {
    await open();
    for (const ms of [1_000, 2_000, 4_000, 4_000]) {
      clock.jump(ms - 1);
      (await down()).should.equal('CIRCUIT_OPEN');
      clock.jump(1);
      (await down()).should.equal('HTTP_503');
    }
    circuit.health().should.have.properties({ state: 'open', until: clock.now() + 4_000 });
  });

  it('learns nothing from a call that a deploy stopped, and can be tried again', async () => {
    await open();
    clock.jump(1_000);
    await down('transient.unavailable', 'ABORTED');
    circuit.state.should.equal('trying');
    await well();
    circuit.state.should.equal('closed');
  });

  it('uses up no attempt of a run', () => {
    const refused = new Failure({ class: 'transient.unavailable', code: 'CIRCUIT_OPEN', message: 'x', retryAfterMs: 1_000 });
    should(verdict(refused, 8, defaultPolicy, () => 0)).deepEqual({ park: false, delayMs: 1_000, free: true });
  });

  it('watches the operations of a connector, batches included, but not its test, its health and its lists', async () => {
    const line = { ok: false as const, failure: failure('transient.unavailable') };
    const { operations, ...guarded } = guardedConnector(connectorWith([line, line]), circuit);
    for (let n = 0; n < 5; n++) (await operations['time.post']([], signal)).should.have.length(2);
    await operations['time.post']([], signal).should.be.rejectedWith({ code: 'CIRCUIT_OPEN' });
    guarded.health().should.deepEqual({ calls: 1 });
    (await guarded.test()).ok.should.equal(true);
    operations['posted-time.list']({ from: '', to: '' }, signal).should.equal(facts);
    guarded.system.should.equal('erp');
  });

  it('watches what is taken back, too', async () => {
    const undo = async () => {
      throw failure('transient.unavailable');
    };
    const guarded = guardedConnector({ ...connectorWith([]), undo }, circuit);
    for (let n = 0; n < 5; n++) await guarded.undo().should.be.rejectedWith({ code: 'HTTP_503' });
    await guarded.undo().should.be.rejectedWith({ code: 'CIRCUIT_OPEN' });
  });

  it('does not open when one line of a batch got through', async () => {
    const lines: LineOutcome<PostedTime>[] = [
      { ok: true, output: { id: '1' } },
      { ok: false, failure: failure('transient.unavailable') },
    ];
    const { operations } = guardedConnector(connectorWith(lines), circuit);
    for (let n = 0; n < 9; n++) await operations['time.post']([], signal);
    circuit.state.should.equal('closed');
  });
});

const { signal } = new AbortController();
const facts = (async function* () {
  // no time
})();

/** An ERP whose every batch ends so. */
const connectorWith = (outcomes: LineOutcome<PostedTime>[]) =>
  ({
    system: 'erp',
    health: () => ({ calls: 1 }),
    test: async () => ({ ok: true, message: 'fine' }),
    close: async () => undefined,
    operations: { 'time.post': async () => outcomes, 'posted-time.list': () => facts },
  }) satisfies Connector as ConnectorFor<'time.post' | 'posted-time.list'>;
