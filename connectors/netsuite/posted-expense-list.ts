import { isCalendarDate } from '../../model/calendar-date.ts';
import { phrase } from '../../model/failure-words.ts';
import type { ExpenseFact, TellUnreadable, TimeWindow, UnreadableRow } from '../../model/operations.ts';
import { boundedText } from '../../model/bounded-text.ts';
import { customersOf, factOfReport, type ReportReading } from './posted-expense-list/fact-of-report.ts';
import { keyOfExternalId } from './records/external-id.ts';
import type { ReferenceData } from './records/reference-data.ts';
import type { NetSuiteApi } from './wire.ts';
import { isRowId, type PlacedRow, rowsById } from './wire/rows-by-id.ts';
import { dateLiteral, type Row, type SuiteQl, unexpectedAnswer } from './wire/suiteql.ts';

interface Parts {
  api: NetSuiteApi;
  suiteQl: SuiteQl;
  references: ReferenceData;
  settings: { concurrency: number };
}

/**
 * Expense reports that carry a business id, by the day of the report. Which there are is one query; what each says is read from the record service, as it
 * was written: amounts in the currency that was paid in and the tax are in no column of a query that is documented.
 */
export async function* listPostedExpenses(
  parts: Parts,
  window: TimeWindow,
  signal: AbortSignal,
  unreadable: TellUnreadable = refuse,
): AsyncGenerator<ExpenseFact> {
  const { suiteQl, settings } = parts;
  for await (const page of rowsById(suiteQl, (after) => query(window, after), signal)) {
    for (let from = 0; from < page.length; from += settings.concurrency) {
      const read = await Promise.all(page.slice(from, from + settings.concurrency).map((placed) => reportOf(parts, placed, signal)));
      const projects = await projectCodes(suiteQl, read, signal);
      for (const one of read) {
        const told = 'unreadable' in one ? one : await factOfReport(one, { ...parts, projects });
        if ('unreadable' in told) unreadable(told.unreadable);
        else if ('fact' in told) yield told.fact;
      }
    }
  }
}

function query(window: TimeWindow, after: string): string {
  return [
    "SELECT t.id AS id, t.externalid AS externalid, TO_CHAR(t.trandate, 'YYYY-MM-DD') AS day, e.email AS email",
    'FROM transaction t LEFT JOIN employee e ON t.entity = e.id',
    `WHERE t.type = 'ExpRept' AND t.externalid IS NOT NULL AND t.trandate >= ${dateLiteral(window.from)}`,
    `AND t.trandate <= ${dateLiteral(window.to)} AND t.id > ${BigInt(after)} ORDER BY t.id`,
  ].join(' ');
}

const checks: readonly { column: string; field: string; isReadable(value: string | undefined): boolean }[] = [
  { column: 'id', field: 'id', isReadable: isRowId },
  { column: 'externalid', field: 'externalId', isReadable: (value) => value !== undefined },
  { column: 'day', field: 'tranDate', isReadable: isCalendarDate },
];

/** A report that was deleted since it was listed is there no more: nothing is told of it. */
async function reportOf(
  { api }: Parts,
  { row, place }: PlacedRow,
  signal: AbortSignal,
): Promise<ReportReading | { unreadable: UnreadableRow }> {
  const wrong = checks.find(({ column, isReadable }) => !isReadable(row[column]));
  if (wrong) return { unreadable: odd(row, place, wrong.field, row[wrong.column]) };
  const id = row['id'] ?? '';
  return { key: keyOfExternalId(row['externalid'] ?? ''), id, row, record: await api.ifThere('expenseReport', { id }, signal) };
}

function odd(row: Row, place: string, field: string, value: string | undefined): UnreadableRow {
  const { id = place, externalid } = row;
  return {
    ...(externalid === undefined ? {} : { key: keyOfExternalId(externalid) }),
    id: boundedText(id, 100),
    field,
    ...(value === undefined ? {} : { value: boundedText(value, 100) }),
  };
}

/** The firm's code by internal id; a customer without a project, and a project without a code, have none. */
async function projectCodes(
  suiteQl: SuiteQl,
  read: readonly (ReportReading | { unreadable: UnreadableRow })[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const ids = read.flatMap((one) => ('unreadable' in one ? [] : customersOf(one)));
  if (ids.length === 0) return new Map();
  const rows = await suiteQl.whereIn('id', ids, (condition) => `SELECT id, externalid FROM job WHERE ${condition} ORDER BY id`, signal);
  return new Map(rows.flatMap(({ id, externalid }) => (id && externalid ? [[id, keyOfExternalId(externalid)] as const] : [])));
}

function refuse({ id, field }: UnreadableRow): never {
  throw unexpectedAnswer(phrase('SUITEQL_ANSWER.unreadable', { id, field }));
}
