import { isTimestamp } from './timestamp.ts';

/** What a system says of the state of a record, so that texts of one kind are in the order of the versions. Kinds are not compared with each other. */
export interface ComparableVersion {
  kind: 'time' | 'number';
  at: string;
}

/** Numbers of versions have so many digits before and behind the point at the most. */
const digits = 40;
const number = /^(\d{1,40})(?:\.(\d{1,40}))?$/;
const time = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}):(\d{2})(?:\.(\d+))?([Zz]|[+-]\d{2}:\d{2})$/;

/** A moment (RFC 3339) or a number from zero up, as JSON or as text; undefined = neither. Nothing is taken for a time that leaves its zone open. */
export function comparableVersion(value: unknown): ComparableVersion | undefined {
  if (typeof value === 'number') return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? ofNumber(String(value)) : undefined;
  if (typeof value !== 'string') return undefined;
  return isTimestamp(value) ? ofTime(value) : ofNumber(value);
}

/** As a person reads it: `3`, `2026-03-02T17:00:00.500Z`. */
export function shownVersion(at: string): string {
  const padded = number.exec(at);
  if (padded && at.length >= digits) {
    const [, whole = '', fraction] = padded;
    return BigInt(whole).toString() + (fraction === undefined ? '' : `.${withoutZeros(fraction, 1)}`);
  }
  const fraction = at.length > 24 ? time.exec(at)?.[4] : undefined;
  return fraction === undefined ? at : `${at.slice(0, 20)}${withoutZeros(fraction, 3)}Z`;
}

function ofNumber(text: string): ComparableVersion | undefined {
  const [found, whole = '', fraction = ''] = number.exec(text) ?? [];
  if (found === undefined) return undefined;
  const behind = withoutZeros(fraction, 0);
  return { kind: 'number', at: whole.padStart(digits, '0') + (behind && `.${behind.padEnd(digits, '0')}`) };
}

/** To the billionth of a second in UTC, however many decimals the sender writes. */
function ofTime(text: string): ComparableVersion | undefined {
  const [, day = '', minute = '', second = '', fraction = '', zone = ''] = time.exec(text) ?? [];
  const at = Date.parse(`${day}T${minute}:00${zone.toUpperCase()}`);
  const inUtc = Number.isNaN(at) ? '' : new Date(at).toISOString();
  // the second itself may be one that JavaScript cannot count (a leap second); zones are whole minutes
  return /^\d{4}-/.test(inUtc) ? { kind: 'time', at: `${inUtc.slice(0, 17)}${second}.${fraction.slice(0, 9).padEnd(9, '0')}Z` } : undefined;
}

function withoutZeros(text: string, least: number): string {
  let end = text.length;
  while (end > least && text[end - 1] === '0') end--;
  return text.slice(0, end);
}
