import { Decimal } from 'decimal.js';

/** A whole number of minutes of work. */
export type Minutes = number & { readonly minutes?: never };

/** Decimal hours as exact text: 450 → `7.5`, 20 → `0.33333333`. */
export function decimalHours(minutes: Minutes, places = 8): string {
  return new Decimal(minutes).div(60).toDecimalPlaces(places).toString();
}
