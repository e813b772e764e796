import { type Distribution, partOf, together } from '../../model/distribution.ts';
import type { Json } from '../../model/json.ts';
import type { Calls } from './calls.ts';
import type { EngagementState } from './engagements.ts';

/** By what figures are looked at; an empty text is what nobody has said. */
export interface FigureGroup {
  flow: string;
  entity: string;
  region: string;
  practice: string;
}

/** One figure of the business at one moment. */
export interface Measurement extends FigureGroup {
  figure: string;
  /** epoch ms */
  at: number;
  /** a whole number: milliseconds, hundredths of a percent, a count */
  value: number;
}

/** All of one figure that was measured on one day in one group. */
export interface FigureDay extends FigureGroup {
  figure: string;
  /** in UTC, `2026-03-31` */
  day: string;
  count: number;
  sum: number;
  least: number;
  most: number;
  /** of fewer than `count` values on a day of before distributions were kept, and of none where there is nothing to distribute */
  spread: Distribution;
}

/** More groups than these of one figure on one day are kept together, in the group of which nothing is said: names from outside must not fill the store. */
export const mostGroups = 500;

/** Figures by day: a page of them costs the same, however many runs they are of. */
export interface Measurements {
  /** How far what has happened was measured; undefined = nothing yet. */
  measuredTo(): Promise<Json | undefined>;
  /** Adds, puts engagements as they stand now, and moves the place, in one. False when the place is not `from` any more: somebody else has measured that, and nothing is added. */
  measure(input: { from: Json | null; to: Json; add: readonly Measurement[]; engagements?: readonly EngagementState[] }): Promise<boolean>;
  /** Adds what nobody has to find again. */
  addMeasurements(add: readonly Measurement[]): Promise<void>;
  /** By day, figure and group, in order, both days included. */
  figures(days: { from: string; to: string }): Promise<FigureDay[]>;
}

export const measurementCalls = {
  measuredTo: 'asks',
  measure: 'keeps',
  addMeasurements: 'keeps',
  figures: 'asks',
} satisfies Calls<Measurements>;

export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Those of one figure, day and group together: so many rows are written, not one for each. */
export function byDay(measurements: readonly Measurement[]): FigureDay[] {
  const days = new Map<string, FigureDay>();
  for (const { at, value, ...where } of measurements) {
    const place = {
      day: dayOf(at),
      figure: where.figure,
      flow: where.flow,
      entity: where.entity,
      region: where.region,
      practice: where.practice,
    };
    const key = JSON.stringify(Object.values(place));
    const before = days.get(key) ?? { ...place, count: 0, sum: 0, least: value, most: value, spread: {} };
    const part = partOf(place.figure, value);
    days.set(key, {
      ...{ ...place, count: before.count + 1, sum: before.sum + value },
      ...{ least: Math.min(before.least, value), most: Math.max(before.most, value) },
      spread: part === undefined ? before.spread : together([before.spread, { [part]: 1 }]),
    });
  }
  return [...days.values()];
}
