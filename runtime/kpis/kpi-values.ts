import { dayOf, type FigureDay, type FigureGroup } from '../../engine/store/measurements.ts';
import { type Distribution, type Part, partsOf, quantile, together } from '../../model/distribution.ts';
import { keptPer, type Kpi, kpiNames, kpis, type KpiName, type KpiUnit } from '../../model/kpis.ts';
import { forecastOf } from './forecast.ts';

export const groupings = ['flow', 'entity', 'region', 'practice'] as const satisfies readonly (keyof FigureGroup)[];
export type Grouping = (typeof groupings)[number];

/** What was measured together: the mean, and of how many. */
interface Mean {
  value: number;
  count: number;
}

/** What half of the values, and nine of ten, are at the most; null = of no value it is known how it lies among the others. */
interface Shares {
  median: number | null;
  p90: number | null;
}

export interface KpiValue extends Pick<Kpi, 'unit' | 'better' | 'target'>, Shares {
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
  /** of fewer than `count` values where some were measured before it was kept; null = its single values say nothing */
  distribution: { count: number; parts: Part[] } | null;
  days: (Mean & Shares & { day: string })[];
  groups: (Mean & Shares & { group: string; missed: boolean; forecast: number | null })[];
}

const dayMs = 86_400_000;

/** Each KPI of these days, as a whole, by day and by group. */
export function kpiValues(
  days: readonly FigureDay[],
  { by, targets }: { by: Grouping; targets: Partial<Record<string, number>> },
): KpiValue[] {
  const ofFigure = Map.groupBy(days, ({ figure }) => figure);
  return kpiNames.map((name): KpiValue => {
    const kpi: Kpi = kpis[name];
    const { unit, better } = kpi;
    const target = targets[name] ?? kpi.target;
    const rows: Rows = { own: ofFigure.get(name) ?? [], counted: ofFigure.get(kpi.countedBy ?? name) ?? [] };
    const isMissed = (value: number) => (better === 'less' ? value > target : value < target);
    const whole = meanOf(unit, rows);
    // a year has very many rows: how they are distributed is summed up once, by day
    const daily = byDay(rows).map(([day, rest]) => ({ day, rest, spread: summed(rest.own) }));
    const ofDays = daily.flatMap(({ day, rest, spread }) => told(unit, { ...rest, spread }, (mean) => ({ day, ...mean })));
    const { distribution, ...shares } = spreadOf(unit, rows.own, together(daily.map(({ spread }) => spread)));
    return {
      ...{ name, unit, better, target, value: whole?.value ?? null, count: whole?.count ?? 0 },
      ...extremes(unit, rows.own),
      missed: whole ? isMissed(whole.value) : null,
      noValue: whole ? null : 'untold' in kpi ? 'no-system-tells' : 'nothing-measured',
      forecast: forecast(ofDays),
      ...shares,
      distribution: kpi.countedBy ? null : distribution,
      days: ofDays,
      groups: split(rows, (one) => one[by]).flatMap(([group, rest]) =>
        told(unit, { ...rest, spread: summed(rest.own) }, (mean) => ({
          group,
          ...mean,
          missed: isMissed(mean.value),
          forecast: forecast(meansByDay(unit, rest)),
        })),
      ),
    };
  });
}

/** The days of a figure, and those by whose count it is a mean. */
interface Rows {
  own: readonly FigureDay[];
  counted: readonly FigureDay[];
}

function split({ own, counted }: Rows, placeOf: (day: FigureDay) => string): [place: string, rows: Rows][] {
  const [ownBy, countedBy] = [Map.groupBy(own, placeOf), Map.groupBy(counted, placeOf)];
  return [...new Set([...ownBy.keys(), ...countedBy.keys()])]
    .sort()
    .map((place) => [place, { own: ownBy.get(place) ?? [], counted: countedBy.get(place) ?? [] }]);
}

const summed = (own: readonly FigureDay[]): Distribution => together(own.map(({ spread }) => spread));

const byDay = (rows: Rows) => split(rows, ({ day }) => day);

const meansByDay = (unit: KpiUnit, rows: Rows) =>
  byDay(rows).flatMap(([day, rest]) => {
    const mean = meanOf(unit, rest);
    return mean ? [{ day, ...mean }] : [];
  });

function meanOf(unit: KpiUnit, { own, counted }: Rows): Mean | undefined {
  const count = counted.reduce((sum, one) => sum + one.count, 0);
  return count === 0 ? undefined : { value: shown(unit, own.reduce((sum, one) => sum + one.sum, 0) / count), count };
}

/** Of what has no mean nothing is told. */
function told<Told>(unit: KpiUnit, { spread, ...rows }: Rows & { spread: Distribution }, tell: (mean: Mean & Shares) => Told): Told[] {
  const mean = meanOf(unit, rows);
  if (!mean) return [];
  const { median, p90 } = spreadOf(unit, rows.own, spread);
  return [tell({ ...mean, median, p90 })];
}

function extremes(unit: KpiUnit, own: readonly FigureDay[]): Pick<KpiValue, 'least' | 'most'> {
  if (own.length === 0) return { least: null, most: null };
  const { least, most } = limitsOf(own);
  return { least: shown(unit, least), most: shown(unit, most) };
}

/** Of a year there are more than a call takes parameters. */
const limitsOf = (days: readonly FigureDay[]): { least: number; most: number } => ({
  least: days.reduce((least, one) => Math.min(least, one.least), Infinity),
  most: days.reduce((most, one) => Math.max(most, one.most), -Infinity),
});

/** In parts no value lies outside of what was the least and the most on those days. Of days without a distribution nothing is known. */
function spreadOf(
  unit: KpiUnit,
  own: readonly FigureDay[],
  spread: Distribution,
): Shares & { distribution: Required<KpiValue>['distribution'] } {
  const parts = partsOf(unit, spread);
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const bound = (kept: number | null) => (kept === null ? null : shown(unit, kept));
  const distribution = { count, parts: parts.map((part) => ({ from: bound(part.from), to: bound(part.to), count: part.count })) };
  if (count === 0) return { median: null, p90: null, distribution };
  const limits = limitsOf(own.filter((one) => Object.keys(one.spread).length > 0));
  return { median: shown(unit, quantile(parts, 0.5, limits)!), p90: shown(unit, quantile(parts, 0.9, limits)!), distribution };
}

/** The last so many days, today in UTC the last. */
export const lastDays = (days: number, now: number): { from: string; to: string } => ({
  from: dayOf(now - (days - 1) * dayMs),
  to: dayOf(now),
});

const shown = (unit: KpiUnit, kept: number): number => rounded(kept / keptPer[unit]);

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

function forecast(days: readonly { day: string; value: number }[]): number | null {
  const level = forecastOf(days.map(({ day, value }) => ({ x: Date.parse(day) / dayMs, y: value })));
  return level === undefined ? null : rounded(level);
}
