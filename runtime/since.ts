import { isCalendarDate } from '../model/calendar-date.ts';

/** The form's "from" date as the start of that day, UTC; empty = from now on. */
export function sinceInstant(date: unknown): { since?: string } {
  return isCalendarDate(date) ? { since: `${date}T00:00:00Z` } : {};
}
