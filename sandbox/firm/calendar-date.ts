/** Calendar dates as `YYYY-MM-DD`: a day of work has no time zone. All arithmetic is done on UTC noon, so no clock change can move a day. */
export type CalendarDate = string;

const DAY = 86_400_000;

function noon(date: CalendarDate): number {
  const at = Date.parse(`${date}T12:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || Number.isNaN(at)) throw new Error(`not a calendar date: ${date}`);
  return at;
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return new Date(noon(date) + days * DAY).toISOString().slice(0, 10);
}

/** 0 = Monday … 6 = Sunday */
export function weekday(date: CalendarDate): number {
  return (new Date(noon(date)).getUTCDay() + 6) % 7;
}

export function mondayOf(date: CalendarDate): CalendarDate {
  return addDays(date, -weekday(date));
}

/** the date itself, or the Friday before a weekend */
export function workdayUpTo(date: CalendarDate): CalendarDate {
  return addDays(date, -Math.max(0, weekday(date) - 4));
}

/** `2026-11-23` → `2026-11-01` */
export function monthStart(date: CalendarDate): CalendarDate {
  return `${date.slice(0, 7)}-01`;
}

/** first day of every month from the month of `from` to the month of `to`, both included */
export function monthsBetween(from: CalendarDate, to: CalendarDate): CalendarDate[] {
  const months: CalendarDate[] = [];
  for (let month = monthStart(from); month <= to; month = monthStart(addDays(month, 32))) months.push(month);
  return months;
}

/** the instant of a UTC wall-clock time on that date, to the second as the systems store it */
export function instant(date: CalendarDate, time: string): string {
  return `${date}T${time}:00Z`;
}
