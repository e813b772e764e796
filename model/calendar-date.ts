/** A day of work or of a contract: `YYYY-MM-DD`, no zone, no instant. */
export type CalendarDate = string & { readonly calendarDate?: never };

/** A day that exists: the 30th of February is not one. */
export function isCalendarDate(text: unknown): text is CalendarDate {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  const instant = new Date(`${date}T00:00:00Z`);
  instant.setUTCDate(instant.getUTCDate() + days);
  return instant.toISOString().slice(0, 10);
}

/** How many days there are from the first to the last, both counted; none where the last is before the first. */
export function daysFrom(first: CalendarDate, last: CalendarDate): number {
  return Math.max(0, Math.round((Date.parse(`${last}T00:00:00Z`) - Date.parse(`${first}T00:00:00Z`)) / 86_400_000) + 1);
}

/** 0 = Sunday. */
export function weekdayOf(date: CalendarDate): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}

/** The day that an instant falls on in UTC. */
export function dateOf(instant: Date): CalendarDate {
  return instant.toISOString().slice(0, 10);
}
