import { isCalendarDate } from './calendar-date.ts';

const form = /^(\d{4}-\d{2}-\d{2})[Tt]([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** A moment as RFC 3339 writes it, on a day that exists. https://www.rfc-editor.org/rfc/rfc3339#section-5.6 */
export function isTimestamp(text: string): boolean {
  const day = form.exec(text)?.[1];
  return day !== undefined && isCalendarDate(day);
}

/** The same moment in UTC. What JavaScript cannot count (a leap second), or in UTC has no year of four digits, stays as it is written. */
export function inUtc(text: string): string {
  if (text.endsWith('Z')) return text;
  const at = Date.parse(text);
  const utc = Number.isNaN(at) ? '' : new Date(at).toISOString();
  return /^\d/.test(utc) ? utc : text;
}
