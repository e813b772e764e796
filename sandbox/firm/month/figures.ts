import { type MinorUnits, toDecimal } from '../minor-units.ts';

/** Figures of the books by what they are of: counts, amounts as decimal text, statuses. */
export type Figures = Record<string, string>;

/** One figure for each currency: `expenses in the ERP, EUR` → `1234.50`. */
export function byCurrency(name: string, amounts: readonly { currency: string; amount: MinorUnits }[]): Figures {
  const sums = new Map<string, MinorUnits>();
  for (const { currency, amount } of amounts) sums.set(currency, (sums.get(currency) ?? 0) + amount);
  return Object.fromEntries([...sums].map(([currency, sum]) => [`${name}, ${currency}`, toDecimal(sum, currency)]));
}
