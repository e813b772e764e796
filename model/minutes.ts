import { Decimal } from 'decimal.js';

/** A whole number of minutes of work. */
export type Minutes = number & { readonly minutes?: never };

/** `H:MM`, as a clock shows a duration: 450 → `7:30`. */
export function clockHours(minutes: Minutes): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : ''}${Math.floor(size / 60)}:${String(size % 60).padStart(2, '0')}`;
}

/** Decimal hours as exact text: 450 → `7.5`, 20 → `0.33333333`. */
export function decimalHours(minutes: Minutes, places = 8): string {
  return new Decimal(minutes).div(60).toDecimalPlaces(places).toString();
}
