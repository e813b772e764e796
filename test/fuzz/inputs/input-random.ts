import { type Random, seededRandom } from '../../../sandbox/firm/random.ts';

export type { Random };

/** The chance of one input: the same seed and number give the same input, whatever came before it. */
export function inputRandom(seed: number, n: number): Random {
  const random = seededRandom(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(n + 1, 0x85ebca6b));
  random.between(0, 1); // the first numbers of neighbouring seeds are alike
  return { ...random, pick: <T>(from: readonly T[]): T => from[random.between(0, from.length - 1)] as T };
}

/** One of several ways, each as often as its weight says. */
export function weighted<T>(random: Random, ways: readonly (readonly [number, T])[]): T {
  let left = random.between(
    1,
    ways.reduce((sum, [weight]) => sum + weight, 0),
  );
  for (const [weight, way] of ways) {
    left -= weight;
    if (left <= 0) return way;
  }
  throw new Error('no way has a weight');
}
