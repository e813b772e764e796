import { type CalendarDate, isCalendarDate } from '../../../../model/calendar-date.ts';
import type { Words } from '../../../../model/failure-sentence.ts';
import type { Row } from '../../wire/envelope.ts';
import { unreadable } from './unreadable.ts';

/** From which day to which something is a person's; without an end until the next begins. */
export interface Span {
  row: Row;
  collection: string;
  start: unknown;
  end: unknown;
}

export function spanOf(row: Row, collection: string): Span {
  return { row, collection, start: row['start_date'], end: row['end_date'] ?? undefined };
}

/** What holds on a day: of those that have begun and not ended the one that began last. One without a first day holds from the beginning. */
export function spanned<T extends Span>(spans: readonly T[], date: CalendarDate, record: Words): T | undefined {
  let holds: T | undefined;
  for (const span of spans) {
    const { row, collection, start, end } = span;
    for (const field of ['start_date', 'end_date'])
      if (row[field] !== undefined && row[field] !== null && !isCalendarDate(row[field]))
        throw unreadable(record, { row, collection, field });
    if (String(start ?? '') > date || (end !== undefined && String(end) < date)) continue;
    if (!holds || String(start ?? '') >= String(holds.start ?? '')) holds = span;
  }
  return holds;
}
