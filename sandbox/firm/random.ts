/** A small seeded generator (mulberry32): the same seed gives the same firm on every machine. */
export interface Random {
  /** integer from `low` to `high`, both included */
  between(low: number, high: number): number;
  pick<T>(from: readonly T[]): T;
  /** true in `percent` of 100 cases */
  chance(percent: number): boolean;
  shuffled<T>(list: readonly T[]): T[];
}

export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const between = (low: number, high: number): number => low + (next() % (high - low + 1));
  return {
    between,
    pick: (from) => {
      const found = from[between(0, from.length - 1)];
      if (found === undefined) throw new Error('nothing to pick from');
      return found;
    },
    chance: (percent) => between(1, 100) <= percent,
    shuffled: (list) => {
      const copy = [...list];
      for (let last = copy.length - 1; last > 0; last -= 1) {
        const other = between(0, last);
        const kept = copy[last];
        copy[last] = copy[other] as (typeof copy)[number];
        copy[other] = kept as (typeof copy)[number];
      }
      return copy;
    },
  };
}
