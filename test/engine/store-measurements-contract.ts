import should from 'should';
import { type Measurement, mostGroups } from '../../engine/store/measurements.ts';
import type { OpenStore } from './open-store.ts';

const noon = Date.UTC(2026, 2, 31, 12);
const nextDay = noon + 86_400_000;
const measured = (value: number, more: Partial<Measurement> = {}): Measurement => ({
  ...{ figure: 'billing_latency', at: noon, value, flow: 'f', entity: 'UK', region: '', practice: '' },
  ...more,
});
const march = { from: '2026-03-01', to: '2026-04-30' };

export function measurementsContract(open: OpenStore): void {
  describe('figures', () => {
    it('are kept by day and group: how many, together, the least and the most', async () => {
      const { store, again } = await open();
      await store.addMeasurements([measured(5), measured(0), measured(7, { entity: 'DE' }), measured(3, { at: nextDay })]);
      await store.addMeasurements([measured(9)]);
      const { store: next } = await again();
      const group = { figure: 'billing_latency', flow: 'f', region: '', practice: '' };
      should(await next.figures(march)).deepEqual([
        { ...group, day: '2026-03-31', entity: 'DE', count: 1, sum: 7, least: 7, most: 7, spread: { 1000: 1 } },
        { ...group, day: '2026-03-31', entity: 'UK', count: 3, sum: 14, least: 0, most: 9, spread: { 1000: 3 } },
        { ...group, day: '2026-04-01', entity: 'UK', count: 1, sum: 3, least: 3, most: 3, spread: { 1000: 1 } },
      ]);
      should(await next.figures({ from: '2026-04-01', to: '2026-04-01' })).have.length(1);
      should(await next.figures({ from: '2026-04-02', to: '2026-04-30' })).deepEqual([]);
    });

    it('are kept with how they are distributed, over several days and additions, and that of what has no distribution is empty', async () => {
      const { store, again } = await open();
      const [hour, year] = [3_600_000, 31_536_000_000];
      await store.addMeasurements([hour, hour + 1, 2 * hour, 3 * year].map((value) => measured(value)));
      await store.addMeasurements([measured(hour), measured(1, { figure: 'manual_touches' }), measured(1, { figure: 'ended_runs' })]);
      await store.addMeasurements([measured(250, { figure: 'utilization' }), measured(0, { figure: 'utilization', at: nextDay })]);
      const { store: next } = await again();
      should((await next.figures(march)).map(({ figure, count, spread }) => [figure, count, spread])).deepEqual([
        ['billing_latency', 5, { [hour]: 2, [1.5 * hour]: 1, [2 * hour]: 1, above: 1 }],
        ['ended_runs', 1, {}],
        ['manual_touches', 1, {}],
        ['utilization', 1, { 300: 1 }],
        ['utilization', 1, { 0: 1 }],
      ]);
    });

    it('are added once for what has happened, whoever measures it: the place moves with them', async () => {
      const { store, again } = await open();
      should(await store.measuredTo()).be.undefined();
      (await store.measure({ from: null, to: { seq: 5 }, add: [measured(1)] })).should.equal(true);
      (await store.measure({ from: null, to: { seq: 6 }, add: [measured(1)] })).should.equal(false);
      (await store.measure({ from: { seq: 4 }, to: { seq: 6 }, add: [measured(1)] })).should.equal(false);
      (await store.measure({ from: { seq: 5 }, to: { seq: 9 }, add: [measured(2)] })).should.equal(true);
      const { store: next } = await again();
      should(await next.measuredTo()).deepEqual({ seq: 9 });
      should((await next.figures(march)).map(({ count, sum }) => [count, sum])).deepEqual([[2, 3]]);
    });

    it('hold sums that are larger than four bytes, and texts of any sign', async () => {
      const { store } = await open();
      const year = 31_536_000_000;
      await store.addMeasurements([measured(year, { region: 'Île-de-France 🜁' }), measured(year, { region: 'Île-de-France 🜁' })]);
      const [day] = await store.figures(march);
      should([day!.sum, day!.region]).deepEqual([2 * year, 'Île-de-France 🜁']);
    });
  });
}

/** Names come from outside: however many there are, what is kept stays small. */
export function manyGroupsContract(open: OpenStore): void {
  it('keeps no more groups of a figure on a day than there is room for, and loses none of their figures', async () => {
    const { store } = await open();
    const many = Array.from({ length: mostGroups + 20 }, (_, place) => measured(1, { entity: `entity ${place}` }));
    await store.addMeasurements(many.slice(0, mostGroups - 1));
    await store.addMeasurements(many.slice(mostGroups - 1));
    await store.addMeasurements([measured(1, { entity: 'entity 3' }), measured(1, { entity: 'one more' })]);
    const days = await store.figures(march);
    days.length.should.equal(mostGroups + 1);
    days.reduce((sum, { count }) => sum + count, 0).should.equal(mostGroups + 22);
    days.find(({ entity }) => entity === 'entity 3')!.count.should.equal(2);
    const others = days.find(({ entity }) => entity === '')!;
    should(others.spread).deepEqual({ 1000: others.count });
  });
}
