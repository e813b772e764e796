import { addDays } from '../account-time.ts';
import { externalReferences, many, one } from '../associations.ts';
import { boolean, currency, currencyOf, date, integer, number, stamps, string, zero } from '../attributes.ts';
import { isObject } from '../body.ts';
import { invalid, unprocessable } from '../errors.ts';
import { dateBetween, flag, oneOf } from '../filters.ts';
import { writable } from '../listing.ts';
import { today } from '../presenter.ts';
import type { Action, Call, Resource, Write } from '../resource.ts';
import type { Json, Row } from '../state.ts';
import { amount, centsOf } from '../time-value.ts';
import { touch } from '../touch.ts';
import { journal, mayWrite } from '../writer.ts';
import { expenses } from './expenses.ts';
import { timeEntries } from './time-entries.ts';

const idList = (value: Json | undefined): string[] => (Array.isArray(value) ? value.map(String) : []);

/** Minimal: made from time entries, expenses, billing milestones and fixed fees; cancelling frees the lines. */
export const invoices: Resource = {
  collection: 'invoices',
  singular: 'invoice',
  subjectType: 'Invoice',
  event: 'invoice',
  attributes: {
    ...stamps,
    invoice_date: date,
    due_date: date,
    status: { type: 'string', default: 'new' },
    title: {
      type: 'string',
      compute: (row) => `${row['draft'] === true ? 'Draft ' : ''}Invoice #${String(row['user_invoice_number'] ?? '')}`,
    },
    user_invoice_number: integer,
    user_invoice_title: string,
    tax_rate: { ...number, default: 0 },
    purchase_order: string,
    project_code: string,
    message: string,
    draft: boolean,
    payment_schedule: zero,
    balance_in_cents: zero,
    ...currency,
  },
  associations: {
    recipient: one('users', 'recipient_id', 'captured'),
    user: one('users', 'user_id', 'captured'),
    workspaces: many('workspaces', 'workspace_ids'),
    time_entries: many('time_entries', 'time_entry_ids'),
    expenses: many('expenses', 'expense_ids'),
    billing_milestones: many('billing_milestones', 'billing_milestone_ids'),
    fixed_fee_items: many('fixed_fee_items', 'fixed_fee_item_ids'),
    additional_items: many('additional_items', 'additional_item_ids'),
    ...externalReferences('Invoice'),
  },
  create: [
    ...[
      'time_entry_ids',
      'expense_ids',
      'billing_milestone_ids',
      'workspace_ids',
      'payment_schedule',
      'invoice_date',
      'user_invoice_number',
    ],
    ...['user_invoice_title', 'draft', 'message', 'purchase_order', 'project_code', 'tax_rate'],
  ],
  update: [
    'payment_schedule',
    'invoice_date',
    'draft',
    'message',
    'user_invoice_title',
    'purchase_order',
    'project_code',
    'tax_rate',
    'user_invoice_number',
  ],
  administratorsOnly: 'all',
  filters: {
    workspace_id: inWorkspaces,
    workspace_ids: inWorkspaces,
    draft: flag('draft'),
    status: oneOf('status'),
    invoice_date_between: dateBetween('invoice_date'),
  },
  orders: { created_at: 'created_at', updated_at: 'updated_at', invoice_date: 'invoice_date' },
  prepare,
  validate,
  after: (row, { existing, call }) => {
    if (!existing) mark(row, call, true);
  },
  actions: [cancel()],
};

/** A line of a fixed fee, made by an invoice. */
export const fixedFeeItems: Resource = {
  collection: 'fixed_fee_items',
  singular: 'fixed_fee_item',
  subjectType: 'FixedFeeItem',
  attributes: { ...stamps, notes: string, amount_in_cents: integer, taxable: boolean, ...currency },
  associations: { story: one('stories', 'story_id'), workspace: one('workspaces', 'workspace_id') },
  administratorsOnly: 'all',
};

/** A payment received elsewhere: the invoice counts as paid. */
export const externalPayments: Resource = {
  collection: 'external_payments',
  singular: 'external_payment',
  subjectType: 'ExternalPayment',
  attributes: { ...stamps, amount_in_cents: integer, message: string },
  associations: {
    user: one('users', 'user_id', 'captured'),
    invoice: one('invoices', 'invoice_id', 'captured'),
    workspace: one('workspaces', 'workspace_id', 'captured'),
  },
  create: ['amount_in_cents', 'message', 'invoice_id', 'workspace_id'],
  required: { invoice_id: "Invoice can't be blank", workspace_id: "Workspace can't be blank" },
  administratorsOnly: 'all',
  prepare: ({ change, call }) => {
    const invoice = call.store.find('invoices', change['invoice_id']);
    change['amount_in_cents'] ??= amount(invoice?.['balance_in_cents']);
    change['user_id'] = call.caller.userId;
  },
  validate: ({ change, errors, call }) => {
    const invoice = call.store.find('invoices', change['invoice_id']);
    if (change['invoice_id'] && !invoice) errors.push(invalid('invoice_id', 'Invoice does not exist'));
    else if (invoice && invoice['status'] !== 'new') errors.push(invalid('invoice_id', `Invoice is ${String(invoice['status'])}`));
  },
  after: (row, { call }) => {
    const invoice = call.store.find('invoices', row['invoice_id']);
    if (invoice) touch(call, invoices, invoice, { status: 'accepted payment' });
  },
};

function inWorkspaces(value: string): (row: Row) => boolean {
  const wanted = value.split(',');
  return (row) => idList(row['workspace_ids']).some((id) => wanted.includes(id));
}

const lines = (collection: string, ids: Json | undefined, call: Call): Row[] =>
  idList(ids).flatMap((id) => call.store.find(collection, id) ?? []);

function prepare({ change, received, existing, call }: Write): void {
  const invoiceDate = String(change['invoice_date'] ?? existing?.['invoice_date'] ?? today(call));
  const schedule = amount(change['payment_schedule'] ?? existing?.['payment_schedule']);
  change['due_date'] = addDays(invoiceDate, schedule);
  if (existing) return;
  const store = call.store;
  const time = lines('time_entries', change['time_entry_ids'], call);
  const spent = lines('expenses', change['expense_ids'], call);
  const milestones = lines('billing_milestones', change['billing_milestone_ids'], call);
  const own = received['workspace_id'] === undefined ? [] : [String(received['workspace_id'])];
  const workspaceIds = [
    ...new Set([
      ...own,
      ...idList(change['workspace_ids']),
      ...[...time, ...spent, ...milestones].map((row) => String(row['workspace_id'])),
    ]),
  ];
  const fees = fixedFees(received['fixed_fee_items'], workspaceIds[0] ?? null, call);
  const sums = [...spent, ...milestones, ...fees].reduce((sum, row) => sum + amount(row['amount_in_cents']), 0);
  Object.assign(change, {
    invoice_date: invoiceDate,
    workspace_ids: workspaceIds,
    fixed_fee_item_ids: fees.map((row) => row.id),
    balance_in_cents: centsOf(time) + sums,
    currency: currencyOf({ id: '', created_at: '', updated_at: '', workspace_id: workspaceIds[0] ?? null }, call),
    status: 'new',
    user_id: call.caller.userId,
    user_invoice_number: change['user_invoice_number'] ?? store.table('invoices').all().length + 1001,
  });
}

/** Captured: `amount` is in whole units of the currency and becomes cents. */
function fixedFees(value: Json | undefined, workspaceId: string | null, call: Call): Row[] {
  return (Array.isArray(value) ? value : []).filter(isObject).map((item) =>
    call.store.insert('fixed_fee_items', {
      id: call.store.newId(),
      created_at: call.now,
      updated_at: call.now,
      notes: item['notes'] ?? null,
      story_id: item['story_id'] === undefined ? null : String(item['story_id']),
      workspace_id: workspaceId,
      amount_in_cents: Math.round(Number(item['amount'] ?? 0) * 100),
    }),
  );
}

function validate({ change, received, existing, errors, call }: Write): void {
  if (existing) {
    if (existing['status'] !== 'new') errors.push(invalid('status', `Invoice is ${String(existing['status'])}`));
    return;
  }
  if (idList(change['workspace_ids']).length === 0) errors.push(invalid('workspace_id', "Workspace can't be blank"));
  for (const [field, collection] of [
    ['time_entry_ids', 'time_entries'],
    ['expense_ids', 'expenses'],
  ] as const) {
    for (const id of idList(received[field])) {
      const line = call.store.find(collection, id);
      if (!line) errors.push(invalid(field, `${id} does not exist`));
      else if (line['is_invoiced'] === true) errors.push(invalid(field, `${id} has already been invoiced`));
    }
  }
}

function mark(row: Row, call: Call, invoiced: boolean): void {
  const patch = { is_invoiced: invoiced, invoice_id: invoiced ? row.id : null };
  for (const entry of lines('time_entries', row['time_entry_ids'], call)) touch(call, timeEntries, entry, patch);
  for (const expense of lines('expenses', row['expense_ids'], call)) touch(call, expenses, expense, patch);
}

function cancel(): Action {
  return {
    method: 'put',
    path: '/invoices/:id/cancel',
    run: (call) => {
      mayWrite(call, invoices);
      const row = writable(call, invoices, String(call.request.params['id']));
      if (row['status'] === 'cancelled') {
        journal(call, invoices, 422, 'refused', row.id);
        throw unprocessable([invalid('status', 'Invoice is already cancelled')]);
      }
      mark(row, call, false);
      touch(call, invoices, row, { status: 'cancelled' });
      journal(call, invoices, 200, 'updated', row.id);
      return { rows: [row], resource: invoices };
    },
  };
}
