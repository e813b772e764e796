import { phrase } from '../../../model/failure-words.ts';
import { largestPage, type Row, type SuiteQl, unexpectedAnswer } from './suiteql.ts';

export interface PlacedRow {
  row: Row;
  /** names a row that does not say its id */
  place: string;
}

export function isRowId(value: string | undefined): value is string {
  return /^\d{1,18}$/.test(value ?? '');
}

/**
 * Rows by id, page after page: each begins after the last id seen, so that what is made or taken away meanwhile neither repeats nor hides others, and the
 * 100,000 rows of one query are no limit. `query` takes the id after which it begins and orders by id.
 */
export async function* rowsById(suiteQl: SuiteQl, query: (after: string) => string, signal: AbortSignal): AsyncGenerator<PlacedRow[]> {
  for (let after = '0'; ;) {
    const { rows, more } = await suiteQl.page(query(after), { limit: largestPage, signal });
    const last = more ? rows.findLastIndex((row) => isRowId(row['id'])) : rows.length - 1;
    // rows without an id at the end of a page come again with the next
    yield rows.slice(0, last + 1).map((row, index) => ({ row, place: `row ${index + 1} after ${after}` }));
    if (!more) return;
    const next = rows[last]?.['id'];
    // ids that do not grow would be read for ever
    if (!next || BigInt(next) <= BigInt(after)) throw unexpectedAnswer(phrase('SUITEQL_ANSWER.order'));
    after = next;
  }
}
