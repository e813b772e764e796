import { isCalendarDate } from './account-time.ts';
import { parseInstant } from './filters.ts';
import type { AttributeType } from './resource.ts';
import type { Json } from './state.ts';

export const NOT_VALID = Symbol('not valid');

/** Requests take integers and booleans as JSON or as text (form bodies have only text); an empty text is no value. */
export function coerce(type: AttributeType, value: Json): Json | typeof NOT_VALID {
  if (value === null || (value === '' && type !== 'string')) return null;
  switch (type) {
    case 'string':
      return typeof value === 'object' ? NOT_VALID : String(value);
    case 'integer':
      return integer(value);
    case 'number':
      return number(value);
    case 'boolean':
      return boolean(value);
    case 'date':
      return typeof value === 'string' && isCalendarDate(value.slice(0, 10)) ? value.slice(0, 10) : NOT_VALID;
    case 'datetime':
      return instant(value);
    case 'id':
    case 'integerId':
      return id(value);
    case 'ids':
      return ids(value);
    case 'json':
      return value;
  }
}

function integer(value: Json): Json | typeof NOT_VALID {
  if (typeof value === 'number') return Number.isInteger(value) ? value : NOT_VALID;
  return typeof value === 'string' && /^-?\d+$/.test(value.trim()) ? Number(value) : NOT_VALID;
}

function number(value: Json): Json | typeof NOT_VALID {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : NOT_VALID;
}

function boolean(value: Json): Json | typeof NOT_VALID {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === '1' || value === 1) return true;
  return value === 'false' || value === '0' || value === 0 ? false : NOT_VALID;
}

function instant(value: Json): Json | typeof NOT_VALID {
  try {
    return `${parseInstant(String(value)).slice(0, 19)}Z`;
  } catch {
    return NOT_VALID;
  }
}

function id(value: Json): Json | typeof NOT_VALID {
  return /^\d+$/.test(String(value)) ? String(value) : NOT_VALID;
}

function ids(value: Json): Json | typeof NOT_VALID {
  const list = Array.isArray(value) ? value : String(value).split(',');
  const kept = list.map((entry) => id(entry)).filter((entry) => typeof entry === 'string');
  return kept.length === list.length ? kept : NOT_VALID;
}
