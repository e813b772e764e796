import { Decimal } from 'decimal.js';
import { currencyDecimals } from './currency-decimals.ts';
import { ExactDecimal } from './exact-decimal.ts';
import { exactSum, type Money } from './exact-money.ts';
import { Failure } from './failure.ts';
import { inWords } from './failure-words.ts';
import type { Minutes } from './minutes.ts';

export type { Money } from './exact-money.ts';

/** Number of decimals of a currency's minor unit (ISO 4217: EUR 2, JPY 0, KWD 3). An unknown currency is refused, not guessed. */
export function minorDigits(currency: string): number {
  const digits = currencyDecimals(currency);
  if (digits !== undefined) return digits;
  throw new Failure({
    class: 'contract.invalid',
    ...inWords('CURRENCY_NOT_ISO', { currency }),
    field: 'currency',
    value: currency,
  });
}

/** Money from decimal text, an integer or a JSON number as systems send it; rounded half-up to the currency's minor unit. */
export function money(amount: string | number, currency: string): Money {
  return { amount: new Decimal(amount).toFixed(minorDigits(currency), Decimal.ROUND_HALF_UP), currency };
}

/** Money from a count of minor units (cents). */
export function moneyFromMinor(units: number | string, currency: string): Money {
  const digits = minorDigits(currency);
  return { amount: new ExactDecimal(units).div(new ExactDecimal(10).pow(digits)).toFixed(digits), currency };
}

/** Count of minor units, as an integer; more than JavaScript can count exactly is refused. */
export function minorUnits(value: Money): number {
  const units = new ExactDecimal(value.amount).times(new ExactDecimal(10).pow(minorDigits(value.currency)));
  if (units.isInteger() && units.abs().lessThanOrEqualTo(Number.MAX_SAFE_INTEGER)) return units.toNumber();
  throw new Failure({
    class: 'contract.invalid',
    ...inWords('NUMBER_NOT_EXACT.units', { amount: value.amount, currency: value.currency }),
    field: 'amount',
    value: `${value.amount} ${value.currency}`,
    outcome: 'not-made',
  });
}

export function addMoney(left: Money, right: Money): Money {
  const { amount, currency } = exactSum(left, right);
  return money(amount, currency);
}

export function sumMoney(parts: Money[], currency: string): Money {
  return parts.reduce(addMoney, money(0, currency));
}

export function equalMoney(left: Money, right: Money): boolean {
  return left.currency === right.currency && new Decimal(left.amount).equals(right.amount);
}

export function isZero(value: Money): boolean {
  return new Decimal(value.amount).isZero();
}

/** Price of some minutes at an hourly rate: `minutes / 60 × rate`, rounded half-up once, at the end. */
export function priceOfTime(minutes: Minutes, hourlyRate: Money): Money {
  return money(new ExactDecimal(minutes).times(hourlyRate.amount).div(60).toFixed(), hourlyRate.currency);
}
