import { boundedText } from '../../../model/bounded-text.ts';
import { currencyDecimals } from '../../../model/currency-decimals.ts';
import { ExactDecimal } from '../../../model/exact-decimal.ts';
import { exactMoney } from '../../../model/exact-money.ts';
import type { Json, JsonObject } from '../../../model/json.ts';
import { isZero } from '../../../model/money.ts';
import type { ExpenseFact, UnreadableRow } from '../../../model/operations.ts';
import { outsideNumber } from '../../../model/outside-number.ts';
import { fieldText, isEmpty, linesOf, referredId } from '../records/record-field.ts';
import type { ReferenceData, Subsidiary } from '../records/reference-data.ts';
import type { Row } from '../wire/suiteql.ts';

/** An expense report as it was listed and read. */
export interface ReportReading {
  key: string;
  id: string;
  row: Row;
  /** absent = it is gone */
  record: JsonObject | undefined;
}

export type ToldReport = { fact: ExpenseFact } | { unreadable: UnreadableRow } | { gone: true };

/** Projects and customers that the lines are booked on. */
export function customersOf({ record }: ReportReading): string[] {
  return record ? linesOf(record, 'expense').flatMap((line) => referredId(line, 'customer') ?? []) : [];
}

/** What a report says of its expense; one that says not one thing alone is told as unreadable, with the field. */
export async function factOfReport(
  { key, id, row, record }: ReportReading,
  { references, projects }: { references: ReferenceData; projects: ReadonlyMap<string, string> },
): Promise<ToldReport> {
  if (!record) return { gone: true };
  const odd = (field: string, value?: Json): ToldReport => ({
    unreadable: { key, id, field, ...(isEmpty(value) ? {} : { value: boundedText(value, 100) }) },
  });
  const [line, ...more] = linesOf(record, 'expense');
  // an expense is a report of its own: docs/decisions/0024
  if (!line || more.length > 0) return odd('expense', `${more.length + (line ? 1 : 0)} lines`);
  const subsidiaryId = referredId(record, 'subsidiary');
  const books = subsidiaryId === undefined ? undefined : await references.subsidiaryById(subsidiaryId);
  const currencyId = referredId(line, 'currency') ?? books?.currencyId;
  const currency = currencyId === undefined ? undefined : await references.currencyCode(currencyId);
  // of what ISO 4217 does not know no sum can be made
  if (currency === undefined || currencyDecimals(currency) === undefined) return odd('expense.currency', currency ?? currencyId);
  const isForeign = currencyId !== books?.currencyId;
  const field = isForeign ? 'foreignAmount' : 'amount';
  const net = numberOf(line[field]);
  if (net === undefined) return odd(`expense.${field}`, line[field]);
  const taxes = linesOf(record, 'taxDetails').map((tax) => tax['taxAmount'] ?? 0);
  const wrong = taxes.find((tax) => numberOf(tax) === undefined);
  if (wrong !== undefined) return odd('taxDetails.taxAmount', wrong);
  const tax = taxes.reduce((sum: InstanceType<typeof ExactDecimal>, one) => sum.plus(numberOf(one) ?? 0), new ExactDecimal(0));
  // tax details count in the currency of the books
  if (isForeign && !tax.isZero()) return odd('taxDetails.taxAmount', tax.toFixed());
  const taxed = exactMoney(tax, currency);
  const customer = referredId(line, 'customer');
  const person = row['email']?.trim().toLowerCase();
  const report = fieldText(record, 'memo');
  return {
    fact: {
      key,
      id,
      day: row['day'] ?? '',
      amount: exactMoney(tax.plus(net), currency),
      tax: isZero(taxed) ? null : taxed,
      billable: line['isBillable'] === true,
      reimbursable: line['isNonReimbursable'] !== true,
      receipt: line['receipt'] === true,
      ...(person ? { person } : {}),
      projectCode: customer === undefined ? null : (projects.get(customer) ?? `#${customer}`),
      ...entityOf(books),
      ...(report ? { report } : {}),
    },
  };
}

const entityOf = (books: Subsidiary | undefined): { legalEntity?: string } => (books ? { legalEntity: books.code } : {});

/** As exact text. */
function numberOf(value: Json | undefined): string | undefined {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
  return outsideNumber(text, { least: -1e15, most: 1e15 }) === undefined ? undefined : text;
}
