import 'should';
import should from 'should';
import type { Kpi } from '../../console/answers.ts';
import { distributionPlot, trendOf } from '../../console/view-models/kpi-plots.ts';
import { scaleOf } from '../../console/view-models/kpi-scale.ts';

const kpi = (more: Partial<Kpi> = {}): Kpi => ({
  ...{ name: 'billing_latency', unit: 'hours', better: 'less', target: 24, value: 10, count: 3, least: 1, most: 20, missed: false },
  ...{ noValue: null, forecast: null, median: null, p90: null, distribution: null, days: [], groups: [] },
  ...more,
});
const day = (number: number, value: number) => ({
  day: `2026-03-${String(number).padStart(2, '0')}`,
  value,
  count: 1,
  median: null,
  p90: null,
});
const span = { from: '2026-03-01', to: '2026-03-10' };
const drawn = (plot: ReturnType<typeof trendOf>, kind: string) => plot!.drawn.find((one) => one.kind === kind);

describe('What is drawn of a figure', () => {
  it('is nothing of a month in which nothing was measured', () => {
    should(trendOf(kpi(), span, () => '')).equal(undefined);
    should(distributionPlot(kpi(), () => '')).equal(undefined);
  });

  it('has a hole where nothing was measured: neither zero nor a line', () => {
    const { points } = drawn(
      trendOf(kpi({ days: [day(1, 5), day(2, 0), day(5, 7)] }), span, ({ day: of }) => of),
      'days',
    )!;
    points.map((point) => point && point.y).should.deepEqual([5, 0, null, null, 7, null, null, null, null, null]);
  });

  it('shows a single day, and says which days miss the target', () => {
    const plot = trendOf(kpi({ days: [day(4, 30)] }), span, () => '');
    drawn(plot, 'days')!.points[3]!.missed!.should.equal(true);
    drawn(plot, 'target')!.points[0]!.y.should.equal(24);
    plot!.scale[2]!.should.be.aboveOrEqual(30);
    const more = trendOf(kpi({ better: 'more', unit: 'percent', target: 70, days: [day(4, 60), day(5, 70)] }), span, () => '');
    drawn(more, 'days')!
      .points.flatMap((point) => (point ? [point.missed] : []))
      .should.deepEqual([true, false]);
  });

  it('puts what is far above all others at the edge, so that the rest can be read', () => {
    const days = [...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((of) => day(of, 2)), day(10, 8_760)];
    const plot = trendOf(kpi({ days, target: 3 }), span, () => '');
    const last = drawn(plot, 'days')!.points[9]!;
    last.beyond!.should.equal(true);
    last.y.should.equal(plot!.scale[2]);
    plot!.scale[2]!.should.be.belowOrEqual(12);
  });

  it('marks as above the chart only what lies above its scale, and leaves a target in sight that is near', () => {
    const values = [2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3.4, 900];
    const days = values.map((value, place) => day(place + 1, value));
    const plot = trendOf(kpi({ days, target: 10 }), { from: '2026-03-01', to: '2026-03-20' }, () => '')!;
    drawn(plot, 'days')!
      .points.map((point) => point!.beyond)
      .should.deepEqual(values.map((value) => value === 900));
    drawn(plot, 'target')!.points[0]!.y.should.equal(10);
  });

  it('goes on to what is foretold, behind the last day that was measured', () => {
    const days = [1, 2, 3, 4, 5].map((of) => day(of, of));
    const plot = trendOf(kpi({ days, forecast: 8 }), span, () => '');
    drawn(plot, 'forecast')!
      .points.map((point) => point!.x)
      .should.deepEqual([5, 11]);
    plot!.across.should.deepEqual([0, 11]);
  });

  it('is a bar for each part of the distribution that has values, with median, nine of ten and target where they lie', () => {
    const parts = [
      { from: null, to: 1, count: 1 },
      { from: 1, to: 24, count: 0 },
      { from: 24, to: 48, count: 1_000 },
      { from: 48, to: null, count: 2 },
    ];
    const plot = distributionPlot(kpi({ distribution: { count: 1_003, parts }, median: 36, p90: 400 }), ({ count }) => String(count))!;
    const of = (kind: string) => plot.drawn.filter((one) => one.kind === kind);
    of('bar')
      .map(({ label }) => label)
      .should.deepEqual(['1']);
    of('missed')
      .map(({ label }) => label)
      .should.deepEqual(['1000', '2']);
    // one of a thousand is seen
    of('bar')[0]!.points[1]!.y.should.be.above(20);
    of('median')[0]!.points[0]!.x.should.equal(2.5);
    of('p90')[0]!.points[0]!.x.should.equal(3.5);
    of('target')[0]!.points[0]!.x.should.equal(2);
  });

  it('has a scale of steps at which people read, that holds all', () => {
    scaleOf('hours', [0]).length.should.equal(3);
    for (const [unit, values] of [
      ['hours', [0.001]],
      ['hours', [30]],
      ['hours', [8_760]],
      ['percent', [64, 78]],
      ['percent', [0, 0]],
      ['count', [1_234_567]],
    ] as const) {
      const [low, middle, high] = scaleOf(unit, values);
      low.should.be.belowOrEqual(Math.min(...values));
      high.should.be.aboveOrEqual(Math.max(...values));
      (middle - low).should.be.approximately(high - middle, 1e-9);
    }
    scaleOf('percent', [64, 78])[0].should.be.above(0);
  });
});
