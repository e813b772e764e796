import type { Kpi } from '../answers.ts';

export const width = 200;
export const height = 44;
const margin = 3;

export interface KpiLine {
  /** points of the days, as `points` of a polyline has them */
  points: string;
  /** where the last one is */
  last: { x: number; y: number };
  /** how high the target is; undefined where it is so far off that the line would be flat */
  target: number | undefined;
}

/** The days of a figure as a line. Days without figures are gone over, not taken for zero. */
export function kpiLine({ days, target }: Pick<Kpi, 'days' | 'target'>): KpiLine | undefined {
  if (days.length < 2) return undefined;
  const times = days.map(({ day }) => Date.parse(day));
  const values = days.map(({ value }) => value);
  const [from, to, least, most] = [Math.min(...times), Math.max(...times), Math.min(...values), Math.max(...values)];
  const isNear = target >= least - 2 * (most - least || most) && target <= most + 2 * (most - least || most);
  const [bottom, top] = isNear ? [Math.min(least, target), Math.max(most, target)] : [least, most];
  const x = (time: number) => round(margin + ((time - from) / (to - from)) * (width - 2 * margin));
  const y = (value: number) => round(height - margin - (top === bottom ? 0.5 : (value - bottom) / (top - bottom)) * (height - 2 * margin));
  const at = days.map(({ value }, place) => ({ x: x(times[place]!), y: y(value) }));
  return { points: at.map((point) => `${point.x},${point.y}`).join(' '), last: at.at(-1)!, target: isNear ? y(target) : undefined };
}

const round = (value: number): number => Math.round(value * 10) / 10;
