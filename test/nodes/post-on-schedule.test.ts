import 'should';
import { MicroBatch } from '../../runtime/micro-batch.ts';
import type { Work } from '../../runtime/action-node.ts';
import type { PackNode } from '../../runtime/pack-node.ts';
import { ManualClock } from '../engine/manual-clock.ts';

const minute = 60_000;
const evening = Date.UTC(2026, 10, 27, 18);

describe('Time that is posted on a schedule', () => {
  const bed = (schedule = '0 0 1 1 *') => {
    const clock = new ManualClock(evening - 60 * minute);
    const batches: string[][] = [];
    const engine = { clock, mayHold: true, hold: (active: { held: number }) => void active.held++ };
    const words = (_key: string, { until }: { until: string }) => `its batch, ${until}`;
    const base = { id: 'post', words, pack: { clock, engine }, stopping: new AbortController() } as unknown as PackNode;
    const post = async (works: Work[]) => void batches.push(works.map(({ context }) => context.active.run.event.subject));
    const batch = new MicroBatch(base, { size: 2, seconds: 10, schedule }, post);
    const add = (subject: string, more: { createdAt?: number; time?: number } = {}) => {
      const { createdAt = clock.now() } = more;
      const run = { createdAt, crashes: 0, event: { subject, time: new Date(more.time ?? createdAt).toISOString() } };
      const active = { run, held: 0, working: 0, suspend: (waiting: object) => void putOff.push({ subject, ...waiting }) };
      batch.add({
        message: {},
        context: { active },
        finish: () => undefined,
        fail: (error: unknown) => void failed.push(error),
      } as unknown as Work);
    };
    const putOff: object[] = [];
    const failed: unknown[] = [];
    const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
    return { clock, engine, batch, batches, add, putOff, failed, settled };
  };

  it('goes with all that had come in by then, however much of it there was no room for', async () => {
    const { clock, batch, batches, add, settled } = bed();
    for (const subject of ['1', '2', '3']) add(subject);
    batches.should.deepEqual([]);
    clock.jump(60 * minute);
    batch.fire();
    await settled();
    batches.should.deepEqual([['1', '2'], ['3']]);
    clock.jump(minute);
    add('4', { createdAt: evening - minute }); // it had no room while the others were held
    add('5', { time: evening - 10 * minute }); // approved by then, and read now
    add('next week');
    await settled();
    batches.slice(2).should.deepEqual([['4', '5']]);
    clock.jump(4 * minute);
    add('6', { createdAt: evening - minute });
    batch.collected.should.equal(2);
    pass(clock, 11_000);
    await settled();
    batches.slice(3).should.deepEqual([['6']]);
    batch.collected.should.equal(1);
  });

  it('that never comes is told at once: nothing waits for ever', () => {
    for (const schedule of ['0 0 30 2 *', '2020-01-01T00:00:00']) {
      const { add, batch, failed } = bed(schedule);
      add('1');
      batch.collected.should.equal(0);
      failed.should.match([{ class: 'contract.invalid', code: 'SCHEDULE_OVER', field: 'schedule', value: schedule }]);
    }
  });

  it('of which nothing follows any more waits for the next time', async () => {
    const { clock, batch, batches, add, settled } = bed();
    clock.jump(60 * minute);
    batch.fire();
    clock.jump(6 * minute);
    add('came back', { createdAt: evening - minute });
    pass(clock, minute);
    await settled();
    batches.should.deepEqual([]);
    batch.fire();
    await settled();
    batches.should.deepEqual([['came back']]);
  });

  it('is stored until then where so many wait that nothing else would be delivered', async () => {
    const { clock, engine, batch, batches, add, putOff, settled } = bed();
    add('1');
    engine.mayHold = false;
    add('2');
    batch.collected.should.equal(1);
    const until = (putOff as { until: number }[])[0]!.until;
    const next = new Date(until).toISOString();
    const reasonWords = { key: 'WAITS.batch', params: [['until', next]] };
    putOff.should.deepEqual([{ subject: '2', until, node: 'post', reason: `its batch, ${next}`, reasonWords }]);
    new Date(until).getMonth().should.equal(0);
    clock.jump(60 * minute);
    batch.fire();
    add('2', { createdAt: evening - 60 * minute }); // due now, it comes again
    pass(clock, 11_000);
    await settled();
    batches.should.deepEqual([['1'], ['2']]);
  });
});

function pass(clock: ManualClock, ms: number): void {
  const until = clock.now() + ms;
  while (clock.step(until));
}
