/** Instants are stored in UTC to the second (the vendor shows no fractions) and shown with the account's offset. */
export function toStored(instant: Date): string {
  return `${instant.toISOString().slice(0, 19)}Z`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** `2026-11-20T18:00:00Z` → `2026-11-20T10:00:00-08:00` */
export function toAccountTime(stored: string, timeZone: string): string {
  const instant = new Date(stored);
  const offset = offsetMinutes(instant, timeZone);
  const local = new Date(instant.getTime() + offset * 60000).toISOString().slice(0, 19);
  const size = Math.abs(offset);
  return `${local}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

function offsetMinutes(instant: Date, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
    formats.set(timeZone, format);
  }
  const match = /GMT([+-])(\d\d):(\d\d)/.exec(format.format(instant));
  if (!match) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
}

const two = (value: number): string => String(value).padStart(2, '0');

/** A day in the account's calendar. */
export function accountDate(instant: Date, timeZone: string): string {
  return toAccountTime(toStored(instant), timeZone).slice(0, 10);
}

export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86400000).toISOString().slice(0, 10);
}

/** 0 = Sunday */
export const weekday = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay();

/** The vendor's week runs from Sunday to Saturday (time is locked to a Saturday). */
export const weekOf = (date: string): { start: string; end: string } => {
  const start = addDays(date, -weekday(date));
  return { start, end: addDays(start, 6) };
};

/** Monday to Friday, both ends counted; 0 when the range is empty. */
export function workdaysBetween(start: string, end: string): number {
  let count = 0;
  for (let day = start; day <= end; day = addDays(day, 1)) if (weekday(day) % 6 !== 0) count++;
  return count;
}
