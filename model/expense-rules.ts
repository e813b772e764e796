import { Decimal } from 'decimal.js';
import { ExactDecimal } from './exact-decimal.ts';
import type { Issue } from './failure.ts';
import { inWords } from './failure-words.ts';
import { equalMoney, isZero, money, type Money } from './money.ts';
import type { Expense } from './types.generated.ts';

/** Why an expense is not to be posted. What was taken back is passed on: only the books can tell whether it is in them. */
export function expenseApprovalIssues({ status }: Expense): Issue[] {
  if (status === 'approved' || status === 'withdrawn') return [];
  return [{ field: 'status', value: status, ...inWords('NOT_APPROVED.expense', { status }) }];
}

/** Where a policy asks for receipts: flat rates have none. */
export function receiptIssues({ receipt, perDiem, mileage, amount, status }: Expense): Issue[] {
  if (receipt || perDiem || mileage || status === 'withdrawn') return [];
  return [{ field: 'receipt', value: shown(amount), ...inWords('RECEIPT_MISSING', { amount: shown(amount) }) }];
}

/** What is wrong with the money of an expense whose values are right. */
export function expenseIssues(expense: Expense): Issue[] {
  const { amount } = expense;
  if (isZero(amount)) return [{ field: 'amount', value: shown(amount), ...inWords('EXPENSE_ZERO', { currency: amount.currency }) }];
  return [...taxIssues(expense), ...rateIssues(expense), ...flatRateIssues(expense)];
}

/**
 * Currencies that are worth exactly one of another by law. Between any others a rate of exactly 1 is what a field is filled with that nobody has
 * filled in: 100,000 yen would be booked as 100,000 euros.
 */
const worthOneOf: Readonly<Record<string, string>> = {
  ...{ BMD: 'USD', BSD: 'USD', PAB: 'USD', FKP: 'GBP', GIP: 'GBP', SHP: 'GBP' },
  ...{ LSL: 'ZAR', NAD: 'ZAR', SZL: 'ZAR', BTN: 'INR', BND: 'SGD', ANG: 'XCG' },
};
const areAtPar = (one: string, other: string) => {
  const of = (currency: string) => worthOneOf[currency] ?? currency;
  return of(one) === of(other);
};

/** The tax is a part of the amount: of the same currency and sign, and never more. */
function taxIssues({ amount, tax }: Expense): Issue[] {
  if (!tax) return [];
  const [whole, part] = [new Decimal(amount.amount), new Decimal(tax.amount.amount)];
  const fits =
    tax.amount.currency === amount.currency &&
    (part.isZero() || (part.isNegative() === whole.isNegative() && part.abs().lessThan(whole.abs())));
  if (fits) return [];
  const value = shown(tax.amount);
  return [{ field: 'tax.amount', value, ...inWords('TAX_NOT_OF_AMOUNT', { tax: value, amount: shown(amount) }) }];
}

function rateIssues({ amount, exchangeRate }: Expense): Issue[] {
  if (!exchangeRate) return [];
  const { rate, currency } = exchangeRate;
  const isOne = new Decimal(rate).equals(1);
  const mayBeOne = currency === amount.currency || areAtPar(currency, amount.currency);
  if (isOne ? mayBeOne : currency !== amount.currency && !new Decimal(rate).isZero()) return [];
  return [{ field: 'exchangeRate.rate', value: rate, ...inWords('EXCHANGE_RATE_ODD', { from: amount.currency, to: currency, rate }) }];
}

/** An amount that says something else than its flat rate: nobody here knows which of the two was approved. */
function flatRateIssues({ amount, perDiem, mileage }: Expense): Issue[] {
  if (perDiem && mileage) return [{ field: 'mileage', ...inWords('FLAT_RATE_TWICE') }];
  const flat = perDiem ? { count: perDiem.days, rate: perDiem.rate } : mileage && { count: mileage.distance, rate: mileage.rate };
  if (!flat) return [];
  const { count, rate } = flat;
  const product = money(new ExactDecimal(count).times(rate.amount).toFixed(), rate.currency);
  if (equalMoney(product, amount)) return [];
  return [
    {
      field: 'amount',
      value: shown(amount),
      ...inWords('FLAT_RATE_DIFFERS', { amount: shown(amount), count, rate: shown(rate), product: shown(product) }),
    },
  ];
}

const shown = ({ amount, currency }: Money) => `${amount} ${currency}`;
