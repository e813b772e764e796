import 'should';
import should from 'should';
import { height, kpiLine, width } from '../../console/view-models/kpi-line.ts';

const days = (...values: [day: string, value: number][]) => values.map(([day, value]) => ({ day: `2026-03-${day}`, value, count: 1 }));
const pointsOf = (line: { points: string } | undefined) => line!.points.split(' ').map((point) => point.split(',').map(Number));

describe('The line of a figure', () => {
  it('goes from the first day to the last, by their dates: a day without figures is gone over', () => {
    const points = pointsOf(kpiLine({ days: days(['01', 0], ['02', 10], ['05', 0]), target: 5 }));
    const [[left], [next, up], [right, down]] = points as [[number, number], [number, number], [number, number]];
    (next - left).should.be.approximately((right - left) / 4, 0.2);
    up.should.be.below(down);
    left.should.be.above(0);
    right.should.be.below(width);
  });

  it('has the target in it, unless that is so far off that the days would be one flat line', () => {
    kpiLine({ days: days(['01', 10], ['02', 12]), target: 13 })!.target!.should.be.within(0, height / 2);
    should(kpiLine({ days: days(['01', 0.001], ['02', 0.002]), target: 24 })!.target).equal(undefined);
  });

  it('is level where all days are the same, and none of one day', () => {
    const [[, first], [, second]] = pointsOf(kpiLine({ days: days(['01', 7], ['02', 7]), target: 100 })) as [
      [number, number],
      [number, number],
    ];
    first.should.equal(second);
    Number.isFinite(first).should.equal(true);
    should(kpiLine({ days: days(['01', 7]), target: 5 })).equal(undefined);
    pointsOf(kpiLine({ days: days(['01', 0], ['02', 0]), target: 0 }))
      .flat()
      .every(Number.isFinite)
      .should.equal(true);
  });
});
