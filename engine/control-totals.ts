import { addMoney, type Money, money } from '../model/money.ts';

/** What a line counts towards the totals of its batch or side. */
export interface TotalLine {
  key: string;
  minutes: number;
  amount?: Money | null;
  legalEntity?: string | null;
}

/** Figures by which two sides can tell that they hold the same lines without listing them. */
export interface ControlTotals {
  entries: number;
  minutes: number;
  /** by legal entity (`-` where it is not known), then currency */
  amounts: Record<string, Record<string, string>>;
  /** entries that have no amount: not the same as an amount of zero */
  withoutAmount: number;
  /** sum of the digits-only part of each key: changes when a line is swapped for another of equal amount */
  hashTotal: string;
}

export function controlTotals(lines: Iterable<TotalLine>): ControlTotals {
  const totals: ControlTotals = { entries: 0, minutes: 0, amounts: {}, withoutAmount: 0, hashTotal: '0' };
  let hash = 0n;
  for (const line of lines) {
    totals.entries++;
    totals.minutes += line.minutes;
    // of a key as long as nobody makes it the end is enough; a number of a million digits takes long to read
    hash += BigInt(line.key.replace(/\D/g, '').slice(-80) || '0');
    if (!line.amount) {
      totals.withoutAmount++;
      continue;
    }
    // a table answers to this name with what all tables share
    const name = !line.legalEntity || line.legalEntity === '__proto__' ? '-' : line.legalEntity;
    const entity = Object.hasOwn(totals.amounts, name) ? totals.amounts[name]! : (totals.amounts[name] = {});
    const { currency } = line.amount;
    entity[currency] = addMoney(money(entity[currency] ?? '0', currency), line.amount).amount;
  }
  totals.hashTotal = hash.toString();
  return totals;
}
