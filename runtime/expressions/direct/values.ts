import { Apart, spend, spendText } from './allowance.ts';

/**
 * JSONata's ideas of values (jsonata 2.2, functions.js and utils.js), each step of them charged for: a value that shares its parts
 * can be small and take for ever to walk through.
 */
export type Value = unknown;

/** A list that JSONata made: one item stands for itself, none for nothing. */
export type Sequence = Value[] & { sequence?: true; keepSingleton?: boolean; outerWrapper?: boolean; cons?: true };

export function sequence(...items: Value[]): Sequence {
  const made: Sequence = items;
  made.sequence = true;
  return made;
}

export const isSequence = (value: Value): value is Sequence => Array.isArray(value) && (value as Sequence).sequence === true;

/** What JSONata throws: its code and what its words need. */
export class Wrong extends Error {
  readonly values: Value[];
  constructor(code: string, ...values: Value[]) {
    super(code);
    this.values = values;
  }
}

type Marked = { _jsonata_function?: boolean; _jsonata_lambda?: boolean };

export function isFunction(value: Value): boolean {
  if (typeof value === 'function') return true;
  if (value === null || typeof value !== 'object') return false;
  return (value as Marked)._jsonata_function === true || (value as Marked)._jsonata_lambda === true;
}

export function isNumeric(value: Value): value is number {
  if (typeof value !== 'number' || Number.isNaN(value)) return false;
  if (!Number.isFinite(value)) throw new Wrong('D1001', value);
  return true;
}

export function isObject(value: Value): value is Record<string, Value> {
  return value !== null && typeof value === 'object';
}

/** Names of an object's fields; those of binary data are too many to be listed. */
export function keysOf(value: Value): string[] {
  if (!isObject(value)) return [];
  if (ArrayBuffer.isView(value)) throw new Apart();
  const keys = Object.keys(value);
  spend(keys.length / 4);
  return keys;
}

const plainPrototypes = new Set<unknown>([Object.prototype, Array.prototype, null]);
const blocked = /^(__.*|constructor|prototype|_.*)$/;

/** Fields of an object; of what is no plain data (a request, a date, a moment) also what its class gives, as in Node-RED. */
function fieldOf(input: object, key: string): Value {
  if (Object.hasOwn(input, key)) return (input as Record<string, Value>)[key];
  const prototype: unknown = Object.getPrototypeOf(input);
  if (plainPrototypes.has(prototype) || blocked.test(key)) return undefined;
  const value = (input as Record<string, Value>)[key];
  if (typeof value !== 'function') return value;
  return input instanceof Date || '_isAMomentObject' in input ? value : undefined;
}

export function lookup(input: Value, key: string): Value {
  if (Array.isArray(input)) {
    const result = sequence();
    spend(input.length);
    for (const item of input as Value[]) {
      const found = lookup(item, key);
      if (found === undefined) continue;
      if (Array.isArray(found)) pushAll(result, found);
      else result.push(found);
    }
    return result;
  }
  return isObject(input) && !isFunction(input) ? fieldOf(input, key) : undefined;
}

export function pushAll(list: Value[], more: readonly Value[]): void {
  spend(more.length);
  for (let at = 0; at < more.length; at++) list.push(more[at]);
}

export function append(one: Value, other: Value): Value {
  if (one === undefined) return other;
  if (other === undefined) return one;
  const left: Value[] = Array.isArray(one) ? one : [one];
  const right: Value[] = Array.isArray(other) ? other : [other];
  spend((left.length + right.length) / 2);
  return left.concat(right);
}

export function truth(value: Value): boolean | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return value.length > 0;
  if (Array.isArray(value)) {
    spend(value.length);
    if (value.length === 1) return truth(value[0]);
    return value.some((item) => truth(item) === true);
  }
  if (isNumeric(value)) return value !== 0;
  return isObject(value) && !isFunction(value) && keysOf(value).length > 0;
}

/** Charges for the comparison of two long texts, which are looked through as far as they are the same. */
export function spendComparison(left: Value, right: Value): void {
  if (typeof left === 'string' && typeof right === 'string') spend(1 + Math.min(left.length, right.length) / 1_024);
}

export function equal(left: Value, right: Value): boolean {
  spend(1);
  spendComparison(left, right);
  if (left === right) return true;
  if (!isObject(left) || !isObject(right)) return false;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, at) => equal(item, right[at]));
  }
  if (ArrayBuffer.isView(left) || ArrayBuffer.isView(right)) throw new Apart(); // each byte would have a name
  const names = Object.getOwnPropertyNames(left);
  const others = Object.getOwnPropertyNames(right);
  spend(names.length + others.length);
  names.sort();
  others.sort();
  if (names.length !== others.length || names.some((name, at) => name !== others[at])) return false;
  return names.every((name) => equal(left[name], right[name]));
}

/** As `$string` gives it; walks through the value first, because making its text cannot be stopped. */
export function textOf(value: Value): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  if (typeof value === 'boolean' || value === null) return String(value);
  if (isFunction(value)) return '';
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Wrong('D3001', value);
    return Number.isInteger(value) ? JSON.stringify(value) : JSON.stringify(Number(value.toPrecision(15)));
  }
  const whole: Value = isSequence(value) && value.outerWrapper ? value[0] : value;
  measure(whole);
  return JSON.stringify(whole, (_key, part: Value) => {
    if (typeof part === 'number' && isNumeric(part)) return Number.isInteger(part) ? part : Number(part.toPrecision(15));
    return part && isFunction(part) ? '' : part;
  });
}

/** Charges for all parts of a value. */
export function measure(value: Value): void {
  spend(1);
  if (typeof value === 'string') spendText(value.length);
  else if (Array.isArray(value)) for (const part of value) measure(part);
  else if (isObject(value) && !isFunction(value)) {
    if (ArrayBuffer.isView(value)) return spend(value.byteLength * 4);
    if (typeof value['toJSON'] === 'function') return; // it writes itself
    if (!plainPrototypes.has(Object.getPrototypeOf(value))) throw new Apart();
    for (const key of keysOf(value)) measure(value[key]);
  }
}

export function flatten(value: Value, into: Value[] = []): Value[] {
  spend(1);
  if (Array.isArray(value)) for (const item of value) flatten(item, into);
  else into.push(value);
  return into;
}

export function descendants(value: Value, into: Value[]): void {
  spend(1);
  if (Array.isArray(value)) {
    for (const item of value) descendants(item, into);
    return;
  }
  into.push(value);
  if (isObject(value) && !isFunction(value)) for (const key of keysOf(value)) descendants(value[key], into);
}
