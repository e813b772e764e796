/**
 * A whole in shares by weight, in whole units: each share is rounded down, and the units that are left go, one each, to the largest remainders, the
 * earlier one first. Together they are the whole.
 */
export function largestRemainder(whole: bigint, weights: readonly bigint[]): bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  const shares = weights.map((weight) => (weight * whole) / total);
  const left = weights.map((weight, index) => ({ index, remainder: (weight * whole) % total }));
  const residue = Number(whole - shares.reduce((sum, share) => sum + share, 0n));
  left.sort((one, other) => (one.remainder === other.remainder ? one.index - other.index : one.remainder > other.remainder ? -1 : 1));
  for (const { index } of left.slice(0, residue)) shares[index]! += 1n;
  return shares;
}
