import { Decimal } from 'decimal.js';
import { userError } from '../netsuite-error.ts';
import { toSeconds } from '../parse-value.ts';
import { knownType } from '../record-types.ts';
import type { Line, StoredRecord } from '../state.ts';
import { calendarDate } from '../time-zone.ts';
import { type Lock, periodOf, requireOpenPeriod } from './periods.ts';
import { requireSegmentsOfSubsidiary } from './subsidiaries.ts';
import { type Rules, referred, requireField, setDefault, textOf, unusable, type Write } from './write.ts';

export function precision(write: Write): number {
  return Number(referred(write, 'currency')?.fields.currencyPrecision ?? 2);
}

/** Rounded half up to the currency's minor unit, as an accountant does. */
export function product(a: unknown, b: unknown, places: number): number {
  return new Decimal(Number(a)).times(Number(b)).toDecimalPlaces(places, Decimal.ROUND_HALF_UP).toNumber();
}

export function sum(lines: Line[], field: string): number {
  return lines.reduce((total, line) => total.plus(Number(line.fields[field] ?? 0)), new Decimal(0)).toNumber();
}

/** @param of the field that names whom it is for */
export function header(write: Write, prefix: string, of = 'entity'): void {
  const { record, state, now } = write;
  const entity = referred(write, of);
  setDefault(record, 'tranDate', calendarDate(state.timeZone, now.getTime()));
  setDefault(record, 'subsidiary', entity?.fields.subsidiary);
  setDefault(record, 'currency', entity?.fields.currency ?? referred(write, 'subsidiary')?.fields.currency);
  setDefault(record, 'tranId', `${prefix}${record.id}`);
  const day = textOf(record, 'tranDate');
  const period = day === undefined ? undefined : periodOf(write.store, day)?.id;
  if (period !== undefined) record.fields.postingPeriod = period;
  const base = write.store.get('currency', textOf(referred(write, 'subsidiary'), 'currency') ?? '');
  const rate = new Decimal(Number(referred(write, 'currency')?.fields.exchangeRate ?? 1)).div(Number(base?.fields.exchangeRate ?? 1));
  setDefault(record, 'exchangeRate', rate.toDecimalPlaces(6).toNumber());
}

export function itemAmounts(write: Write): void {
  for (const line of write.record.lines.item ?? []) {
    line.fields.quantity ??= 1;
    line.fields.rate ??= write.store.get('serviceSaleItem', String(line.fields.item))?.fields.rate ?? 0;
    const old = write.before?.lines.item?.find((candidate) => candidate.line === line.line)?.fields;
    const revalued = old && (old.quantity !== line.fields.quantity || old.rate !== line.fields.rate);
    if (revalued && old.amount === line.fields.amount) delete line.fields.amount;
    line.fields.amount ??= product(line.fields.quantity, line.fields.rate, precision(write));
  }
}

/** Billable time taken onto an invoice is valued at its own rate. */
function timeAmounts(write: Write): void {
  for (const line of write.record.lines.time ?? []) {
    const bill = write.store.get('timeBill', String(line.fields.doc));
    line.fields.rate ??= Number(bill?.fields.rate ?? 0);
    if (bill?.fields.item !== undefined) line.fields.item ??= bill.fields.item;
    line.fields.amount ??= product(new Decimal(Number(bill?.fields.hours ?? 0)).div(60).toNumber(), line.fields.rate, precision(write));
  }
}

function appliedTime(record: StoredRecord): Line[] {
  return (record.lines.time ?? []).filter((line) => line.fields.apply !== false);
}

/** The subtotal is of the lines alone: a discount of the whole document is taken off behind it. */
export function totals({ record }: Write): void {
  const subtotal = new Decimal(sum(record.lines.item ?? [], 'amount')).plus(sum(appliedTime(record), 'amount')).toNumber();
  record.fields.subtotal = subtotal;
  if (record.fields.discountRate !== undefined) record.fields.discountTotal = record.fields.discountRate;
  setDefault(record, 'taxTotal', 0);
  record.fields.total = new Decimal(subtotal)
    .plus(Number(record.fields.discountTotal ?? 0))
    .plus(Number(record.fields.taxTotal))
    .toNumber();
}

function checkSale(write: Write, lock?: Lock): void {
  requireField(write, 'entity', 'Customer');
  requireSaleLines(write);
  if (referred(write, 'entity')?.fields.isInactive === true) throw unusable(write, 'entity');
  requireSegmentsOfSubsidiary(write);
  if (lock) requireOpenPeriod(write, lock);
}

export function requireSaleLines(write: Write): void {
  if ((write.record.lines.item ?? []).length + appliedTime(write.record).length === 0) throw userError(write.state, 'lineRequired');
  (write.record.lines.item ?? []).forEach((line, index) => {
    if (line.fields.item === undefined) throw userError(write.state, 'pleaseEnter', ['Item'], { path: `item.items[${index}]` });
  });
}

/** A voided transaction keeps its lines, at nothing. */
function writeNothing(record: StoredRecord): void {
  for (const line of [...(record.lines.item ?? []), ...(record.lines.time ?? [])]) Object.assign(line.fields, { rate: 0, amount: 0 });
  if (record.fields.discountRate !== undefined) record.fields.discountRate = 0;
  record.fields.taxTotal = 0;
}

/** What remains of an invoice, and whether that is nothing. */
export function leaveOpen(record: StoredRecord): void {
  const { total, amountPaid, status } = record.fields;
  record.fields.amountRemaining = new Decimal(Number(total)).minus(Number(amountPaid)).toNumber();
  if (status === undefined || status === 'A' || status === 'B') record.fields.status = record.fields.amountRemaining === 0 ? 'B' : 'A';
}

export const invoiceRules: Rules = {
  defaults(write) {
    const { record } = write;
    header(write, 'INV');
    setDefault(record, 'terms', referred(write, 'entity')?.fields.terms);
    const due = new Date(`${textOf(record, 'tranDate')}T00:00:00Z`);
    due.setUTCDate(due.getUTCDate() + Number(referred(write, 'terms')?.fields.daysUntilNetDue ?? 0));
    setDefault(record, 'dueDate', due.toISOString().slice(0, 10));
    itemAmounts(write);
    timeAmounts(write);
    if (record.fields.status === 'V') writeNothing(record);
    totals(write);
    setDefault(record, 'amountPaid', 0);
    leaveOpen(record);
  },
  check: (write) => checkSale(write, 'arLocked'),
  after({ store, record, now }) {
    for (const line of appliedTime(record)) {
      const bill = store.get('timeBill', String(line.fields.doc));
      if (!bill || bill.fields.status === 'Billed') continue;
      const fields = { ...bill.fields, status: 'Billed', lastModifiedDate: toSeconds(now) };
      store.put(knownType('timeBill'), { ...bill, version: bill.version + 1, fields });
    }
  },
};

export const salesOrderRules: Rules = {
  defaults(write) {
    header(write, 'SO');
    delete write.record.fields.postingPeriod;
    itemAmounts(write);
    totals(write);
    setDefault(write.record, 'orderStatus', 'B');
    write.record.fields.status = write.record.fields.orderStatus ?? 'B';
  },
  check: (write) => checkSale(write),
};

/** A journal is posted when it is approved, which an account without approvals takes it for. */
export const journalEntryRules: Rules = {
  defaults(write) {
    header(write, 'JE');
    setDefault(write.record, 'approved', true);
  },
  check(write) {
    requireField(write, 'subsidiary', 'Subsidiary');
    const lines = write.record.lines.line ?? [];
    if (lines.length < 2 || sum(lines, 'debit') !== sum(lines, 'credit')) throw userError(write.state, 'lineRequired');
    requireOpenPeriod(write);
  },
};
