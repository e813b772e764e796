import type { Json } from '../../model/json.ts';
import type { InvoicePollOptions, PollPage, SourceEvent } from '../../model/operations.ts';
import { eventOf } from './invoice-poll/invoice-of.ts';
import { readInvoices } from './invoice-poll/read-invoices.ts';
import type { ChangedRow } from './records/change-cursor.ts';
import { readChanges } from './records/changed-rows.ts';
import type { ReferenceData } from './records/reference-data.ts';
import type { NetSuiteApi } from './wire.ts';
import { column, type Row, type SuiteQl } from './wire/suiteql.ts';

interface Parts {
  api: NetSuiteApi;
  suiteQl: SuiteQl;
  references: ReferenceData;
}

export const usualPage = 200;
/**
 * Invoices in order of change. NetSuite has no webhook for records: transactions are read by their stamp, the ids of a stamp in their order. A payment or a
 * credit memo that changes brings the invoices that it is applied to. Each invoice is then read as a record, whose stamp is in UTC.
 */
export async function pollInvoices(
  parts: Parts,
  stored: Json | undefined,
  { since, pageSize = usualPage }: InvoicePollOptions,
  signal: AbortSignal,
): Promise<PollPage> {
  const read = await readChanges(parts, changedTransactions, stored, { ...(since === undefined ? {} : { since }), pageSize }, signal);
  const rows = read.changed.map(({ row, ...changed }) => ({ ...changed, type: column(row, 'type') }));
  return { events: await eventsOf(parts, rows, signal), cursor: read.cursor, more: read.more };
}

const changedTransactions = { table: 'transaction', columns: 't.type AS type', where: "t.type IN ('CustInvc', 'CustPymt', 'CustCred')" };

async function eventsOf(
  { api, suiteQl, references }: Parts,
  rows: (ChangedRow & { type: string })[],
  signal: AbortSignal,
): Promise<SourceEvent[]> {
  const documents = rows.filter(({ type }) => type !== 'CustInvc').map(({ id }) => id);
  const invoices = rows.filter(({ type }) => type === 'CustInvc').map(({ id }) => id);
  const ids = [...new Set([...invoices, ...(await appliedTo(suiteQl, documents, signal))])];
  if (ids.length === 0) return [];
  const read = await readInvoices({ api, suiteQl, references }, ids, signal);
  return read.flatMap(({ invoice }) => (invoice ? [eventOf(invoice)] : []));
}

/** Invoices that payments and credit memos are applied to. */
async function appliedTo(suiteQl: SuiteQl, ids: readonly string[], signal: AbortSignal): Promise<string[]> {
  const query = (condition: string) =>
    `SELECT l.previousdoc AS id, l.nextdoc AS nextdoc FROM nexttransactionlinelink l WHERE l.linktype = 'Payment' AND l.previoustype = 'CustInvc' AND ${condition} ORDER BY l.nextdoc, l.previousdoc`;
  const rows: Row[] = await suiteQl.whereIn('l.nextdoc', ids, query, signal);
  return rows.map((row) => column(row, 'id'));
}
