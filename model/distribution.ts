import { type Kpi, type KpiName, type KpiUnit, kpis, keptPer } from './kpis.ts';

/**
 * How many values lie up to each bound and above the one before it; a key is the bound, as it is kept (`3600000`), or `above` for what lies above the last.
 * A bound stands for itself, so that days are added up also where a later version has other bounds.
 */
export type Distribution = Readonly<Record<string, number>>;

export const above = 'above';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const each = (per: number, ...values: number[]) => values.map((value) => Math.round(value * per));

/** What people say of durations is a bound (a working day, a day, a week), and so is each usual target: that part of a figure is exact. */
const bounds: Readonly<Record<KpiUnit, readonly number[]>> = {
  hours: [
    ...each(second, 1, 2, 5, 10, 20, 30),
    ...each(minute, 1, 2, 5, 10, 15, 30, 45),
    ...each(hour, 1, 1.5, 2, 3, 4, 6, 8, 12, 16),
    ...each(day, 1, 1.5, 2, 3, 4, 5, 7, 10, 14, 21, 30, 45, 60, 90, 120, 180, 365),
  ],
  percent: [
    ...each(keptPer.percent, 0, 0.1, 0.2, 0.5, 1, 2, 3, 5, 7.5),
    ...each(keptPer.percent, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 98, 99, 99.5, 99.9, 100),
    ...each(keptPer.percent, 110, 120, 150, 200),
  ],
  count: [0, 1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 75, 100, 150, 200, 300, 500, 750, 1_000, 2_000, 5_000, 10_000, 100_000, 1_000_000],
};

/** In which part of the distribution of its figure a value lies; undefined for a figure whose single values say nothing. */
export function partOf(figure: string, value: number): string | undefined {
  const kpi = Object.hasOwn(kpis, figure) ? (kpis[figure as KpiName] as Kpi) : undefined;
  if (!kpi || kpi.countedBy) return undefined;
  return String(bounds[kpi.unit].find((bound) => value <= bound) ?? above);
}

/** All of them together. */
export function together(distributions: Iterable<Distribution>): Distribution {
  // a map: as properties, names that are numbers so far apart are slow
  const sums = new Map<string, number>();
  for (const one of distributions) for (const part of Object.keys(one)) sums.set(part, (sums.get(part) ?? 0) + one[part]!);
  return Object.fromEntries(sums);
}

/** So many values are in it. */
export const sizeOf = (distribution: Distribution): number => Object.values(distribution).reduce((sum, count) => sum + count, 0);

/** A part of what is asked for: above `from`, up to `to`; null = no bound. */
export interface Part {
  from: number | null;
  to: number | null;
  count: number;
}

/** In order, those without a value in between them too: from the first with values to the last. */
export function partsOf(unit: KpiUnit, distribution: Distribution): Part[] {
  const usual = bounds[unit];
  const others = Object.keys(distribution)
    .filter((part) => part !== above)
    .map(Number)
    .filter((bound) => !usual.includes(bound));
  const ordered = others.length === 0 ? usual : [...usual, ...others].sort((one, other) => one - other);
  const parts = [...ordered, null].map((to, place): Part => {
    const from = place === 0 ? null : ordered[place - 1]!;
    return { from, to, count: distribution[to === null ? above : String(to)] ?? 0 };
  });
  const filled = ({ count }: Part) => count > 0;
  return parts.slice(parts.findIndex(filled), parts.findLastIndex(filled) + 1);
}

/**
 * Below or at which this share of the values lies: as if those of a part lay evenly in it. The least and the most are known exactly, and nothing lies
 * beyond them. Undefined of no values.
 */
export function quantile(parts: readonly Part[], share: number, { least, most }: { least: number; most: number }): number | undefined {
  const wanted = share * parts.reduce((sum, { count }) => sum + count, 0);
  let before = 0;
  for (const { from, to, count } of parts) {
    if (count > 0 && before + count >= wanted) {
      const [low, high] = [Math.max(from ?? least, least), Math.min(to ?? most, most)];
      return low + ((high - low) * (wanted - before)) / count;
    }
    before += count;
  }
  return undefined;
}
