/** Several measurements of one thing: the median, and how far they lie apart. */
export interface Spread {
  median: number;
  low: number;
  high: number;
  rounds: number;
}

export function spreadOf(values: readonly number[]): Spread {
  if (values.length === 0) throw new Error('nothing was measured');
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { median: rounded(median), low: rounded(sorted[0]!), high: rounded(sorted.at(-1)!), rounds: sorted.length };
}

/** Four digits are more than any of these measurements deserves. */
export function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
