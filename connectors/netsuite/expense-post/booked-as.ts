import { Decimal } from 'decimal.js';
import type { Json, JsonObject } from '../../../model/json.ts';
import { money } from '../../../model/money.ts';
import { outsideNumber } from '../../../model/outside-number.ts';
import { linesOf } from '../records/record-field.ts';
import type { ResolvedExpense } from './expense-references.ts';

/** What an expense is in the books, and the rate at which it came there. */
export type Booked = Pick<ResolvedExpense, 'inBooks' | 'exchangeRate'>;

/** As it was booked, once it is there: the rate of its day may have been corrected since, and what is in the books has not moved with it. */
export function bookedAs({ inBooks, exchangeRate }: ResolvedExpense, record: JsonObject): Booked {
  if (exchangeRate === undefined) return { inBooks };
  const [line = {}] = linesOf(record, 'expense');
  const [amount, rate] = [numberIn(line['amount']), numberIn(line['exchangeRate'])];
  return {
    inBooks: amount === undefined ? inBooks : money(amount, inBooks.currency),
    exchangeRate: rate !== undefined && !new Decimal(rate).equals(exchangeRate) ? new Decimal(rate).toFixed() : exchangeRate,
  };
}

/** As exact text. */
function numberIn(value: Json | undefined): string | undefined {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
  return outsideNumber(text, { least: 0, most: 1e15 }) === undefined ? undefined : text;
}
