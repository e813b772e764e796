import { seeded } from '../harness/seeded.ts';
import type { SourceEvent } from '../../model/operations.ts';

/** Which key each of so many events has. */
export type Keys = (index: number) => string;

export const eachItsOwn: Keys = (index) => `E${index}`;

/** So many keys in turn. */
export const inTurn =
  (keys: number): Keys =>
  (index) =>
    `K${index % keys}`;

/**
 * So many keys of which some are far busier than others, as projects of a firm are: the n-th comes with a frequency of 1/n
 * (Zipf's law). The same sequence each time.
 */
export function skewed(keys: number): Keys {
  const sums: number[] = [];
  for (let n = 1, sum = 0; n <= keys; n++) sums.push((sum += 1 / n));
  const total = sums.at(-1)!;
  const random = seeded(20_261_126);
  const drawn: string[] = [];
  return (index) => {
    while (drawn.length <= index) drawn.push(`K${firstAbove(sums, random() * total)}`);
    return drawn[index]!;
  };
}

export const eventsOf = (count: number, keys: Keys, from = 0): SourceEvent[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `E${from + index}`,
    source: '/bench',
    type: 'com.psconnect.bench',
    subject: `E${from + index}`,
    time: '2026-11-20T08:00:00Z',
    key: keys(from + index),
    data: { n: from + index },
  }));

function firstAbove(sums: readonly number[], value: number): number {
  let low = 0;
  for (let high = sums.length - 1; low < high;) {
    const middle = (low + high) >> 1;
    if (sums[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
