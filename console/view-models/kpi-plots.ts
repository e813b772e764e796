import type { Kpi } from '../answers.ts';
import { scaleOf } from './kpi-scale.ts';

export interface Point {
  x: number;
  y: number;
  /** it misses the target */
  missed?: boolean;
  /** it lies so far above the others that it stands at the upper edge */
  beyond?: boolean;
  /** what it stands for */
  label?: string;
}

/** What is drawn together; `null` = there is nothing, and no line goes over it. */
export interface Drawn {
  kind: 'days' | 'target' | 'forecast' | 'bar' | 'missed' | 'median' | 'p90';
  points: readonly (Point | null)[];
  label?: string;
}

export interface Plot {
  /** from the left edge to the right one */
  across: [low: number, high: number];
  /** lines of the scale, from the lower edge to the upper one */
  scale: readonly number[];
  drawn: readonly Drawn[];
}

/** A day, or a part of a distribution, in words. */
export type Tell<What> = (what: What) => string;

const dayMs = 86_400_000;
/** of fewer days none stands out */
const leastDays = 5;

export const misses = ({ better, target }: Pick<Kpi, 'better' | 'target'>, value: number): boolean =>
  better === 'less' ? value > target : value < target;

/**
 * The days of a figure from the first that was asked for to the last, and on to what is foretold. A target that is far above all of them is left out, and
 * days that are far above all others stand at the upper edge: otherwise the rest would be one flat line.
 */
export function trendOf(kpi: Kpi, span: { from: string; to: string }, tell: Tell<Kpi['days'][number]>): Plot | undefined {
  const { days, target, forecast, unit } = kpi;
  if (days.length === 0) return undefined;
  const placeOf = (day: string) => Math.round((Date.parse(day) - Date.parse(span.from)) / dayMs);
  const last = placeOf(days.at(-1)!.day);
  const end = forecast === null ? placeOf(span.to) : Math.max(placeOf(span.to), last + 7);
  const edge = edgeOf(
    days.map(({ value }) => value),
    target,
  );
  const usual = days.map(({ value }) => value).filter((value) => value <= edge);
  const [most, aims] = [Math.max(...usual), [] as number[]];
  if (target <= 3 * most || most === 0) aims.push(target);
  const ahead = forecast === null || forecast > edge ? [] : [forecast];
  const scale = scaleOf(unit, [...usual, ...aims, ...ahead]);
  const found = new Map(days.map((day) => [placeOf(day.day), day]));
  const points = Array.from({ length: placeOf(span.to) + 1 }, (_, x): Point | null => {
    const day = found.get(x);
    if (!day) return null;
    return { x, y: Math.min(day.value, scale[2]), missed: misses(kpi, day.value), beyond: day.value > scale[2], label: tell(day) };
  });
  return {
    across: [0, Math.max(end, 1)],
    scale,
    drawn: [
      ...aims.map((y): Drawn => ({
        kind: 'target',
        points: [
          { x: 0, y },
          { x: Math.max(end, 1), y },
        ],
      })),
      { kind: 'days', points },
      ...ahead.map((y): Drawn => ({
        kind: 'forecast',
        points: [
          { x: last + 1, y },
          { x: last + 7, y },
        ],
      })),
    ],
  };
}

/** Above it a day is drawn at the edge: where few are much larger than nine of ten, and than the target. */
function edgeOf(values: readonly number[], target: number): number {
  const ordered = values.toSorted((one, other) => one - other);
  const usual = ordered[Math.floor((ordered.length - 1) * 0.9)]!;
  const large = Math.max(usual, target <= 6 * usual ? target : 0);
  return values.length >= leastDays && usual > 0 && ordered.at(-1)! > 4 * large ? 1.5 * large : Infinity;
}

/** The distribution as bars of one width, whatever their parts span, with the median, nine of ten and the target where they lie. */
export function distributionPlot(kpi: Kpi, tell: Tell<DistributionPart>): Plot | undefined {
  const parts = kpi.distribution?.parts ?? [];
  if (parts.length === 0) return undefined;
  const most = Math.max(...parts.map(({ count }) => count));
  // one of thousands is seen, too
  const bars = parts.flatMap((part, x): Drawn[] => {
    if (part.count === 0) return [];
    const y = Math.max(part.count, most / 30);
    const [left, right] = [x + 0.06, x + 0.94];
    const points = [
      { x: left, y: 0 },
      { x: left, y },
      { x: right, y },
      { x: right, y: 0 },
    ];
    return [{ kind: isMissed(kpi, part) ? 'missed' : 'bar', points, label: tell(part) }];
  });
  const upright = (kind: Drawn['kind'], value: number | null): Drawn[] => {
    const x = value === null ? undefined : placeIn(parts, value);
    return x === undefined
      ? []
      : [
          {
            kind,
            points: [
              { x, y: 0 },
              { x, y: most },
            ],
          },
        ];
  };
  return {
    across: [0, parts.length],
    scale: [0, most],
    drawn: [...bars, ...upright('target', kpi.target), ...upright('median', kpi.median), ...upright('p90', kpi.p90)],
  };
}

export type DistributionPart = NonNullable<Kpi['distribution']>['parts'][number];

/** All of it: one in which the target lies is none of them. */
const isMissed = ({ better, target }: Kpi, { from, to }: DistributionPart): boolean =>
  better === 'less' ? from !== null && from >= target : to !== null && to < target;

function placeIn(parts: readonly DistributionPart[], value: number): number | undefined {
  const place = parts.findIndex(({ from, to }) => (from === null || value > from) && (to === null || value <= to));
  if (place < 0) return undefined;
  const { from, to } = parts[place]!;
  if (to === null) return place + 0.5;
  return to === (from ?? 0) ? place + 1 : place + (value - (from ?? 0)) / (to - (from ?? 0));
}
