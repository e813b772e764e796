import { dayOf, type FigureDay, type FigureGroup } from '../../engine/store/measurements.ts';
import { keptPer, type Kpi, kpiNames, kpis, type KpiName } from '../../model/kpis.ts';
import { endedRuns } from './run-figures.ts';

export const groupings = ['flow', 'entity', 'region', 'practice'] as const satisfies readonly (keyof FigureGroup)[];
export type Grouping = (typeof groupings)[number];

/** What was measured together: the mean, and of how many. */
interface Mean {
  value: number;
  count: number;
}

export interface KpiValue extends Pick<Kpi, 'unit' | 'better' | 'target'> {
  name: KpiName;
  /** the mean of the days that were asked for; null = nothing was measured */
  value: number | null;
  count: number;
  least: number | null;
  most: number | null;
  /** null = there is no value that could miss the target */
  missed: boolean | null;
  /** why there is no value; null = there is one */
  noValue: 'nothing-measured' | 'no-system-tells' | null;
  /** what the mean of the next seven days would be if it went on as it goes; null = too few days to say */
  forecast: number | null;
  days: (Mean & { day: string })[];
  groups: (Mean & { group: string })[];
}

/** days with figures without which nothing is foretold */
const leastDays = 5;
const dayMs = 86_400_000;

/** Each KPI of these days, as a whole, by day and by group. */
export function kpiValues(
  days: readonly FigureDay[],
  { by, targets }: { by: Grouping; targets: Partial<Record<string, number>> },
): KpiValue[] {
  return kpiNames.map((name): KpiValue => {
    const { unit, better, target: usual } = kpis[name];
    const target = targets[name] ?? usual;
    // acts of people are counted by the runs that ended, those without any too
    const against = name === 'manual_touches' ? endedRuns : name;
    const own = days.filter(({ figure }) => figure === name);
    const ended = days.filter(({ figure }) => figure === against);
    const mean = (sums: readonly FigureDay[], counts: readonly FigureDay[]): Mean | undefined => {
      const count = counts.reduce((sum, one) => sum + one.count, 0);
      if (count === 0) return undefined;
      return { value: rounded(sums.reduce((sum, one) => sum + one.sum, 0) / count / keptPer[unit]), count };
    };
    const split = (placeOf: (day: FigureDay) => string) => {
      const places = [...new Set([...own, ...ended].map(placeOf))].sort();
      const these = (all: readonly FigureDay[], place: string) => all.filter((one) => placeOf(one) === place);
      return places.flatMap((place) => {
        const found = mean(these(own, place), these(ended, place));
        return found ? [{ place, ...found }] : [];
      });
    };
    const whole = mean(own, ended);
    const byDay = split(({ day }) => day).map(({ place: day, ...found }) => ({ day, ...found }));
    const limit = (pick: (one: number, other: number) => number, side: 'least' | 'most') =>
      own.length === 0 ? null : rounded(own.map((one) => one[side]).reduce((one, other) => pick(one, other)) / keptPer[unit]);
    return {
      ...{ name, unit, better, target },
      ...{ value: whole?.value ?? null, count: whole?.count ?? 0 },
      ...{ least: limit((one, other) => Math.min(one, other), 'least'), most: limit((one, other) => Math.max(one, other), 'most') },
      missed: whole ? (better === 'less' ? whole.value > target : whole.value < target) : null,
      noValue: whole ? null : 'untold' in kpis[name] ? 'no-system-tells' : 'nothing-measured',
      forecast: forecastOf(byDay),
      days: byDay,
      groups: split((one) => one[by]).map(({ place: group, ...found }) => ({ group, ...found })),
    };
  });
}

/** The straight line through the days (least squares, each day once), four days ahead of the last: the middle of the next seven. Never less than nothing. */
function forecastOf(days: readonly { day: string; value: number }[]): number | null {
  if (days.length < leastDays) return null;
  const points = days.map(({ day, value }) => ({ x: Date.parse(day) / dayMs, y: value }));
  const middle = (of: (point: { x: number; y: number }) => number) => points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [middle((point) => point.x), middle((point) => point.y)];
  const slope = middle((point) => (point.x - x) * (point.y - y)) / middle((point) => (point.x - x) ** 2);
  return rounded(Math.max(0, y + slope * (points.at(-1)!.x + 4 - x)));
}

/** The last so many days, today in UTC the last. */
export const lastDays = (days: number, now: number): { from: string; to: string } => ({
  from: dayOf(now - (days - 1) * dayMs),
  to: dayOf(now),
});

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;
