import 'should';
import { Pace } from '../../engine/pace.ts';
import { EngineBench } from './engine-bench.ts';
import { ManualClock } from './manual-clock.ts';
import { deal } from './sample-events.ts';

describe('The pace of writes to a connection', () => {
  const open = () => new AbortController().signal;
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

  it('spaces writes evenly, and lets one go at once that comes after a rest', async () => {
    const clock = new ManualClock();
    const pace = new Pace(clock);
    const began = clock.now();
    const went: number[] = [];
    const turns = [1, 2, 3].map(() => pace.turn(() => 60, open()).then(() => went.push(clock.now() - began)));
    await turn();
    while (clock.step(began + 10_000)) await turn();
    await Promise.all(turns);
    went.should.deepEqual([0, 1_000, 2_000]);
    await pace.turn(() => 60, open());
    (clock.now() - began).should.equal(10_000);
  });

  it('counts what the runs of another policy write to the same connection', async () => {
    const clock = new ManualClock();
    const pace = new Pace(clock);
    const began = clock.now();
    await pace.turn(() => 60, open());
    const slower = pace.turn(() => 6, open()).then(() => clock.now() - began);
    const next = pace.turn(() => 60, open()).then(() => clock.now() - began);
    while (clock.step(began + 60_000)) await turn();
    (await slower).should.equal(1_000);
    (await next).should.equal(11_000);
  });

  it('takes another rate from the next write on, whatever waits', async () => {
    const clock = new ManualClock();
    const pace = new Pace(clock);
    const began = clock.now();
    let perMinute = 60;
    const went: number[] = [];
    for (let n = 0; n < 4; n++) {
      void pace
        .turn(() => perMinute, open())
        .then(() => {
          went.push(clock.now() - began);
          if (n === 1) perMinute = 20; // two others share it from now on
        });
    }
    await turn();
    while (clock.step(began + 60_000)) await turn();
    went.should.deepEqual([0, 1_000, 2_000, 5_000]);
  });

  it('makes up for a second at most when the process stood still, and waits no longer when its clock was put back', async () => {
    const clock = new ManualClock();
    const pace = new Pace(clock);
    const went: number[] = [];
    for (let n = 0; n < 120; n++) void pace.turn(() => 120, open()).then(() => went.push(clock.now()));
    await turn();
    clock.jump(30_000);
    clock.step(clock.now());
    await turn();
    went.length.should.be.within(2, 4);
    const back = new ManualClock();
    const other = new Pace(back);
    await other.turn(() => 120, open());
    back.jump(-3_600_000);
    const next = other.turn(() => 120, open());
    const began = back.now();
    while (back.step(began + 600)) await turn();
    await next;
    (back.now() - began).should.be.belowOrEqual(600);
  });

  it('gives a turn up when the flow stops, and the write counts as not made', async () => {
    const bench = await new EngineBench().start();
    const stop = new AbortController();
    const pace = new Pace(bench.clock);
    const sent: string[] = [];
    bench.deliver = (active) => {
      active.enter('erp', 0);
      active.working++;
      const effects = bench.engine.effectsFor(active, 'erp', 'erp', () => pace.turn(() => 1, stop.signal));
      const write = (key: string) =>
        effects.write({ key, title: key, request: null, settle: 'person', send: async () => sent.push(key) }).catch((error: unknown) => {
          (error as { code: string }).code.should.equal('ABORTED');
          active.interrupted = true;
        });
      void Promise.all([write('one'), write('two')]).then(() => {
        active.working--;
        active.leave('erp', 0);
      });
    };
    await bench.accept(deal('A'));
    sent.should.deepEqual(['one']);
    bench.engine.pause();
    stop.abort();
    await bench.quiet();
    const [run] = await bench.store.runs({ limit: 1 });
    (await bench.store.effects(run!.id))
      .map(({ business, status }) => `${business} ${status}`)
      .should.deepEqual(['one done', 'two not-made']);
  });

  it('is of the time at which a write is sent: an intent that grew old in the queue is committed anew', async () => {
    const bench = await new EngineBench().start();
    const pace = new Pace(bench.clock);
    bench.deliver = (active) => {
      active.enter('erp', 0);
      active.working++;
      const effects = bench.engine.effectsFor(active, 'erp', 'erp', () => pace.turn(() => 1, open()));
      const write = (key: string) => effects.write({ key, title: key, request: null, settle: 'person', send: async () => null });
      void Promise.all([write('one'), write('two')]).then(() => {
        active.working--;
        active.leave('erp', 0);
      });
    };
    const began = bench.clock.now();
    await bench.accept(deal('A'));
    await bench.pass(61_000);
    (await bench.status('A')).should.equal('done');
    const [run] = await bench.store.runs({ limit: 1 });
    const times = new Map((await bench.store.effects(run!.id)).map(({ business, intendedAt }) => [business, intendedAt - began]));
    times.get('one')!.should.equal(0);
    times.get('two')!.should.equal(60_000);
  });
});
