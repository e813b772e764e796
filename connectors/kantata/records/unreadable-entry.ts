import { boundedText } from '../../../model/bounded-text.ts';
import { isCalendarDate } from '../../../model/calendar-date.ts';
import type { UnreadableTime } from '../../../model/operations.ts';
import { isWhole } from '../../../model/outside-number.ts';
import { type Row, text } from '../wire/envelope.ts';
import { isBaseUnit, timeEntryKey } from './time-entry.ts';

/** A year has 525,600. */
const mostMinutes = 1_000_000;

/** What a time entry must say, in order of importance. */
const checks: Readonly<Record<string, (value: unknown) => boolean>> = {
  id: (value) => text({ id: value }, 'id') !== undefined,
  time_in_minutes: (value) => isWhole(value, -mostMinutes, mostMinutes),
  date_performed: isCalendarDate,
  billable: (value) => typeof value === 'boolean',
  rate_in_cents: (value) => value === null || value === undefined || /^-?\d{1,30}(\.\d{1,30})?$/.test(String(value)),
  currency_base_unit: isBaseUnit,
};

/** Why no fact can be made of a time entry; `place` names one that does not say its id. */
export function unreadableEntry(row: Row, place: string): UnreadableTime | undefined {
  const wrong = Object.keys(checks).find((field) => !checks[field]!(row[field]));
  if (wrong === undefined) return undefined;
  const id = text(row, 'id');
  const value = row[wrong];
  return {
    ...(id === undefined ? {} : { key: timeEntryKey(id) }),
    id: boundedText(id ?? place, 100),
    field: wrong,
    ...(value === undefined || value === null ? {} : { value: boundedText(value, 100) }),
  };
}
