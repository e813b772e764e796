import { ExactDecimal } from '../../../model/exact-decimal.ts';
import { isCalendarDate } from '../../../model/calendar-date.ts';
import { isObject } from '../../../model/json.ts';
import { outsideInstant } from '../../../model/outside-number.ts';
import { soqlText } from './soql.ts';

/** More values in one list make a query that Salesforce does not take. */
export const mostInList = 2_000;
/** A text within a pattern: `%` and `_` stand for themselves. https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_quotedstringescapes.htm */
const literally = (text: string) => soqlText(text).slice(1, -1).replaceAll(/[%_]/g, '\\$&');

/** What a text of one of these kinds is written as; undefined where it is none. */
const written: Readonly<Record<string, (text: string) => string | undefined>> = {
  date: (text) => (isCalendarDate(text) ? text : undefined),
  datetime: (text) => {
    const instant = /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:?\d\d)$/i.test(text) ? outsideInstant(text) : undefined;
    return instant === undefined ? undefined : new Date(instant).toISOString();
  },
  number: (text) => (/^-?\d{1,18}(\.\d{1,18})?$/.test(text) ? text : undefined),
  startsWith: (text) => `'${literally(text)}%'`,
  endsWith: (text) => `'%${literally(text)}'`,
  contains: (text) => `'%${literally(text)}%'`,
};

/**
 * A value as it is written in a query: in itself, whatever it holds, never a part of the query. A list is one of `IN (…)`; `{"date": "2026-03-01"}`, `{"datetime": …}`, `{"number": "12.50"}` stand without quotes, and
 * `{"startsWith": …}`, `{"endsWith": …}`, `{"contains": …}` are patterns of `LIKE`. undefined: it cannot be one.
 */
export function soqlValue(value: unknown): string | undefined {
  if (!Array.isArray(value)) return soqlScalar(value);
  if (value.length === 0 || value.length > mostInList) return undefined;
  const items = value.map(soqlScalar);
  return items.includes(undefined) ? undefined : `(${items.join(', ')})`;
}

function soqlScalar(value: unknown): string | undefined {
  if (value === null) return 'null';
  if (typeof value === 'string') return soqlText(value.toWellFormed());
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? new ExactDecimal(value).toFixed() : undefined;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
  if (!isObject(value)) return undefined;
  const [[kind, text] = ['', undefined], ...others] = Object.entries(value);
  const write = Object.hasOwn(written, kind) ? written[kind] : undefined;
  return others.length === 0 && write && typeof text === 'string' ? write(text.toWellFormed()) : undefined;
}
