import type { ReconciliationRow } from '../answers.ts';
import { negative, sumOf } from './exact-amounts.ts';

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
      const [one, other] = [sumOf(left.get(currency) ?? [], currency), sumOf(right.get(currency) ?? [], currency)];
      return { what: 'amount', currency, psa: one, erp: other, difference: sumOf([other, negative(one)], currency) };
    }),
  ];
}

export function isEven(line: SideLine): boolean {
  return Number(line.difference) === 0;
}

function byCurrency(totals: Totals): Map<string, string[]> {
  const amounts = new Map<string, string[]>();
  for (const entity of Object.values(totals.amounts)) {
    for (const [currency, amount] of Object.entries(entity)) amounts.set(currency, [...(amounts.get(currency) ?? []), amount]);
  }
  return amounts;
}
