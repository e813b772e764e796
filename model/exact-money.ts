import { Decimal } from 'decimal.js';
import { currencyDecimals } from './currency-decimals.ts';
import { ExactDecimal } from './exact-decimal.ts';

/** An exact amount: decimal text and ISO 4217 code. Never a float. A rate may have more decimals than its currency, an amount has not. */
export interface Money {
  amount: string;
  currency: string;
}

/** With every decimal it has and at least those of its currency, never rounded: `133.3333`, `160.00`. A currency that is none is taken as it is. */
export function exactMoney(amount: Decimal.Value, currency: string): Money {
  const exact = new Decimal(amount);
  return { amount: exact.toFixed(Math.max(currencyDecimals(currency) ?? 0, exact.decimalPlaces())), currency };
}

/** Both together, to the last digit. */
export function exactSum(left: Money, right: Money): Money {
  if (left.currency !== right.currency) throw new RangeError(`cannot add ${right.currency} to ${left.currency}`);
  return exactMoney(new ExactDecimal(left.amount).plus(right.amount), left.currency);
}
