import { isCalendarDate } from '../../../model/calendar-date.ts';
import type { UnreadableRow } from '../../../model/operations.ts';
import { isWhole } from '../../../model/outside-number.ts';
import type { Row } from '../wire/envelope.ts';
import { isBaseUnit, timeEntryKey } from './time-entry.ts';
import { type Checks, hasId, unreadableRow } from './unreadable-row.ts';

/** A year has 525,600. */
const mostMinutes = 1_000_000;

const checks: Checks = {
  id: hasId,
  time_in_minutes: (value) => isWhole(value, -mostMinutes, mostMinutes),
  date_performed: isCalendarDate,
  billable: (value) => typeof value === 'boolean',
  rate_in_cents: (value) => value === null || value === undefined || /^-?\d{1,30}(\.\d{1,30})?$/.test(String(value)),
  currency_base_unit: isBaseUnit,
};

/** Why no fact can be made of a time entry; `place` names one that does not say its id. */
export function unreadableEntry(row: Row, place: string): UnreadableRow | undefined {
  return unreadableRow(row, checks, { place, keyOf: timeEntryKey });
}
