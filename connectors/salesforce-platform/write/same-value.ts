import { Decimal } from 'decimal.js';
import type { Json } from '../../../model/json.ts';
import { sameId } from '../wire/record-id.ts';
import { instantOf } from '../query/soql.ts';

/**
 * Does a field hold what was sent? Salesforce stores empty text as null, trims text, writes instants with `+0000`,
 * numbers without trailing zeros, ids in 18 characters.
 */
export function sameValue(sent: Json, stored: Json | undefined): boolean {
  const left = typeof sent === 'string' ? sent.trim() : sent;
  if (left === null || left === '') return stored === null || stored === undefined || stored === '';
  if (stored === null || stored === undefined) return false;
  if (typeof stored === 'boolean') return String(left).toLowerCase() === String(stored);
  if (typeof stored === 'number') return isNumber(left) && new Decimal(left).equals(stored);
  if (typeof stored !== 'string' || typeof left === 'object') return false;
  const text = String(left);
  if (text === stored.trim()) return true;
  if (/^\d{4}-\d\d-\d\dT.*\+0000$/.test(stored)) return !Number.isNaN(Date.parse(text)) && secondOf(text) === secondOf(stored);
  return /^\w{15}(\w{3})?$/.test(text) && sameId(text, stored);
}

const secondOf = (text: string) => instantOf(text).slice(0, 19);

function isNumber(value: Json): value is number | string {
  return (typeof value === 'number' || typeof value === 'string') && /^\s*-?\d+(\.\d+)?\s*$/.test(String(value));
}
