import { phrase } from '../../model/failure-words.ts';
import type { Json } from '../../model/json.ts';
import type { InvoicePollOptions, PollPage, SourceEvent } from '../../model/operations.ts';
import { advanced, type ChangedRow, type InvoiceCursor, parseCursor, unread } from './invoice-poll/invoice-cursor.ts';
import { eventOf, invoiceOf } from './invoice-poll/invoice-of.ts';
import { billedIn } from './invoice-poll/billed-projects.ts';
import { linesOfInvoices, settlementsOf } from './invoice-poll/settlements.ts';
import { referredId } from './records/record-field.ts';
import type { ReferenceData } from './records/reference-data.ts';
import type { NetSuiteApi } from './wire.ts';
import { column, largestPage, literal, type Row, type SuiteQl, unexpectedAnswer } from './wire/suiteql.ts';

interface Parts {
  api: NetSuiteApi;
  suiteQl: SuiteQl;
  references: ReferenceData;
}

export const usualPage = 200;
const stampFormat = "'YYYY-MM-DD HH24:MI:SS'";
const stampOf = (name: string) => `TO_CHAR(${name}.lastmodifieddate, ${stampFormat})`;

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
  if (stored === undefined && since === undefined) return fromNowOn(parts.suiteQl, signal);
  const cursor = parseCursor(stored, since);
  const size = Math.min(largestPage, Math.max(1, pageSize));
  const { rows, more } = await parts.suiteQl.page(changesAfter(cursor), { limit: size, signal });
  const changed = rows.map((row) => ({ id: column(row, 'id'), stamp: column(row, 'stamp'), type: column(row, 'type') }));
  assertForward(cursor, changed);
  const events = await eventsOf(parts, unread(cursor, changed), signal);
  return { events, cursor: advanced(cursor, changed, more) as unknown as Json, more };
}

/** Without a start, a first deploy must not tell the past: it begins at the newest change that there is. */
async function fromNowOn(suiteQl: SuiteQl, signal: AbortSignal): Promise<PollPage> {
  const query = `SELECT MAX(${stampOf('t')}) AS stamp FROM transaction t`;
  const { rows } = await suiteQl.page(query, { limit: 1, signal });
  const newest = rows[0]?.['stamp'];
  const cursor: InvoiceCursor = { version: 1, ...(newest ? { newest, from: newest, floor: newest } : {}), seen: {} };
  return { events: [], cursor: cursor as unknown as Json, more: newest !== undefined };
}

/** The text of a stamp is compared: its second may hold fractions that nobody is shown. */
function changesAfter({ from, after }: InvoiceCursor): string {
  const begin = after?.stamp ?? from;
  const stamp = stampOf('t');
  return [
    `SELECT t.id AS id, t.type AS type, ${stamp} AS stamp FROM transaction t WHERE t.type IN ('CustInvc', 'CustPymt', 'CustCred')`,
    ...(begin ? [`AND t.lastmodifieddate >= TO_DATE(${literal(begin)}, ${stampFormat})`] : []),
    ...(after ? [`AND (${stamp} > ${literal(after.stamp)} OR (${stamp} = ${literal(after.stamp)} AND t.id > ${BigInt(after.id)}))`] : []),
    `ORDER BY ${stamp}, t.id`,
  ].join(' ');
}

/** Rows that do not come after the last one would be read for ever. */
function assertForward({ after }: InvoiceCursor, rows: readonly ChangedRow[]): void {
  let last: ChangedRow | undefined = after;
  for (const row of rows) {
    if (last && (row.stamp < last.stamp || (row.stamp === last.stamp && BigInt(row.id) <= BigInt(last.id)))) {
      throw unexpectedAnswer(phrase('SUITEQL_ANSWER.order'));
    }
    last = row;
  }
}

async function eventsOf(
  { api, suiteQl, references }: Parts,
  rows: (ChangedRow & { type: string })[],
  signal: AbortSignal,
): Promise<SourceEvent[]> {
  const documents = rows.filter(({ type }) => type !== 'CustInvc').map(({ id }) => id);
  const invoices = rows.filter(({ type }) => type === 'CustInvc').map(({ id }) => id);
  const ids = [...new Set([...invoices, ...(await appliedTo(suiteQl, documents, signal))])];
  if (ids.length === 0) return [];
  // one that was deleted meanwhile is not there
  const records = (await Promise.all(ids.map((id) => api.read('invoice', { id }, signal)))).filter((record) => record !== undefined);
  const [applied, lines] = await Promise.all([settlementsOf(suiteQl, ids, signal), linesOfInvoices(suiteQl, ids, signal)]);
  const billed = await billedIn(suiteQl, records, lines, references, signal);
  const events = records.map(async (record) => {
    const [id, currency, subsidiary] = [String(record['id']), referredId(record, 'currency'), referredId(record, 'subsidiary')];
    const invoice = invoiceOf(record, {
      currency: currency && (await references.currencyCode(currency)),
      legalEntity: subsidiary && (await references.subsidiaryById(subsidiary))?.code,
      lines: lines.get(id) ?? [],
      applied: applied.get(id) ?? [],
      billed: await billed(record),
    });
    return invoice && eventOf(invoice);
  });
  return (await Promise.all(events)).filter((event) => event !== undefined);
}

/** Invoices that payments and credit memos are applied to. */
async function appliedTo(suiteQl: SuiteQl, ids: readonly string[], signal: AbortSignal): Promise<string[]> {
  const query = (condition: string) =>
    `SELECT l.previousdoc AS id, l.nextdoc AS nextdoc FROM nexttransactionlinelink l WHERE l.linktype = 'Payment' AND l.previoustype = 'CustInvc' AND ${condition} ORDER BY l.nextdoc, l.previousdoc`;
  const rows: Row[] = await suiteQl.whereIn('l.nextdoc', ids, query, signal);
  return rows.map((row) => column(row, 'id'));
}
