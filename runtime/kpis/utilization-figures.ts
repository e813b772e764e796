import type { Measurement } from '../../engine/store/measurements.ts';
import type { CountedMinutes } from '../../model/utilization.ts';

/** What a look at utilization says of the firm: billable time by capacity, and of how many of the people who were asked for. Of nobody nothing is said. */
export function utilizationFigures(
  { capacityMinutes, billableMinutes }: Pick<CountedMinutes, 'capacityMinutes' | 'billableMinutes'>,
  people: { counted: number; unknown: number },
  where: { flow: string; region: string; at: number },
): Measurement[] {
  const { flow, region, at } = where;
  const figure = (name: string, part: number, whole: number): Measurement[] =>
    whole === 0 ? [] : [{ flow, region, at, entity: '', practice: '', figure: name, value: Math.round((10_000 * part) / whole) }];
  return [
    ...figure('utilization', billableMinutes, capacityMinutes),
    ...figure('utilization_reporting_accuracy', people.counted, people.counted + people.unknown),
  ];
}
