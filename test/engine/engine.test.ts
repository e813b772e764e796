import 'should';
import should from 'should';
import type { ActiveRun } from '../../engine/active-run.ts';
import { defaultPolicy } from '../../engine/retry-policy.ts';
import { Failure, type FailureDetails } from '../../model/failure.ts';
import { EngineBench, holding } from './engine-bench.ts';
import { deal } from './sample-events.ts';

const unavailable: FailureDetails = { class: 'transient.unavailable', code: 'HTTP_503', message: 'Down for maintenance.' };
const failWith = (details: FailureDetails) => (active: { retryLater(failure: Failure, node: string): void }) =>
  active.retryLater(new Failure(details), 'erp');

describe('A run that the engine delivers', () => {
  it('is done when its last message is', async () => {
    const bench = await new EngineBench().start();
    const node = holding();
    bench.deliver = node.deliver;
    await bench.accept(deal('A'));
    (await bench.status('A')).should.equal('running');
    node.held.get('A')!();
    await bench.quiet();
    (await bench.status('A')).should.equal('done');
    bench.engine.active.size.should.equal(0);
  });

  it('is tried again after 2, 4, 8 s and so on when a system is down, and given up after eight deliveries', async () => {
    const bench = await new EngineBench().start();
    const at: number[] = [];
    const began = bench.clock.now();
    bench.deliver = (active) => {
      at.push((bench.clock.now() - began) / 1000);
      failWith(unavailable)(active);
    };
    await bench.accept(deal('A'));
    (await bench.status('A')).should.equal('waiting');
    await bench.pass(3_600_000);
    at.should.deepEqual([0, 2, 6, 14, 30, 62, 126, 254]);
    const run = await bench.run('A');
    run.should.have.properties({ status: 'dead', failedNode: 'erp', attempts: 8 });
    run.failure!.remedy!.should.match(/Given up after 8 attempts/);
    (await bench.store.failedAttempts(run.id)).map((one) => one.attempt).should.deepEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('is begun in its turn when copies of large events take their time: others have theirs in between', async () => {
    const bench = await new EngineBench().start();
    bench.engine.pause();
    const ids = Array.from({ length: 40 }, (_none, index) => `L${index}`);
    await bench.accept(...ids.map((id) => deal(id)));
    let turns = 0;
    let isOver = false;
    const count = () => {
      turns++;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    const turnsAt: number[] = [];
    bench.deliver = () => {
      turnsAt.push(turns);
      for (const until = performance.now() + 3; performance.now() < until;) continue;
    };
    bench.engine.start();
    await bench.quiet();
    isOver = true;
    bench.delivered.should.deepEqual(ids);
    const inOneTurn = Math.max(...turnsAt.map((turn) => turnsAt.filter((other) => other === turn).length));
    inOneTurn.should.be.belowOrEqual(16);
  });

  it('ends as overtaken when a newer version of its record was written, and is not delivered', async () => {
    const bench = await new EngineBench().start();
    const entry = (at: string) => ({ ...deal(`4711:${at}`, '4711'), version: { record: '4711', at } });
    await bench.accept(entry('2026-11-20T10:00:00.000Z'));
    await bench.accept(entry('2026-11-20T09:00:00.000Z'));
    await bench.quiet();
    bench.delivered.should.deepEqual(['4711:2026-11-20T10:00:00.000Z']);
    const late = await bench.run('4711:2026-11-20T09:00:00.000Z');
    late.should.have.properties({ status: 'cancelled' });
    late.failure!.should.have.properties({ class: 'conflict.stale', code: 'OVERTAKEN', value: '2026-11-20T10:00:00.000Z' });
  });

  it('comes back no sooner than the system asked for', async () => {
    const bench = await new EngineBench().start();
    bench.deliver = failWith({ ...unavailable, class: 'transient.throttled', retryAfterMs: 90_000 });
    await bench.accept(deal('A'));
    await bench.pass(89_999);
    bench.delivered.should.have.length(1);
    await bench.pass(1);
    bench.delivered.should.have.length(2);
  });

  it('comes back after its pause when the clock was an hour ahead and is set right meanwhile', async () => {
    const bench = await new EngineBench().start();
    bench.deliver = failWith(unavailable);
    await bench.accept(deal('A'));
    bench.clock.set(-3_600_000);
    await bench.pass(5_000);
    bench.delivered.length.should.be.within(2, 3);
  });

  it('waits for its moment, not for a pause, when the clock is set back', async () => {
    const bench = await new EngineBench().start();
    const until = bench.clock.now() + 60_000;
    bench.deliver = (active) => active.suspend({ reason: 'the quarter', until });
    await bench.accept(deal('A'));
    bench.clock.set(-3_600_000);
    await bench.pass(70_000);
    bench.delivered.should.have.length(1);
  });

  it('waits without end while a person must act first, and is not given up', async () => {
    const bench = await new EngineBench().start();
    bench.deliver = failWith({ class: 'auth.denied', code: 'INVALID_LOGIN', message: 'The integration user is locked.' });
    await bench.accept(deal('A'));
    await bench.pass(300_000 * 20);
    bench.delivered.should.have.length(21);
    (await bench.status('A')).should.equal('waiting');
    bench.deliver = () => undefined;
    await bench.pass(300_000);
    (await bench.status('A')).should.equal('done');
  });

  it('is a dead letter at once when trying again cannot help', async () => {
    const bench = await new EngineBench().start();
    bench.deliver = (active) => active.fail(new Failure({ class: 'business.rejected', code: 'PERIOD_CLOSED', message: 'Closed.' }), 'erp');
    await bench.accept(deal('A'));
    await bench.pass(3_600_000);
    bench.delivered.should.deepEqual(['A']);
    should(await bench.run('A')).have.properties({ status: 'dead', failedNode: 'erp' });
  });

  it('is parked rather than tried again when one branch must be looked at and another could be tried again', async () => {
    const bench = await new EngineBench().start();
    bench.deliver = (active) => {
      active.retryLater(new Failure(unavailable), 'psa');
      active.fail(new Failure({ class: 'contract.invalid', code: 'X', message: 'x' }), 'erp');
    };
    await bench.accept(deal('A'));
    should(await bench.run('A')).have.properties({ status: 'dead', failedNode: 'erp' });
  });

  it('is delivered again, uncounted, when a redeploy took its messages', async () => {
    const bench = await new EngineBench().start();
    const node = holding();
    bench.deliver = node.deliver;
    await bench.accept(deal('A'));
    node.held.get('A')!((active) => {
      active.interrupted = true;
    });
    await bench.quiet();
    bench.delivered.should.deepEqual(['A', 'A']);
    should(await bench.run('A')).have.properties({ status: 'running', attempts: 1 });
    node.held.get('A')!();
    await bench.quiet();
    (await bench.status('A')).should.equal('done');
  });

  it('is found by the mark of this delivery only: messages of an earlier one are nobody’s', async () => {
    const bench = await new EngineBench().start();
    const node = holding();
    bench.deliver = node.deliver;
    const [id] = (await bench.accept(deal('A'))) as [string];
    const { token } = bench.engine.active.get(id)!.run;
    should(bench.engine.find(id, token)).equal(bench.engine.active.get(id));
    await bench.engine.release();
    await bench.quiet();
    should(bench.engine.find(id, token)).equal(undefined);
    should(bench.engine.endedLately(id)).equal('over');
    should(bench.engine.find(id, bench.engine.active.get(id)!.run.token)).be.ok();
  });

  it('names the node that swallowed its message: dead, never done', async () => {
    const bench = await new EngineBench().start();
    bench.deliver = holding('swallower').deliver;
    await bench.accept(deal('A'));
    await bench.pass(defaultPolicy.stallAfterMs - 5_000);
    (await bench.status('A')).should.equal('running');
    await bench.pass(10_000);
    const run = await bench.run('A');
    run.should.have.properties({ status: 'dead', failedNode: 'swallower' });
    run.failure!.code.should.equal('STALLED');
    run.failure!.message.should.match(/swallower/);
  });

  it('does not stall while an operation of it is under way, or while it waits in a batch', async () => {
    const bench = await new EngineBench().start();
    bench.deliver = (active) => {
      active.enter('erp', 0);
      if (active.run.event.id === 'A') active.working++;
      else active.held++;
    };
    await bench.accept(deal('A'), deal('B'));
    await bench.pass(10 * defaultPolicy.stallAfterMs);
    (await bench.store.counts()).should.have.properties({ running: 2, dead: 0 });
  });

  it('fails with the reason when the entry node cannot deliver it', async () => {
    const bench = await new EngineBench().start();
    bench.deliver = () => {
      throw new Error('no such wire');
    };
    await bench.accept(deal('A'));
    const run = await bench.run('A');
    run.should.have.properties({ status: 'dead', failedNode: 'in' });
    run.failure!.message.should.equal('no such wire');
  });

  it('stays as it is while nothing is delivered, and is delivered when that is over', async () => {
    const bench = await new EngineBench().start();
    bench.engine.pause();
    await bench.accept(deal('A'));
    await bench.pass(600_000);
    (await bench.status('A')).should.equal('ready');
    bench.engine.start();
    await bench.quiet();
    (await bench.status('A')).should.equal('done');
  });

  it('waits for its entry node to come back', async () => {
    const bench = await new EngineBench().start();
    bench.engine.unregister('in');
    await bench.accept(deal('A'));
    (await bench.status('A')).should.equal('ready');
    bench.engine.register({ id: 'in', flow: 'tab', policy: defaultPolicy, deliver: () => undefined });
    await bench.quiet();
    (await bench.status('A')).should.equal('done');
  });
});

describe('A run that only reads, for somebody who waits', () => {
  const reading = async (deliver: EngineBench['deliver']) => {
    const bench = await new EngineBench().start();
    bench.reads = true;
    bench.deliver = deliver;
    await bench.accept(deal('A'));
    await bench.quiet();
    return bench;
  };

  it('is over when it fails, with its reason: it is neither tried again nor kept for a person', async () => {
    for (const [deliver, code] of [
      [failWith(unavailable), 'HTTP_503'],
      [
        (active: ActiveRun) => active.fail(new Failure({ class: 'business.rejected', code: 'CLOSED', message: 'Closed.' }), 'erp'),
        'CLOSED',
      ],
      [(active: ActiveRun) => active.suspend({ reason: 'a person' }), 'READ_WAITS'],
    ] as const) {
      const bench = await reading(deliver);
      await bench.pass(600_000);
      bench.delivered.should.have.length(1);
      const run = await bench.run('A');
      should(run).match({ status: 'cancelled', failure: { code } });
      (await bench.store.journal({ subject: run.id, limit: 10 })).should.be.empty();
    }
  });

  it('is done when it went well', async () => {
    const bench = await reading(() => undefined);
    (await bench.status('A')).should.equal('done');
  });

  it('that has written after all is a run like any other', async () => {
    const node = holding();
    const bench = await reading(node.deliver);
    const [active] = bench.engine.active.values();
    await bench.engine.effectsFor(active!, 'n', 'erp').write({
      ...{ key: 'x', title: 'X', request: null, settle: 'repeat', undo: null },
      send: () => Promise.resolve(1),
    });
    active!.retryLater(new Failure(unavailable), 'erp');
    node.held.get('A')!();
    await bench.quiet();
    (await bench.status('A')).should.equal('waiting');
  });

  it('is delivered again where a deploy has lost its messages: whoever waits still does', async () => {
    let lost = true;
    const bench = await reading((active) => {
      active.interrupted = lost;
      lost = false;
    });
    (await bench.status('A')).should.equal('done');
    bench.delivered.should.have.length(2);
  });
});
