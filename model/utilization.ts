import type { Minutes } from './minutes.ts';
import type { Utilization } from './types.generated.ts';

/** What utilization is worked out of, of a person or of several. */
export const countedMinutes = [
  'capacityMinutes',
  'leaveMinutes',
  'hardMinutes',
  'softMinutes',
  'workedMinutes',
  'approvedMinutes',
  'billableMinutes',
  'nonBillableMinutes',
  'approvedBillableMinutes',
  'rejectedMinutes',
] as const;

export type CountedMinutes = Pick<Utilization, (typeof countedMinutes)[number]>;
export type Percents = Pick<Utilization, 'billablePercent' | 'hardPercent' | 'bookedPercent' | 'noPercents'>;

/** Minutes of all of them; each person once. */
export function sumOf(people: readonly CountedMinutes[]): CountedMinutes {
  const sums = countedMinutes.map((name) => [name, people.reduce((sum, person) => sum + person[name], 0)]);
  return Object.fromEntries(sums) as CountedMinutes;
}

/** Of a capacity of nothing there is no percentage, neither 0 nor infinitely many. */
export function percentsOf({ capacityMinutes, billableMinutes, hardMinutes, softMinutes }: CountedMinutes): Percents {
  if (capacityMinutes === 0) return { billablePercent: null, hardPercent: null, bookedPercent: null, noPercents: 'no-capacity' };
  const percent = (part: Minutes) => percentOf(part, capacityMinutes);
  return {
    billablePercent: percent(billableMinutes),
    hardPercent: percent(hardMinutes),
    bookedPercent: percent(hardMinutes + softMinutes),
  };
}

/** To two places, half up, by whole numbers. */
function percentOf(part: Minutes, whole: Minutes): string {
  const hundredths = (BigInt(part) * 20_000n + BigInt(whole)) / (BigInt(whole) * 2n);
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`;
}
