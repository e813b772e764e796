import { Decimal } from 'decimal.js';
import type { Minutes } from './minutes.ts';

/** An exact amount: decimal text and ISO 4217 code. Never a float. */
export interface Money {
  amount: string;
  currency: string;
}

/** Number of decimals of a currency's minor unit (ISO 4217: EUR 2, JPY 0, KWD 3). */
export function minorDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** Money from decimal text, an integer or a JSON number as systems send it; rounded half-up to the currency's minor unit. */
export function money(amount: string | number, currency: string): Money {
  return { amount: new Decimal(amount).toFixed(minorDigits(currency), Decimal.ROUND_HALF_UP), currency };
}

/** Money from a count of minor units (cents). */
export function moneyFromMinor(units: number | string, currency: string): Money {
  const digits = minorDigits(currency);
  return { amount: new Decimal(units).div(new Decimal(10).pow(digits)).toFixed(digits), currency };
}

/** Count of minor units, as an integer. */
export function minorUnits(value: Money): number {
  return new Decimal(value.amount)
    .times(new Decimal(10).pow(minorDigits(value.currency)))
    .toDecimalPlaces(0)
    .toNumber();
}

export function addMoney(left: Money, right: Money): Money {
  if (left.currency !== right.currency) throw new RangeError(`cannot add ${right.currency} to ${left.currency}`);
  return money(new Decimal(left.amount).plus(right.amount).toString(), left.currency);
}

export function sumMoney(parts: Money[], currency: string): Money {
  return parts.reduce(addMoney, money(0, currency));
}

export function equalMoney(left: Money, right: Money): boolean {
  return left.currency === right.currency && new Decimal(left.amount).equals(right.amount);
}

/** Price of some minutes at an hourly rate: `minutes / 60 × rate`, rounded half-up once, at the end. */
export function priceOfTime(minutes: Minutes, hourlyRate: Money): Money {
  return money(new Decimal(minutes).times(hourlyRate.amount).div(60).toString(), hourlyRate.currency);
}
