import { limits } from './limits.ts';
import { NotPlain } from './plain-result.ts';
import type { Carried } from './process-messages.ts';

/** A copy of a message that can be sent to another process: plain data; functions, requests and the like stay behind. */
export function carried(input: unknown): Carried {
  const missing: string[][] = [];
  let parts = 0;
  let characters = 0;
  const count = (text: string) => {
    characters += text.length;
    if (characters > limits.characters) throw new NotPlain({ kind: 'message-characters' });
  };
  const path: string[] = [];
  const within = (name: string, part: unknown): unknown => {
    path.push(name);
    const copied = copy(part);
    path.pop();
    return copied;
  };
  const copy = (value: unknown): unknown => {
    if (++parts > limits.parts) throw new NotPlain({ kind: 'message-values' });
    if (path.length > limits.levels) throw new NotPlain({ kind: 'message-levels' });
    if (typeof value === 'string') count(value);
    if (typeof value === 'function' || typeof value === 'symbol') return left();
    if (typeof value !== 'object' || value === null || value instanceof Date) return value;
    // a list says itself how long it is, also where nothing is in it
    if (Array.isArray(value) && value.length > limits.parts) throw new NotPlain({ kind: 'message-values' });
    if (Array.isArray(value)) return value.map((item: unknown, at) => within(String(at), item));
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) return left();
    const object: Record<string, unknown> = {};
    for (const name of Object.keys(value)) {
      count(name);
      if (name === '__proto__')
        left(name); // no way leads there
      else object[name] = within(name, (value as Record<string, unknown>)[name]);
    }
    return object;
  };
  const left = (name?: string): undefined => {
    const whole = name === undefined ? [...path] : [...path, name];
    if (whole.length === 0) throw new NotPlain({ kind: 'message-whole' });
    missing.push(whole);
    return undefined;
  };
  return { value: copy(input), missing };
}
