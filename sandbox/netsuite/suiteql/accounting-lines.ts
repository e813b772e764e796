import type { RecordStore } from '../record-store.ts';
import type { Column, Row, Table } from './table.ts';
import { idValue } from './table.ts';
import { cents, codes, isPosted, lineAmount, linesOf } from './transaction-tables.ts';

/** Where an account posts what says no account of its own. */
const usual: Record<string, string> = { main: '1', item: '3', expense: '6' };

/**
 * What each line of a transaction does to the general ledger, in the currency of its subsidiary: a debit above zero, a credit below. A journal of one
 * accounting book is in that book alone; book 1 is the primary one.
 */
export function transactionAccountingLineTable(store: RecordStore): Table {
  const base = (row: Row) => cents((lineAmount(row) ?? 0) * Number(row.record.fields.exchangeRate ?? 1));
  const account = ({ type, main, line }: Row) =>
    String(line?.fields.account ?? usual[main ? 'main' : type === 'expenseReport' ? 'expense' : 'item']);
  const columns = new Map<string, Column>([
    ['transaction', { value: ({ record }) => idValue(record.id) }],
    ['transactionline', { value: (row) => row.sequence ?? 0 }],
    ['account', { value: (row) => idValue(account(row)) }],
    ['accountingbook', { value: ({ record }) => Number(record.fields.accountingBook ?? 1) }],
    ['posting', { value: ({ type, record }) => (isPosted(type, record) ? 'T' : 'F') }],
    ['amount', { value: base }],
    ['netamount', { value: base }],
    ['debit', { value: (row) => (base(row) > 0 ? base(row) : null) }],
    ['credit', { value: (row) => (base(row) < 0 ? -base(row) : null) }],
  ]);
  const posting = Object.keys(codes).filter((type) => type !== 'salesOrder' && type !== 'customerPayment');
  return {
    name: 'transactionaccountingline',
    columns,
    rows: () => posting.flatMap((type) => store.all(type).flatMap((record) => linesOf(type, record))),
    lookUp: () => undefined,
  };
}
