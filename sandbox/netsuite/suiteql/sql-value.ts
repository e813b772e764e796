import { queryError } from './query-error.ts';

/** A date with time as the account's clock shows it: `wall` has the figures of the user's time zone, counted as if they were UTC. */
export class SqlDate {
  readonly wall: number;

  constructor(wall: number) {
    this.wall = wall;
  }
}

export type SqlValue = string | number | boolean | SqlDate | null;

/** Negative, zero, positive; null when one side is NULL. Text against a number or a date is read as one, as Oracle does. */
export function compare(left: SqlValue, right: SqlValue): number | null {
  if (left === null || right === null) return null;
  if (left instanceof SqlDate || right instanceof SqlDate) return asDate(left).wall - asDate(right).wall;
  if (typeof left === 'number' || typeof right === 'number') return asNumber(left) - asNumber(right);
  return left < right ? -1 : left > right ? 1 : 0;
}

export function asNumber(value: SqlValue): number {
  const number = typeof value === 'string' ? Number(value) : typeof value === 'number' ? value : Number.NaN;
  if (Number.isNaN(number) || value === '') throw queryError(`Invalid number: ${show(value)}.`);
  return number;
}

/** Text is read in the account's date format; an ISO date is an error, as it is in a real account. */
function asDate(value: SqlValue): SqlDate {
  if (value instanceof SqlDate) return value;
  const match = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(String(value));
  if (!match) throw queryError(`Parse of date/time "${String(value)}" failed with date format "M/d/yyyy".`);
  return new SqlDate(Date.UTC(Number(match[3]), Number(match[1]) - 1, Number(match[2])));
}

/** As the answer shows it: everything is text, dates lose their time. NULL has no text: its column is left out. */
export function show(value: SqlValue): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'T' : 'F';
  if (value instanceof SqlDate) {
    const date = new Date(value.wall);
    return `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()}`;
  }
  return String(value);
}
