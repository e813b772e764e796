import 'should';
import type { ActiveRun } from '../../engine/active-run.ts';
import { defaultPolicy } from '../../engine/retry-policy.ts';
import { Failure } from '../../model/failure.ts';
import { EngineBench, holding } from './engine-bench.ts';
import { deal } from './sample-events.ts';

const many = (count: number) => Array.from({ length: count }, (_, n) => deal(`D${n}`));

describe('Many runs at once', () => {
  it('are delivered so many at a time and no more', async () => {
    const bench = await new EngineBench({ concurrency: 4 }).start();
    const node = holding();
    bench.deliver = node.deliver;
    await bench.accept(...many(20));
    while (node.held.size > 0) {
      [...node.held.values()][0]!();
      await bench.quiet();
    }
    node.most().should.equal(4);
    (await bench.store.counts()).done.should.equal(20);
  });

  it('make room for others while they wait in a batch, up to what memory allows, of which the last quarter is for other entries', async () => {
    const bench = await new EngineBench({ concurrency: 2, maxActive: 10 }).start();
    bench.deliver = (active) => {
      active.enter('batch', 0);
      active.held++;
      bench.engine.wake();
    };
    await bench.accept(...many(20));
    bench.engine.active.size.should.equal(8);
    const [first] = bench.engine.active.values();
    first!.held--;
    first!.leave('batch', 0);
    await bench.quiet();
    bench.engine.active.size.should.equal(9);
    (await bench.store.counts()).should.have.properties({ done: 1, running: 9, ready: 10 });
    const other: string[] = [];
    const entry = { id: 'other', flow: 'tab', policy: bench.policy, deliver: ({ run }: ActiveRun) => void other.push(run.event.id) };
    bench.engine.register(entry);
    await bench.engine.accept(entry, [deal('won')]);
    await bench.quiet();
    other.should.deepEqual(['won']);
  });

  it('that wait for a time far ahead leave room for others: beyond half of it they are put off', async () => {
    const bench = await new EngineBench({ concurrency: 2, maxActive: 10 }).start();
    bench.deliver = (active) => {
      if (active.run.event.id === 'other') return;
      active.enter('batch', 0);
      if (bench.engine.mayHold) return bench.engine.hold(active);
      active.suspend({ until: bench.clock.now() + 1_000_000, node: 'batch', reason: 'its batch' });
      active.leave('batch', 0);
    };
    await bench.accept(...many(20));
    await bench.quiet();
    (await bench.store.counts()).should.have.properties({ running: 5, waiting: 15, ready: 0 });
    await bench.accept(deal('other'));
    (await bench.status('other')).should.equal('done');
  });

  it('of large events are delivered as many at a time as memory allows, and small ones beside them', async () => {
    const bench = await new EngineBench().start();
    const node = holding();
    bench.deliver = node.deliver;
    const large = (n: number) => ({ ...deal(`L${n}`), data: { text: 'x'.repeat(n < 10 ? 2_000_000 : 15_000_000) } });
    await bench.accept(...Array.from({ length: 10 }, (_, n) => large(n)), deal('small'));
    [...node.held.keys()].should.deepEqual(['L0', 'L1', 'L2', 'L3', 'L4', 'L5', 'L6', 'L7']);
    for (const id of ['L0', 'L1', 'L2', 'L3', 'L4', 'L5']) node.held.get(id)!();
    await bench.quiet();
    [...node.held.keys()].should.deepEqual(['L6', 'L7', 'L8', 'L9', 'small']);
    for (const release of [...node.held.values()]) release();
    await bench.quiet();
    await bench.accept(large(10), large(11), ...many(20));
    [...node.held.keys()].should.deepEqual(['L10', 'L11', 'D0', 'D1', 'D2', 'D3', 'D4', 'D5']);
    while (node.held.size > 0) {
      [...node.held.values()][0]!();
      await bench.quiet();
    }
    (await bench.store.counts()).should.have.properties({ done: 33, ready: 0, running: 0 });
  });

  it('go on past a poison event, which holds up only its own business key', async () => {
    const bench = await new EngineBench({ concurrency: 2 }).start();
    bench.deliver = (active) => {
      if (active.run.event.id === 'poison')
        active.retryLater(new Failure({ class: 'transient.locked', code: 'ROW_LOCK', message: 'x' }), 'erp');
    };
    await bench.accept(deal('poison', 'ENG-1'), deal('next', 'ENG-1'), ...many(50));
    (await bench.store.counts()).should.have.properties({ done: 50, waiting: 1, ready: 1 });
    await bench.pass(3_600_000);
    (await bench.status('poison')).should.equal('dead');
    (await bench.status('next')).should.equal('done');
  });

  it('of one business key are delivered one at a time in order of arrival, whatever goes wrong between', async () => {
    const bench = await new EngineBench().start();
    let failures = 3;
    bench.deliver = (active) => {
      if (active.run.event.id === 'K1' && failures-- > 0)
        active.retryLater(new Failure({ class: 'transient.locked', code: 'X', message: 'x' }));
    };
    await bench.accept(deal('K0', 'K'), deal('K1', 'K'), deal('K2', 'K'));
    await bench.pass(60_000);
    bench.delivered.should.deepEqual(['K0', 'K1', 'K1', 'K1', 'K1', 'K2']);
  });

  it('are not forgotten when they become due while the engine is looking', async () => {
    let busyFor = 0;
    const before = (method: string) => {
      if (method === 'nextDue') bench.clock.jump(busyFor);
    };
    const bench = new EngineBench({ watching: { before } });
    await bench.start();
    let down = true;
    bench.deliver = (active) => {
      if (down) active.retryLater(new Failure({ class: 'transient.locked', code: 'X', message: 'x', retryAfterMs: 10_000 }));
    };
    await bench.accept(deal('A'));
    down = false;
    await bench.pass(9_999);
    busyFor = 5; // the moment at which A is due goes by between two questions to the store
    bench.engine.wake();
    await bench.quiet();
    busyFor = 0;
    await bench.pass(1_000);
    (await bench.status('A')).should.equal('done');
  });
});

describe('A store that fails for a while', () => {
  it('holds everything up without losing or repeating anything, and all goes on when it works again', async () => {
    let broken = false;
    const before = () => {
      if (broken) throw new Failure({ class: 'transient.unavailable', code: 'STORE_FULL', message: 'The disk is full.' });
    };
    const bench = await new EngineBench({ watching: { before } }).start();
    const said: (string | undefined)[] = [];
    bench.engine.on('storeFailed', (failure) => said.push(failure?.code));
    const node = holding();
    bench.deliver = node.deliver;
    await bench.accept(deal('A', 'K'), deal('B', 'K'), deal('C'));
    broken = true;
    for (const release of [...node.held.values()]) release();
    await bench.quiet();
    await bench.pass(60_000);
    said[0]!.should.equal('STORE_FULL');
    broken = false;
    await bench.pass(defaultPolicy.stallAfterMs / 10);
    for (const release of [...node.held.values()]) release();
    await bench.pass(60_000);
    (await bench.store.counts()).should.have.properties({ done: 3, running: 0, ready: 0 });
    bench.delivered.should.deepEqual(['A', 'C', 'B']);
    (said.at(-1) === undefined).should.equal(true);
    bench.engine.active.size.should.equal(0);
  });

  it('stores no event that it cannot: the source is told and asks again', async () => {
    let broken = true;
    const before = (method: string) => {
      if (broken && method === 'accept')
        throw new Failure({ class: 'transient.unavailable', code: 'STORE_FULL', message: 'The disk is full.' });
    };
    const bench = await new EngineBench({ watching: { before } }).start();
    await bench.accept(deal('A')).should.be.rejectedWith({ code: 'STORE_FULL' });
    broken = false;
    (await bench.accept(deal('A'))).should.have.length(1);
    (await bench.status('A')).should.equal('done');
  });
});
