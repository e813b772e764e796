import { Decimal } from 'decimal.js';
import { ExactDecimal } from '../../../model/exact-decimal.ts';
import type { Json, JsonObject } from '../../../model/json.ts';
import { jsonNumber } from '../../../model/json-number.ts';
import { isZero } from '../../../model/money.ts';
import type { Expense } from '../../../model/types.generated.ts';
import { externalIdOf } from './external-id.ts';
import { fieldText, isEmpty, linesOf, referredId } from './record-field.ts';

/** Internal ids of what an expense refers to, and the rate at which it is booked. */
export interface ExpenseReferences {
  employee: string;
  subsidiary: string;
  category: string;
  currency: string;
  job?: string;
  taxCode?: string;
  /** into the currency of the books; absent = they have the same */
  exchangeRate?: string;
  /** what the source itself says of the rate: one that the ERP knows may change there */
  rateIsGiven: boolean;
}

/** NetSuite's column has room for so many; what is longer is left out as a whole. */
export const longestNote = 999;

/** One line only, by which the tax details find it. */
const lineReference = '1';

/**
 * An expense as an expense report of its own, with one line: SuiteTalk schema transactions.employees, ExpenseReport. The tax stands in the tax details,
 * since legacy tax is not in REST.
 */
export function expenseReportBody(expense: Expense, found: ExpenseReferences): JsonObject {
  const net = netOf(expense);
  const { report, source, perDiem, mileage, tax } = expense;
  const flat = perDiem ? { count: perDiem.days, rate: perDiem.rate } : mileage && { count: mileage.distance, rate: mileage.rate };
  return {
    externalId: externalIdOf(expense.id),
    entity: { id: found.employee },
    subsidiary: { id: found.subsidiary },
    tranDate: expense.day,
    memo: report ? `${source.system} ${report.id}` : null,
    useMultiCurrency: found.exchangeRate !== undefined,
    expense: {
      items: [
        {
          expenseDate: expense.day,
          category: { id: found.category },
          currency: { id: found.currency },
          ...(found.exchangeRate === undefined
            ? { amount: jsonNumber(net, 'amount') }
            : { foreignAmount: jsonNumber(net, 'amount'), exchangeRate: jsonNumber(found.exchangeRate, 'exchangeRate.rate') }),
          ...(flat ? { quantity: jsonNumber(flat.count, 'quantity'), rate: jsonNumber(flat.rate.amount, 'rate') } : {}),
          ...(found.job ? { customer: { id: found.job } } : {}),
          isBillable: expense.billable,
          isNonReimbursable: expense.reimbursable === false,
          receipt: expense.receipt !== undefined,
          ...(noteOf(expense) ? { memo: noteOf(expense) } : {}),
          taxDetailsReference: lineReference,
        },
      ],
    },
    taxDetailsOverride: tax !== undefined,
    taxDetails: {
      items:
        tax && found.taxCode
          ? [
              {
                taxDetailsReference: lineReference,
                taxCode: { id: found.taxCode },
                taxBasis: jsonNumber(net, 'amount'),
                taxAmount: jsonNumber(tax.amount.amount, 'tax.amount'),
              },
            ]
          : [],
    },
  };
}

/** The sublists of it, whose lines a correction puts in place of those that are there. */
export const expenseSublists = 'expense,taxDetails';

/** The note that NetSuite can hold. */
export function noteOf({ note }: Expense): string | undefined {
  const text = note?.trim();
  return text && text.length <= longestNote ? text : undefined;
}

/** Does NetSuite have the expense with this very content? Fields that people change there (approval, account) are not compared. */
export function sameExpense(expense: Expense, found: ExpenseReferences, record: JsonObject): boolean {
  const wanted = expenseReportBody(expense, found);
  const lines = linesOf(record, 'expense');
  const [line] = lines;
  const [wantedLine] = items(wanted['expense']);
  if (!line || !wantedLine || lines.length > 1) return false;
  const taxes = linesOf(record, 'taxDetails');
  const [wantedTax] = items(wanted['taxDetails']);
  const rate = found.rateIsGiven ? ['exchangeRate'] : [];
  const amount = found.exchangeRate === undefined ? ['amount'] : ['foreignAmount', ...rate];
  // what NetSuite shows where there is no flat rate is its own
  const flat = expense.perDiem || expense.mileage ? ['quantity', 'rate'] : [];
  return (
    equalIn(record, wanted, ['entity', 'tranDate', 'memo']) &&
    equalIn(line, wantedLine, [
      'expenseDate',
      'category',
      'currency',
      'customer',
      'memo',
      'isBillable',
      'isNonReimbursable',
      'receipt',
      ...amount,
      ...flat,
    ]) &&
    (wantedTax ? taxes.length === 1 && equalIn(taxes[0]!, wantedTax, ['taxCode', 'taxAmount']) : taxes.every(isNoTax))
  );
}

/** What it costs without tax, in its own currency. */
export function netOf({ amount, tax }: Expense): string {
  return new ExactDecimal(amount.amount).minus(tax && !isZero(tax.amount) ? tax.amount.amount : 0).toFixed();
}

const items = (sublist: Json | undefined) => (sublist as { items: JsonObject[] }).items;

const isNoTax = (tax: JsonObject) => isEmpty(tax['taxAmount']) || tax['taxAmount'] === 0;

function equalIn(record: JsonObject, wanted: JsonObject, fields: readonly string[]): boolean {
  return fields.every((field) => {
    const value = wanted[field];
    if (typeof value === 'boolean') return (record[field] ?? false) === value;
    if (typeof value === 'number') return isNumber(record[field]) && new Decimal(String(record[field])).equals(value);
    if (typeof value === 'object' && value !== null) return referredId(record, field) === referredId(wanted, field);
    return (fieldText(record, field) ?? referredId(record, field))?.replace(/\r\n?/g, '\n').trim() === (value ?? undefined);
  });
}

const isNumber = (value: Json | undefined) => typeof value === 'number' || /^-?\d{1,30}(\.\d{1,30})?$/.test(String(value ?? ''));
