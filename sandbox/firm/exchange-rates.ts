import { addDays, type CalendarDate } from './calendar-date.ts';
import type { Firm } from './firm.ts';
import { decimals, type MinorUnits } from './minor-units.ts';

/** What one unit of a currency is in that of somebody's books, from a Monday on. */
export interface ExchangeRate {
  from: string;
  to: string;
  day: CalendarDate;
  /** ten-thousandths, always an integer: 11734 is 1.1734 */
  rate: number;
}

/** At the business day's own week. */
const PAIRS: readonly [from: string, to: string, rate: number][] = [
  ['GBP', 'EUR', 11_734],
  ['EUR', 'GBP', 8_523],
  ['USD', 'EUR', 9_216],
];

const FIRST_WEEK = -5;
const LAST_WEEK = 9;

/** Rates that finance enters each Monday, from some weeks before the business day until well after its month. */
export function exchangeRates(firm: Firm): ExchangeRate[] {
  const weeks = Array.from({ length: LAST_WEEK - FIRST_WEEK + 1 }, (_each, index) => FIRST_WEEK + index);
  return weeks.flatMap((week) =>
    PAIRS.map(([from, to, rate]) => ({ from, to, day: addDays(firm.week0, 7 * week), rate: rate + 13 * week })),
  );
}

/** An amount in the currency of the books, by the rate of the day; a half of the smallest unit goes up. */
export function inBooks(amount: MinorUnits, { from, to, day }: { from: string; to: string; day: CalendarDate }, firm: Firm): MinorUnits {
  if (from === to) return amount;
  if (decimals(from) !== 2 || decimals(to) !== 2) throw new Error(`nobody changes ${from} into ${to} here`);
  const rate = exchangeRates(firm)
    .filter((each) => each.from === from && each.to === to && each.day <= day)
    .at(-1)?.rate;
  if (rate === undefined) throw new Error(`no rate from ${from} to ${to} on ${day}`);
  return Number((BigInt(amount) * BigInt(rate) + 5_000n) / 10_000n);
}
