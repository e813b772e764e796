import { seeded } from '../harness/seeded.ts';

/** A ratio as it came out of many pairs. */
export interface Interval {
  median: number;
  /** the 95 % interval of that median */
  low: number;
  high: number;
}

const resamples = 4_000;

/**
 * The median of the ratios of all pairs with a 95 % interval, by bootstrap. Pairs of the same two processes are more alike than others
 * (how the code was compiled, where its memory lies), so processes are drawn first, and then pairs within them. The draws are always the
 * same: what was measured is judged the same each time.
 */
export function intervalOf(generations: readonly (readonly number[])[]): Interval {
  const random = seeded(1);
  const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!;
  const medians = Array.from({ length: resamples }, () =>
    medianOf(
      generations.flatMap(() => {
        const drawn = one(generations);
        return drawn.map(() => one(drawn));
      }),
    ),
  ).sort((a, b) => a - b);
  return {
    median: medianOf(generations.flat()),
    low: medians[Math.floor(resamples * 0.025)]!,
    high: medians[Math.floor(resamples * 0.975)]!,
  };
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
