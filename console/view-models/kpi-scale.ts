import type { Kpi } from '../answers.ts';

/** Steps at which somebody reads a scale of durations, in hours; longer ones are days. */
const steps = [
  ...[1, 2, 5, 10, 20, 30].map((seconds) => seconds / 3_600),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes / 60),
  ...[1, 2, 3, 6, 12],
];

/** Three lines of a scale that holds all of these values: it begins at zero, but for percentages that lie together. */
export function scaleOf(unit: Kpi['unit'], values: readonly number[]): [low: number, middle: number, high: number] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const isClose = unit === 'percent' && least > most / 2;
  for (let step = stepOf(unit, (isClose ? most - least : most) / 2); ; step = stepOf(unit, step * 1.01)) {
    const low = isClose ? Math.floor(least / step) * step : 0;
    if (low + 2 * step >= most) return [low, low + step, low + 2 * step];
  }
}

/** The next step that is as large, or larger. */
function stepOf(unit: Kpi['unit'], wanted: number): number {
  if (unit === 'hours') return steps.find((step) => step >= wanted) ?? 24 * stepOf('count', wanted / 24);
  const power = 10 ** Math.floor(Math.log10(wanted || 0.5));
  return power * [1, 2, 5, 10].find((one) => one * power >= wanted)!;
}
