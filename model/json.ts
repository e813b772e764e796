export type Json = null | boolean | number | string | Json[] | JsonObject;
export type JsonObject = { [name: string]: Json | undefined };

/** Whether it is an object, with fields by name: no list, and not nothing. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy of its own. Of plain JSON it takes a fraction of what `structuredClone` does, which is made for more. */
export function jsonCopy<Value extends Json>(value: Value): Value {
  return copy(value) as Value;
}

function copy(value: Json | undefined): Json | undefined {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((part) => copy(part) as Json);
  const result: JsonObject = {};
  for (const name of Object.keys(value)) {
    // as JSON.parse does: a field like any other
    if (name === '__proto__')
      Object.defineProperty(result, name, { value: copy(value[name]), enumerable: true, writable: true, configurable: true });
    else result[name] = copy(value[name]);
  }
  return result;
}

/** JSON text with object keys in order, so that equal values give equal text: for hashes and comparisons. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0)))
      : part,
  );
}
