import { Decimal } from 'decimal.js';
import { userError } from '../netsuite-error.ts';
import { toSeconds } from '../parse-value.ts';
import type { RecordStore } from '../record-store.ts';
import { knownType } from '../record-types.ts';
import type { StoredRecord } from '../state.ts';
import { requireOpenPeriod } from './periods.ts';
import { header, itemAmounts, leaveOpen, requireSaleLines, totals } from './transactions.ts';
import { type Rules, referred, requireField, setDefault, type Write } from './write.ts';

/** What is applied: lines that are not ticked are only offered. */
export const appliedLines = (record: StoredRecord | undefined) => (record?.lines.apply ?? []).filter((line) => line.fields.apply !== false);

const sumOf = (record: StoredRecord): number =>
  appliedLines(record)
    .reduce((sum, line) => sum.plus(Number(line.fields.amount ?? 0)), new Decimal(0))
    .toNumber();

/** Each ticked line goes to an invoice, with no more than what that has open. */
function checkApplied({ record, before, state, store }: Write): void {
  for (const [index, { fields }] of appliedLines(record).entries()) {
    const invoice = store.get('invoice', String(fields.doc));
    const path = `apply.items[${index}].doc`;
    if (!invoice || invoice.fields.status === 'V') throw userError(state, 'invalidField', [String(fields.doc), 'doc'], { path });
    const mine = appliedLines(before).find((line) => line.fields.doc === fields.doc)?.fields.amount ?? 0;
    const open = new Decimal(Number(invoice.fields.amountRemaining)).plus(Number(mine));
    if (open.lessThan(Number(fields.amount ?? 0))) {
      throw userError(state, 'invalidField', [String(fields.amount), 'amount'], { path: `apply.items[${index}].amount` });
    }
  }
}

/** The invoices to which anything is, or was, applied have another amount open, and have changed. */
function tellInvoices({ store, record, before, now }: Write): void {
  const touched = new Set([...appliedLines(record), ...appliedLines(before)].map((line) => String(line.fields.doc)));
  for (const id of touched) {
    const invoice = store.get('invoice', id);
    if (!invoice) continue;
    const lastModifiedDate = record.fields.lastModifiedDate ?? toSeconds(now);
    const changed: StoredRecord = {
      ...invoice,
      version: invoice.version + 1,
      fields: { ...invoice.fields, amountPaid: settledOf(store, id), lastModifiedDate },
    };
    if (changed.fields.status !== 'V') leaveOpen(changed);
    store.put(knownType('invoice'), changed);
  }
}

function settledOf(store: RecordStore, invoice: string): number {
  return ['customerPayment', 'creditMemo']
    .flatMap((type) => store.all(type))
    .flatMap(appliedLines)
    .filter((line) => String(line.fields.doc) === invoice)
    .reduce((sum, line) => sum.plus(Number(line.fields.amount ?? 0)), new Decimal(0))
    .toNumber();
}

export const customerPaymentRules: Rules = {
  defaults(write) {
    const { record } = write;
    header(write, 'PYMT', 'customer');
    setDefault(record, 'payment', sumOf(record));
    record.fields.total = Number(record.fields.payment);
    record.fields.applied = sumOf(record);
    record.fields.unapplied = new Decimal(Number(record.fields.payment)).minus(sumOf(record)).toNumber();
    setDefault(record, 'status', 'C');
  },
  check(write) {
    requireField(write, 'customer', 'Customer');
    checkApplied(write);
    requireOpenPeriod(write, 'arLocked');
  },
  after: tellInvoices,
};

export const creditMemoRules: Rules = {
  defaults(write) {
    const { record } = write;
    header(write, 'CM');
    itemAmounts(write);
    totals(write);
    record.fields.applied = sumOf(record);
    const left = new Decimal(Number(record.fields.total)).minus(sumOf(record)).toNumber();
    Object.assign(record.fields, { unapplied: left, amountRemaining: left });
    if (record.fields.status !== 'V') record.fields.status = left === 0 ? 'B' : 'A';
  },
  check(write) {
    requireField(write, 'entity', 'Customer');
    requireSaleLines(write);
    if (referred(write, 'entity')?.fields.isInactive === true)
      throw userError(write.state, 'invalidField', [String(write.record.fields.entity), 'entity']);
    checkApplied(write);
    requireOpenPeriod(write, 'arLocked');
  },
  after: tellInvoices,
};
