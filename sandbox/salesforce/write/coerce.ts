import { Decimal } from 'decimal.js';
import { fail } from '../failure.ts';
import { findObject } from '../schema/catalogue.ts';
import type { Field } from '../schema/field.ts';
import { isId, toId18 } from '../store/ids.ts';
import type { Value } from '../store/state.ts';
import { parseDate, parseDatetime } from '../store/time.ts';

/** JSON bodies and CSV files report a value of the wrong type differently. */
export type Wire = 'json' | 'csv';

const TYPE_NAMES: Readonly<Partial<Record<Field['type'], string>>> = { int: 'int', boolean: 'boolean', date: 'date', datetime: 'datetime' };

/** A caller's value → the stored value, or the error that Salesforce gives. References are only checked for form here. */
export function coerce(field: Field, value: unknown, wire: Wire): Value {
  if (value === null || value === undefined) {
    if (field.type === 'boolean') throw wrongType(field, 'null', 'VALUE_NULL', wire);
    return null;
  }
  if (typeof value === 'object') throw wrongType(field, '', Array.isArray(value) ? 'START_ARRAY' : 'START_OBJECT', wire);
  const given = typeof value === 'string' ? value.trim() : (value as number | boolean);
  if (given === '' && field.type !== 'boolean') return null;
  switch (field.type) {
    case 'boolean':
      if (typeof given === 'boolean') return given;
      if (/^(true|false|1|0)$/i.test(String(given)) && (typeof given === 'string' || wire === 'csv'))
        return /^(true|1)$/i.test(String(given));
      throw wrongType(field, given, token(given), wire);
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return numberOf(field, given, wire);
    case 'date': {
      const parsed = typeof given === 'string' ? parseDate(given) : undefined;
      if (parsed === undefined) throw wrongType(field, given, token(given), wire);
      return parsed;
    }
    case 'datetime': {
      const parsed = typeof given === 'string' ? (parseDatetime(given) ?? dateAsInstant(given)) : undefined;
      if (parsed === undefined) throw wrongType(field, given, token(given), wire);
      return parsed;
    }
    case 'reference':
    case 'id':
      return referenceOf(field, String(given));
    default:
      if (typeof given === 'boolean' && wire === 'json') throw wrongType(field, given, token(given), wire);
      return textOf(field, String(given));
  }
}

function dateAsInstant(given: string): string | undefined {
  const day = /T/.test(given) ? undefined : parseDate(given);
  return day && `${day}T00:00:00.000+0000`;
}

function numberOf(field: Field, given: string | number | boolean, wire: Wire): number {
  const text = String(given);
  if (typeof given === 'boolean' || !/^[+-]?(\d+(?:\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text))
    throw wrongType(field, given, token(given), wire);
  const amount = new Decimal(text);
  if (field.type === 'int') {
    if (!amount.isInteger()) throw wrongType(field, given, token(given), wire);
    if (amount.abs().greaterThan(2_147_483_647)) throw outOfRange(field, text);
    return amount.toNumber();
  }
  const rounded = amount.toDecimalPlaces(field.scale, Decimal.ROUND_HALF_UP);
  if (rounded.abs().greaterThanOrEqualTo(new Decimal(10).pow(field.precision - field.scale))) throw outOfRange(field, text);
  return rounded.toNumber();
}

function outOfRange(field: Field, text: string): Error {
  return fail('NUMBER_OUTSIDE_VALID_RANGE', `${field.label}: value outside of valid range on numeric field: ${text}`, [field.name]);
}

function referenceOf(field: Field, given: string): string {
  if (!isId(given)) throw fail('MALFORMED_ID', `${field.label}: id value of incorrect type: ${given}`, [field.name]);
  const prefixes = field.referenceTo.map((name) => findObject(name)?.keyPrefix);
  if (prefixes.every((prefix) => prefix !== undefined && !given.startsWith(prefix)) && prefixes.length > 0) {
    throw fail('FIELD_INTEGRITY_EXCEPTION', `${field.label}: id value of incorrect type: ${given}`, [field.name]);
  }
  return toId18(given);
}

function textOf(field: Field, given: string): string {
  if (field.length > 0 && given.length > field.length && field.type !== 'picklist' && field.type !== 'multipicklist') {
    throw fail('STRING_TOO_LONG', `${field.label}: data value too large: ${given} (max length=${field.length})`, [field.name]);
  }
  if (field.type === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(given)) {
    throw fail('INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${given}`, [field.name]);
  }
  if (field.type === 'picklist' || field.type === 'multipicklist') {
    const chosen = field.type === 'picklist' ? [given] : given.split(';').map((each) => each.trim());
    for (const each of chosen) {
      if (field.restricted && !field.values.includes(each)) {
        throw fail('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', `${field.label}: bad value for restricted picklist field: ${each}`, [
          field.name,
        ]);
      }
      if (each.length > 255) {
        throw fail('STRING_TOO_LONG', `${field.label}: data value too large: ${each} (max length=255)`, [field.name]);
      }
    }
    return chosen.join(';');
  }
  return given;
}

const token = (value: unknown): string =>
  typeof value === 'number'
    ? Number.isInteger(value)
      ? 'VALUE_NUMBER_INT'
      : 'VALUE_NUMBER_FLOAT'
    : typeof value === 'boolean'
      ? `VALUE_${String(value).toUpperCase()}`
      : 'VALUE_STRING';

function wrongType(field: Field, value: unknown, kind: string, wire: Wire): Error {
  if (wire === 'csv') {
    const code = 'INVALID_TYPE_ON_FIELD_IN_RECORD';
    return fail(code, `${field.label}: value not of required type: ${String(value)}`, [field.name]);
  }
  const name = TYPE_NAMES[field.type] ?? (['double', 'currency', 'percent'].includes(field.type) ? 'double' : 'string');
  return fail(
    'JSON_PARSER_ERROR',
    `Cannot deserialize instance of ${name} from ${kind} value ${String(value)} or request may be missing a required field at [line:1, column:1]`,
  );
}
