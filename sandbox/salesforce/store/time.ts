/** `2026-11-23T02:10:00.000+0000`: second precision, `+0000` instead of `Z`, as every datetime field is sent. */
export const stamp = (at: Date): string => `${at.toISOString().slice(0, 19)}.000+0000`;

export const calendarDate = (at: Date): string => at.toISOString().slice(0, 10);

/** Instant of a stored datetime. */
export const instantOf = (value: string): Date => new Date(value.replace(/\+0000$/, 'Z'));

/** RFC 9110 date of `Last-Modified`. */
export const httpDate = (value: string): string => instantOf(value).toUTCString();

/** An ISO 8601 datetime as callers write it (`Z`, `+02:00`, `+0200`) → stored form; undefined if it is none. */
export function parseDatetime(value: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/i.test(value)) return undefined;
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/i.test(value) ? value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2') : `${value}Z`;
  const at = new Date(zoned);
  return Number.isNaN(at.getTime()) ? undefined : stamp(at);
}

/** A calendar date (a datetime is cut, as the API does); undefined if it is none. */
export function parseDate(value: string): string | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})(T.*)?$/.exec(value);
  if (!match) return undefined;
  const at = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])));
  const text = `${match[1]}-${match[2]}-${match[3]}`;
  return calendarDate(at) === text ? text : undefined;
}
