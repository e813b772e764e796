import { phrase } from '../../../model/failure-words.ts';
import type { Json } from '../../../model/json.ts';
import type { NetSuiteApi } from '../wire.ts';
import { column, largestPage, literal, type Row, type SuiteQl, unexpectedAnswer } from '../wire/suiteql.ts';
import { advanced, type ChangeCursor, type ChangedRow, parseCursor, unread } from './change-cursor.ts';

const stampFormat = "'YYYY-MM-DD HH24:MI:SS'";
const stamp = `TO_CHAR(t.lastmodifieddate, ${stampFormat})`;

/** What is read in order of change: a table, and what of it beside `id` and `stamp`. */
export interface ChangedTable {
  table: string;
  /** of `t` */
  columns: string;
  where: string;
}

export interface ChangesPage {
  /** those that were not read at this stamp before, and those that may have changed within it since */
  changed: (ChangedRow & { row: Row })[];
  cursor: Json;
  more: boolean;
}

/** One page of rows in order of change: by their stamp, the ids of a stamp in their order. Without a start, a first reading begins at the newest change that there is. */
export async function readChanges(
  { api, suiteQl }: { api: NetSuiteApi; suiteQl: SuiteQl },
  of: ChangedTable,
  stored: Json | undefined,
  { since, pageSize }: { since?: string; pageSize: number },
  signal: AbortSignal,
): Promise<ChangesPage> {
  if (stored === undefined && since === undefined) return fromNowOn(suiteQl, of, signal);
  const cursor = parseCursor(stored, since);
  const limit = Math.min(largestPage, Math.max(1, pageSize));
  const { rows, more } = await suiteQl.page(changesAfter(of, cursor), { limit, signal });
  const changed = rows.map((row) => ({ id: column(row, 'id'), stamp: column(row, 'stamp'), row }));
  assertForward(cursor, changed);
  return { changed: unread(cursor, changed), cursor: advanced(cursor, changed, more, api.serverNow()) as unknown as Json, more };
}

/** A first deploy must not tell the past. */
async function fromNowOn(suiteQl: SuiteQl, { table }: ChangedTable, signal: AbortSignal): Promise<ChangesPage> {
  const { rows } = await suiteQl.page(`SELECT MAX(${stamp}) AS stamp FROM ${table} t`, { limit: 1, signal });
  const newest = rows[0]?.['stamp'];
  const cursor: ChangeCursor = { version: 1, ...(newest ? { newest, from: newest, floor: newest } : {}), seen: {} };
  return { changed: [], cursor: cursor as unknown as Json, more: newest !== undefined };
}

/** The text of a stamp is compared: its second may hold fractions that nobody is shown. */
function changesAfter({ table, columns, where }: ChangedTable, { from, after }: ChangeCursor): string {
  const begin = after?.stamp ?? from;
  return [
    `SELECT t.id AS id, ${columns}, ${stamp} AS stamp FROM ${table} t WHERE ${where}`,
    ...(begin ? [`AND t.lastmodifieddate >= TO_DATE(${literal(begin)}, ${stampFormat})`] : []),
    ...(after ? [`AND (${stamp} > ${literal(after.stamp)} OR (${stamp} = ${literal(after.stamp)} AND t.id > ${BigInt(after.id)}))`] : []),
    `ORDER BY ${stamp}, t.id`,
  ].join(' ');
}

/** Rows that do not come after the last one would be read for ever. */
function assertForward({ after }: ChangeCursor, rows: readonly ChangedRow[]): void {
  let last: ChangedRow | undefined = after;
  for (const row of rows) {
    if (last && (row.stamp < last.stamp || (row.stamp === last.stamp && BigInt(row.id) <= BigInt(last.id)))) {
      throw unexpectedAnswer(phrase('SUITEQL_ANSWER.order'));
    }
    last = row;
  }
}
