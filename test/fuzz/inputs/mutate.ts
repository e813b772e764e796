import { hostileValue } from './hostile-values.ts';
import { type Random, weighted } from './input-random.ts';
import { RawJson } from './raw-json.ts';

type Parent = Record<string, unknown> | unknown[];
interface Place {
  parent: Parent;
  name: string;
}

/** A copy of a valid value in which one to three things are not as they should be; it stays close enough to get deep. */
export function mutate(random: Random, valid: unknown, most = 3): unknown {
  const root = { value: structuredClone(valid) };
  for (let left = random.between(1, most); left > 0; left--) {
    const places = placesIn(root);
    if (places.length === 0) break;
    change(random, random.pick(places), places);
  }
  return root.value;
}

/** Of an object its JSON: what it would say of itself may have been mutated, too. */
const textOf = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

function change(random: Random, place: Place, places: Place[]): void {
  const { parent, name } = place;
  const value = valueAt(place);
  weighted(random, [
    [30, () => put(place, hostileValue(random))],
    [12, () => (Array.isArray(parent) ? void parent.splice(Number(name), 1) : void delete parent[name])],
    [8, () => swap(place, random.pick(places))],
    [8, () => put(place, [value])],
    [6, () => put(place, { value })],
    [6, () => put(place, typeof value === 'string' ? Number(value) : textOf(value))],
    [8, () => put(place, Array.isArray(value) ? manyOf(value, random.pick([2, 50, 2_000])) : `${textOf(value)} `)],
    [6, () => put({ parent, name: random.pick(['__proto__', 'constructor', 'extra', '', 'toString', name.toUpperCase()]) }, value)],
    [4, () => put(place, typeof value === 'string' ? value.repeat(random.pick([2, 100, 5_000])) : value)],
    [4, () => put(place, typeof value === 'number' ? value * random.pick([-1, 0.001, 1e9, 1e300]) : value)],
  ])();
}

function placesIn(parent: Parent): Place[] {
  return Object.keys(parent).flatMap((name) => {
    const value = valueAt({ parent, name });
    const within = typeof value === 'object' && value !== null && !(value instanceof RawJson) ? placesIn(value as Parent) : [];
    return [{ parent, name }, ...within.slice(0, 200)];
  });
}

const valueAt = ({ parent, name }: Place): unknown => (parent as Record<string, unknown>)[name];

/** As JSON.parse does: a name of its own, also where the language means another thing by it. */
function put({ parent, name }: Place, value: unknown): void {
  Object.defineProperty(parent, name, { value, writable: true, enumerable: true, configurable: true });
}

function swap(one: Place, other: Place): void {
  const [first, second] = [valueAt(one), structuredCloneOf(valueAt(other))];
  put(other, structuredCloneOf(first));
  put(one, second);
}

/** A copy, so that what is put into itself does not become endless. */
function structuredCloneOf(value: unknown): unknown {
  if (value instanceof RawJson || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(structuredCloneOf);
  const copy: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(value)) put({ parent: copy, name }, structuredCloneOf(part));
  return copy;
}

function manyOf(list: unknown[], times: number): unknown[] {
  return Array.from({ length: Math.min(5_000, list.length * times) }, (_, index) => list[index % list.length]);
}
