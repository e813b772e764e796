import { Decimal } from 'decimal.js';

/** A whole number of minutes of work. */
export type Minutes = number & { readonly minutes?: never };

/** Minutes from hours as text or number (`"7.5"`, `7.25`) or from `H:MM`; throws a RangeError when they are not whole minutes. */
export function minutesFromHours(hours: string | number): Minutes {
  const clock = typeof hours === 'string' ? /^(-?)(\d+):([0-5]\d)$/.exec(hours.trim()) : null;
  const value = clock
    ? new Decimal(clock[2]!)
        .times(60)
        .plus(clock[3]!)
        .times(clock[1] === '-' ? -1 : 1)
    : new Decimal(hours).times(60);
  if (!value.isInteger()) throw new RangeError(`${hours} hours is not a whole number of minutes`);
  return value.toNumber();
}

/** `H:MM`, as a clock shows a duration: 450 → `7:30`. */
export function clockHours(minutes: Minutes): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : ''}${Math.floor(size / 60)}:${String(size % 60).padStart(2, '0')}`;
}

/** Decimal hours as exact text: 450 → `7.5`, 20 → `0.33333333`. */
export function decimalHours(minutes: Minutes, places = 8): string {
  return new Decimal(minutes).div(60).toDecimalPlaces(places).toString();
}
