import { boundedText } from './bounded-text.ts';
import { daysFrom, isCalendarDate } from './calendar-date.ts';
import { Failure, type Issue } from './failure.ts';
import { inWords } from './failure-words.ts';

/** Every person is worked out day by day. */
export const mostDaysOfAvailability = 366;
const mostNames = 50;

/** Why nobody's time can be asked for with these days. */
export function availabilityIssue(from: unknown, to: unknown): Issue | undefined {
  for (const [field, value] of Object.entries({ from, to }))
    if (!isCalendarDate(value))
      return { field, value: shown(value), ...inWords('AVAILABILITY_WANTED.day', { field, value: shown(value) }) };
  const [first, last] = [from as string, to as string];
  if (last < first) return { field: 'to', value: last, ...inWords('AVAILABILITY_WANTED.order', { from: first, to: last }) };
  const days = daysFrom(first, last);
  if (days <= mostDaysOfAvailability) return undefined;
  return {
    field: 'to',
    value: last,
    ...inWords('AVAILABILITY_WANTED.long', { from: first, to: last, days, most: mostDaysOfAvailability }),
  };
}

/** A name that is asked for; nothing, or a text of blanks, asks for none. */
export function textOf(field: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && value.length <= 255) return value.trim() || undefined;
  throw new Failure({
    class: 'contract.invalid',
    ...inWords('AVAILABILITY_WANTED.one-text', { field, value: shown(value) }),
    field,
    value: shown(value),
  });
}

/** Names as a list, or as one text with commas between them. */
export function listOf(field: string, value: unknown): string[] {
  if (value === undefined || value === null) return [];
  const names: unknown[] = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [value];
  if (names.length <= mostNames && names.every((name) => typeof name === 'string' && name.length <= 255))
    return [...new Set((names as string[]).map((name) => name.trim()).filter((name) => name !== ''))];
  throw new Failure({
    class: 'contract.invalid',
    ...inWords('AVAILABILITY_WANTED.texts', { field, value: shown(value) }),
    field,
    value: shown(value),
  });
}

const shown = (value: unknown) => boundedText(typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined'), 100);
