import 'should';
import should from 'should';
import { defaultPolicy } from '../../engine/retry-policy.ts';
import { Failure } from '../../model/failure.ts';
import { policyFrom } from '../../nodes/run/policy/policy-from.ts';
import { EngineBench, holding } from './engine-bench.ts';
import { deal } from './sample-events.ts';

const hour = 3_600_000;
const down = () => new Failure({ class: 'auth.denied', code: 'INVALID_LOGIN', message: 'The integration user is locked.' });

describe('A deadline', () => {
  it('parks a run that still waits for a remedy when it comes, and says what it waited for', async () => {
    const bench = await new EngineBench().start();
    bench.policy = { ...defaultPolicy, deadlineMs: hour + 1_000 };
    bench.deliver = (active) => active.retryLater(down(), 'erp');
    await bench.accept(deal('A'));
    await bench.pass(hour);
    (await bench.status('A')).should.equal('waiting');
    await bench.pass(1_000);
    const run = await bench.run('A');
    run.status.should.equal('dead');
    run.failure!.code.should.equal('DEADLINE');
    run.failure!.message.should.match(/The integration user is locked/);
  });

  it('parks a run that nobody has answered, though it would wait without end', async () => {
    const bench = await new EngineBench().start();
    bench.policy = { ...defaultPolicy, deadlineMs: hour };
    bench.deliver = (active) => active.suspend({ reason: 'the boss' });
    await bench.accept(deal('A'));
    await bench.pass(hour);
    (await bench.run('A')).failure!.code.should.equal('DEADLINE');
    bench.delivered.should.have.length(1);
  });

  it('begins anew when the dead letter is replayed', async () => {
    const bench = await new EngineBench().start();
    bench.policy = { ...defaultPolicy, deadlineMs: hour };
    bench.deliver = (active) => active.suspend({ reason: 'the boss' });
    const [id] = (await bench.accept(deal('A'))) as [string];
    await bench.pass(hour);
    await bench.store.replay(id, { actor: 'ana' }, bench.clock.now());
    bench.engine.wake();
    await bench.quiet();
    (await bench.status('A')).should.equal('waiting');
    await bench.pass(hour - 1);
    (await bench.status('A')).should.equal('waiting');
    await bench.pass(1);
    (await bench.status('A')).should.equal('dead');
  });

  it('is none unless the policy says so', async () => {
    const bench = await new EngineBench().start();
    bench.deliver = (active) => active.suspend({ reason: 'the boss' });
    await bench.accept(deal('A'));
    bench.clock.jump(1_000 * hour);
    bench.engine.wake();
    await bench.quiet();
    (await bench.status('A')).should.equal('waiting');
  });
});

describe('A limit of runs at once', () => {
  it('is kept for each entry, and lets the next go as soon as one has ended', async () => {
    const bench = await new EngineBench().start();
    bench.policy = { ...defaultPolicy, concurrency: 2 };
    const node = holding();
    bench.deliver = node.deliver;
    await bench.accept(deal('A'), deal('B'), deal('C'), deal('D'));
    bench.delivered.should.deepEqual(['A', 'B']);
    node.held.get('A')!();
    await bench.quiet();
    bench.delivered.should.deepEqual(['A', 'B', 'C']);
    for (const id of ['B', 'C']) node.held.get(id)!();
    await bench.quiet();
    node.held.get('D')!();
    await bench.quiet();
    node.most().should.equal(2);
    (await bench.store.counts()).done.should.equal(4);
  });

  it('does not hold up the runs of other entries', async () => {
    const bench = await new EngineBench().start();
    bench.policy = { ...defaultPolicy, concurrency: 1 };
    const node = holding();
    bench.deliver = node.deliver;
    const others: string[] = [];
    bench.engine.register({ id: 'other', flow: 'tab', policy: defaultPolicy, deliver: (active) => others.push(active.run.event.id) });
    await bench.accept(deal('A'), deal('B'));
    await bench.engine.accept({ id: 'other', flow: 'tab', policy: defaultPolicy }, [deal('X'), deal('Y')]);
    await bench.quiet();
    bench.delivered.should.deepEqual(['A']);
    others.should.deepEqual(['X', 'Y']);
  });
});

describe('The form of a run policy', () => {
  it('knows deadline, limit and what becomes of a run that cannot go on', () => {
    policyFrom({ deadlineHours: '48', concurrency: 3, onPermanentFailure: 'compensate' }).should.have.properties({
      deadlineMs: 48 * hour,
      concurrency: 3,
      onPermanentFailure: 'compensate',
    });
  });

  it('of an older flow changes nothing', () => {
    should(policyFrom({})).deepEqual(defaultPolicy);
  });
});
