import 'should';
import should from 'should';
import { forecastOf } from '../../runtime/kpis/forecast.ts';

const days = (...values: number[]) => values.map((y, x) => ({ x: 20_000 + x, y }));

describe('Where the days of a figure go', () => {
  it('is on the line that they keep, four days ahead of the last, weekends or not', () => {
    should(forecastOf(days(10, 20, 30, 40, 50))).be.approximately(90, 1e-6);
    should(forecastOf(days(10, 20, 30, 40, 50, 60, 70).filter((_, place) => place !== 4))).be.approximately(110, 1e-6);
  });

  it('is not told of fewer than five days, and is never less than nothing', () => {
    should(forecastOf(days(1, 2, 3, 4))).equal(undefined);
    should(forecastOf(days(5, 4, 3, 2, 1))).equal(0);
  });

  it('is not bent by one day that was as no other, wherever it stands', () => {
    const usual = [12, 11, 13, 12, 11, 12, 13, 12, 11, 12];
    for (const place of [0, 5, 9]) should(forecastOf(days(...usual.with(place, 9_000)))).be.within(8, 16);
  });

  it('follows the last sixty days, not what was half a year ago', () => {
    const falling = Array.from({ length: 300 }, (_, n) => 1_000 - 3 * n);
    should(forecastOf(days(...falling, ...Array.from({ length: 60 }, () => 40)))).equal(40);
  });
});
