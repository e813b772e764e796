import fc from 'fast-check';
import should from 'should';
import { type Distribution, above, partOf, partsOf, quantile, sizeOf, together } from '../../model/distribution.ts';
import { keptPer, kpiNames, kpis } from '../../model/kpis.ts';

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
const latency = 'billing_latency';

function distributed(figure: string, values: readonly number[]): Distribution {
  return together(values.map((value) => ({ [partOf(figure, value)!]: 1 })));
}

/** By a part's width at most beside what it is: nothing in between is kept. */
function told(values: readonly number[], share: number): number | undefined {
  return quantile(partsOf('hours', distributed(latency, values)), share, { least: Math.min(...values), most: Math.max(...values) });
}

describe('How values are distributed', () => {
  it('is told by bounds that fit the unit: a bound belongs to what lies up to it', () => {
    should([0, 1_000, 1_001, hour, hour + 1, 30 * day, 400 * day].map((value) => partOf(latency, value))).deepEqual(
      [1_000, 1_000, 2_000, hour, 1.5 * hour, 30 * day, above].map(String),
    );
    should([0, 10, 7_250, 10_000, 30_000].map((value) => partOf('utilization', value))).deepEqual(['0', '10', '7500', '10000', above]);
    should([0, 1, 4, 5_000_000].map((value) => partOf('synchronisation_backlog', value))).deepEqual(['0', '1', '5', above]);
  });

  it('is told of no figure whose values are all one', () => {
    should(partOf('manual_touches', 1)).equal(undefined);
    should(partOf('ended_runs', 1)).equal(undefined);
    should(partOf('toString', 1)).equal(undefined);
  });

  it('has each usual target as a bound, so that what misses it is told exactly', () => {
    for (const name of kpiNames.filter((one) => !('countedBy' in kpis[one]))) {
      const target = kpis[name].target * keptPer[kpis[name].unit];
      partOf(name, target)!.should.equal(String(target), name);
    }
  });

  it('is the same whether values are added one by one or by days and groups', () => {
    const value = fc.integer({ min: 0, max: 500 * day });
    fc.assert(
      fc.property(fc.array(fc.array(value)), (days) => {
        const all = distributed(latency, days.flat());
        should(together(days.map((one) => distributed(latency, one)))).deepEqual(all);
        sizeOf(all).should.equal(days.flat().length);
      }),
    );
  });

  it('has its parts in order, the empty ones between them too, also where another version had other bounds', () => {
    should(partsOf('hours', { [2 * hour]: 1, [4 * hour]: 2 })).deepEqual([
      { from: 1.5 * hour, to: 2 * hour, count: 1 },
      { from: 2 * hour, to: 3 * hour, count: 0 },
      { from: 3 * hour, to: 4 * hour, count: 2 },
    ]);
    should(partsOf('hours', { 1000: 3, [above]: 1 }).at(0)).deepEqual({ from: null, to: 1000, count: 3 });
    should(partsOf('hours', { 1000: 3, [above]: 1 }).at(-1)).deepEqual({ from: 365 * day, to: null, count: 1 });
    should(partsOf('hours', { [2.5 * hour]: 1, [3 * hour]: 1 }).map(({ from }) => from)).deepEqual([2 * hour, 2.5 * hour]);
    should(partsOf('hours', {})).deepEqual([]);
  });

  it('says what half and nine of ten are at the most, exactly where one part has one value', () => {
    should(told([90 * minute], 0.5)).equal(90 * minute);
    should(told([7 * minute, 7 * minute, 7 * minute], 0.9)).equal(7 * minute);
    should(told([hour, hour, hour, 40 * day], 0.5)).equal(hour);
    should(told([], 0.5)).equal(undefined);
    // a hundred evenly between nothing and 100 hours: bounds at 48 and 72, at 72 and 96
    const even = Array.from({ length: 100 }, (_, n) => (n + 1) * hour);
    told(even, 0.5)!.should.be.approximately(50 * hour, hour);
    told(even, 0.9)!.should.be.approximately(90 * hour, hour);
  });

  it('is never further off than the part is wide that the value lies in, and never beyond the least and the most', () => {
    const values = fc.array(fc.integer({ min: 0, max: 800 * day }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(values, fc.constantFrom(0.5, 0.9, 1), (some, share) => {
        const ordered = some.toSorted((one, other) => one - other);
        const exact = ordered[Math.ceil(share * ordered.length) - 1]!;
        const { from, to } = partsOf('hours', distributed(latency, [exact]))[0]!;
        told(some, share)!.should.be.within(Math.max(from ?? 0, ordered[0]!) - 1e-6, Math.min(to ?? Infinity, ordered.at(-1)!) + 1e-6);
      }),
    );
  });
});
