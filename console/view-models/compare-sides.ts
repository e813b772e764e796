import { exactMoney, exactSum, type Money } from '../../model/exact-money.ts';
import type { ReconciliationRow } from '../answers.ts';

type Totals = ReconciliationRow['result']['psa'];

/** One line of the comparison: the same figure on both sides, and what the ERP is short of (negative) or over. */
export type SideLine =
  | { what: 'entries' | 'minutes' | 'withoutAmount'; psa: number; erp: number; difference: number }
  | { what: 'amount'; currency: string; psa: string; erp: string; difference: string };

/**
 * Both sides' totals side by side. Amounts are compared by currency, because the PSA does not know legal entities;
 * a currency that only one side has counts as zero on the other.
 */
export function compareSides(psa: Totals, erp: Totals): SideLine[] {
  const count = (what: 'entries' | 'minutes' | 'withoutAmount'): SideLine => {
    const [one, other] = [psa[what] ?? 0, erp[what] ?? 0]; // an older version did not count what has no amount
    return { what, psa: one, erp: other, difference: other - one };
  };
  const [left, right] = [byCurrency(psa), byCurrency(erp)];
  const currencies = [...new Set([...left.keys(), ...right.keys()])].sort();
  return [
    count('entries'),
    // expenses have none
    ...(psa.minutes === undefined && erp.minutes === undefined ? [] : [count('minutes')]),
    ...(psa.withoutAmount || erp.withoutAmount ? [count('withoutAmount')] : []),
    ...currencies.map((currency): SideLine => {
      const [one, other] = [left.get(currency) ?? exactMoney('0', currency), right.get(currency) ?? exactMoney('0', currency)];
      const difference = exactSum(other, negative(one));
      return { what: 'amount', currency, psa: one.amount, erp: other.amount, difference: difference.amount };
    }),
  ];
}

export function isEven(line: SideLine): boolean {
  return Number(line.difference) === 0;
}

function byCurrency(totals: Totals): Map<string, Money> {
  const sums = new Map<string, Money>();
  for (const entity of Object.values(totals.amounts)) {
    for (const [currency, amount] of Object.entries(entity)) {
      const value = exactMoney(amount, currency);
      const before = sums.get(currency);
      sums.set(currency, before ? exactSum(before, value) : value);
    }
  }
  return sums;
}

function negative({ amount, currency }: Money): Money {
  return exactMoney(amount.startsWith('-') ? amount.slice(1) : `-${amount}`, currency);
}
