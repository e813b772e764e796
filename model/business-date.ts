import { type CalendarDate, isCalendarDate } from './calendar-date.ts';
import { isObject } from './json.ts';

/** Where the canonical objects have the day that decides which rules hold for them. */
const places: readonly (readonly string[])[] = [
  ['workDate'], // time entry
  ['day'], // expense
  ['invoiceDate'], // invoice
  ['effective'], // amendment
  ['reachedOn'], // milestone
  ['start'], // project, assignment
  ['contract', 'start'], // engagement
];

/** The business date of a canonical object; undefined where it has none, or several that differ: which one was meant is not guessed. */
export function businessDateOf(object: unknown): CalendarDate | undefined {
  const found = places.map((place) => place.reduce<unknown>((part, name) => (isObject(part) ? part[name] : undefined), object));
  const [date, ...others] = new Set(found.filter((value) => value !== undefined));
  return isCalendarDate(date) && others.length === 0 ? date : undefined;
}
