import type { Field } from '../field.ts';
import { appliedLines } from '../rules/settlements.ts';
import type { RecordStore } from '../record-store.ts';
import { knownType } from '../record-types.ts';
import type { Line, Scalar, StoredRecord } from '../state.ts';
import { type Column, idValue, propertyColumn, type Row, type Table } from './table.ts';

/** record type → code in the column `type` */
export const codes: Record<string, string> = {
  invoice: 'CustInvc',
  salesOrder: 'SalesOrd',
  expenseReport: 'ExpRept',
  customerPayment: 'CustPymt',
  creditMemo: 'CustCred',
  journalEntry: 'Journal',
};
const bodyLists = ['item', 'time', 'expense', 'line'];
const text: Field = { kind: 'text' };

function typed(name: string): Field {
  return knownType('invoice').fields[name] ?? knownType('expenseReport').fields[name] ?? knownType('salesOrder').fields[name] ?? text;
}

/** column → property. The header has no subsidiary: that is a column of the lines. */
const headerColumns: Record<string, string> = {
  tranid: 'tranId',
  trandate: 'tranDate',
  entity: 'entity',
  memo: 'memo',
  currency: 'currency',
  exchangerate: 'exchangeRate',
  postingperiod: 'postingPeriod',
  duedate: 'dueDate',
  terms: 'terms',
  status: 'status',
  otherrefnum: 'otherRefNum',
  foreigntotal: 'total',
  total: 'total',
  taxtotal: 'taxTotal',
  foreignamountpaid: 'amountPaid',
  foreignamountunpaid: 'amountRemaining',
  createddate: 'createdDate',
  lastmodifieddate: 'lastModifiedDate',
};

export function transactionTable(store: RecordStore): Table {
  const columns = new Map<string, Column>([
    ['id', { value: ({ record }) => idValue(record.id) }],
    ['externalid', { value: ({ record }) => record.externalId ?? null }],
    ['type', { value: ({ type }) => codes[type] ?? null }],
    ['recordtype', { value: ({ type }) => type.toLowerCase() }],
    ['voided', { value: ({ record }) => (record.fields.status === 'V' ? 'T' : 'F') }],
    ['posting', { value: ({ type, record }) => (isPosted(type, record) ? 'T' : 'F') }],
  ]);
  for (const [column, property] of Object.entries(headerColumns)) {
    const field: Field = property === 'entity' ? { kind: 'reference', to: ['customer', 'job', 'employee'] } : typed(property);
    columns.set(column, propertyColumn(store, property, field));
  }
  return {
    name: 'transaction',
    columns,
    rows: () => Object.keys(codes).flatMap((type) => store.all(type).map((record) => ({ record, type }))),
    lookUp(column, value) {
      if (column !== 'id' && column !== 'externalid') return undefined;
      return Object.keys(codes).flatMap((type) => {
        const record = column === 'id' ? store.get(type, value) : store.byExternalId(knownType(type), value);
        return record ? [{ record, type }] : [];
      });
    },
  };
}

/** What waits for an approval, or was refused one, is in no book. */
export function isPosted(type: string, { fields }: StoredRecord): boolean {
  if (type === 'invoice') return fields.status !== 'D' && fields.status !== 'E';
  if (type === 'expenseReport') return fields.status === 'F' || fields.status === 'I';
  if (type === 'journalEntry') return fields.approved === true;
  return type !== 'salesOrder';
}

/** Which document follows which: of a payment or credit memo, one row for each invoice that it is applied to. */
export function nextTransactionLineLinkTable(store: RecordStore): Table {
  const doc = ({ line }: Row) => String(line?.fields.doc);
  const columns = new Map<string, Column>([
    ['previousdoc', { value: (row) => idValue(doc(row)) }],
    ['previousline', { value: () => 0 }],
    ['previoustype', { value: () => codes['invoice'] ?? null }],
    ['nextdoc', { value: ({ record }) => idValue(record.id) }],
    ['nextline', { value: () => 0 }],
    ['nexttype', { value: ({ type }) => codes[type] ?? null }],
    ['linktype', { value: () => 'Payment' }],
    ['foreignamount', { value: ({ line }) => Number(line?.fields.amount ?? 0) }],
  ]);
  const settling = ['customerPayment', 'creditMemo'];
  const rows = () =>
    settling.flatMap((type) => store.all(type).flatMap((record) => appliedLines(record).map((line): Row => ({ record, type, line }))));
  return { name: 'nexttransactionlinelink', columns, rows, lookUp: () => undefined };
}

const sign = (row: Row) => (row.type === 'expenseReport' || (row.type === 'creditMemo') !== row.main ? 1 : -1);
const figure = (row: Row, value: Scalar | undefined) => (value === undefined ? null : sign(row) * Number(value));

/** In the currency of the transaction: a debit above zero, a credit below. */
export function lineAmount(row: Row): number | null {
  if (row.main) return figure(row, row.record.fields.total);
  const { debit, credit, amount } = row.line?.fields ?? {};
  return debit === undefined && credit === undefined ? figure(row, amount) : Number(debit ?? 0) - Number(credit ?? 0);
}

/** The main line shows the total; the lines of a sale are credits, so that quantities and amounts are negative. A credit memo is the other way round. */
export function transactionLineTable(store: RecordStore): Table {
  const amount = lineAmount;
  const lineOrHeader = (row: Row) => ({ ...row.record.fields, ...row.line?.fields });
  const columns = new Map<string, Column>([
    ['id', { value: (row) => row.sequence ?? 0 }],
    ['uniquekey', { value: (row) => Number(row.record.id) * 1000 + (row.sequence ?? 0) }],
    ['transaction', { value: ({ record }) => idValue(record.id) }],
    ['linesequencenumber', { value: (row) => row.sequence ?? 0 }],
    ['mainline', { value: (row) => (row.main ? 'T' : 'F') }],
    ['taxline', { value: () => 'F' }],
    ['foreignamount', { value: amount }],
    ['netamount', { value: (row) => cents((amount(row) ?? 0) * Number(row.record.fields.exchangeRate ?? 1)) }],
    ['quantity', { value: (row) => figure(row, row.line?.fields.quantity) }],
    ['rate', { value: (row) => (row.line?.fields.rate === undefined ? null : Number(row.line.fields.rate)) }],
    ['linelastmodifieddate', propertyColumn(store, 'lastModifiedDate', { kind: 'dateTime' })],
    ['entity', propertyColumn(store, 'customer', { kind: 'reference', to: ['customer', 'job', 'employee'] }, entityOfLine)],
  ]);
  const references: Record<string, readonly string[]> = {
    subsidiary: ['subsidiary'],
    department: ['department'],
    class: ['classification'],
    location: ['location'],
    item: ['serviceSaleItem'],
    category: ['expenseCategory'],
  };
  for (const [property, to] of Object.entries(references))
    columns.set(property, propertyColumn(store, property, { kind: 'reference', to }, lineOrHeader));
  columns.set(
    'memo',
    propertyColumn(store, 'memo', text, (row) => (row.main ? row.record.fields : described(row.line))),
  );
  columns.set(
    'isbillable',
    propertyColumn(store, 'isBillable', { kind: 'boolean' }, (row) => row.line?.fields ?? {}),
  );
  return {
    name: 'transactionline',
    columns,
    rows: () => Object.keys(codes).flatMap((type) => store.all(type).flatMap((record) => linesOf(type, record))),
    lookUp(column, value) {
      if (column !== 'transaction') return undefined;
      const found = store.find(Object.keys(codes), value);
      return found ? linesOf(found.type.name, found.record) : [];
    },
  };
}

/** A line of a sale to the client names its project; without one, the whole document's stands for it. */
function entityOfLine(row: Row): Record<string, Scalar> {
  const { job, entity } = row.record.fields;
  const customer = row.line?.fields.customer ?? row.line?.fields.job ?? row.line?.fields.entity ?? (row.main ? entity : (job ?? entity));
  return customer === undefined ? {} : { customer };
}

function described(line: Line | undefined): Record<string, Scalar> {
  const memo = line?.fields.memo ?? line?.fields.description;
  return memo === undefined ? {} : { memo };
}

/** Main line and body lines, by their sequence. A journal has no main line. */
export function linesOf(type: string, record: StoredRecord): Row[] {
  const lines = bodyLists.flatMap((name) => (record.lines[name] ?? []).filter((line) => line.fields.apply !== false));
  const { discountTotal } = record.fields;
  // a discount of the whole document is a line of its own in the books
  const discount: Line[] = discountTotal ? [{ line: lines.length + 1, fields: { amount: discountTotal } }] : [];
  return [
    ...(type === 'journalEntry' ? [] : [{ record, type, main: true, sequence: 0 }]),
    ...[...lines, ...discount].map((line, index) => ({ record, type, line, main: false, sequence: index + 1 })),
  ];
}

export function cents(value: number): number {
  return Math.round(value * 100) / 100;
}
