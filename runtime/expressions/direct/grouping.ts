import { spend } from './allowance.ts';
import type { Compile, Step } from './calls.ts';
import type { Frame } from './frame.ts';
import type { SyntaxTree } from './syntax-tree.ts';
import { keysOf, type Value, Wrong } from './values.ts';

interface Group {
  data: Value;
  pair: number;
  /** a list made here, that more may be added to */
  own: boolean;
}

const reserved = new Set(['_jsonata_lambda', '_jsonata_function']);

/** `{key: value, …}`, of one value or of the items of a list, brought together by their keys. */
export function grouping(pairs: [SyntaxTree, SyntaxTree][], compile: Compile): (input: Value, frame: Frame) => Value {
  const steps = pairs.map(([key, value]): [Step, Step] => [compile(key), compile(value)]);
  const fixed = fixedKeys(pairs);
  return (input, frame) => {
    const items: Value[] = !Array.isArray(input) ? [input] : input.length === 0 ? [undefined] : (input as Value[]);
    const result: Record<string, Value> = {};
    if (fixed && items.length === 1) {
      for (let at = 0; at < steps.length; at++) setField(result, fixed[at]!, steps[at]![1](items[0], frame));
      return result;
    }
    const groups = groupsOf(items, steps, frame);
    for (const key of keysOf(groups)) {
      const { data, pair } = groups[key] as Group;
      setField(result, key, steps[pair]![1](data, frame));
    }
    return result;
  };
}

export function setField(object: Record<string, Value>, name: string, value: Value): void {
  if (value === undefined) return;
  spend(1);
  if (name === '__proto__') Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  else object[name] = value;
}

/** Keys that are texts as they stand, each once: nothing has to be brought together then. */
function fixedKeys(pairs: [SyntaxTree, SyntaxTree][]): string[] | undefined {
  const keys = pairs.map(([key]) => (key.type === 'string' && !key.predicate && !key.group ? (key.value as string) : undefined));
  const plain = keys.every((key) => key !== undefined && !reserved.has(key));
  return plain && new Set(keys).size === keys.length ? (keys as string[]) : undefined;
}

function groupsOf(items: Value[], steps: [Step, Step][], frame: Frame): Record<string, Group> {
  const groups = Object.create(null) as Record<string, Group>;
  for (const item of items) {
    for (let pair = 0; pair < steps.length; pair++) {
      const key = steps[pair]![0](item, frame);
      if (key === undefined) continue;
      if (typeof key !== 'string') throw new Wrong('T1003', key);
      if (reserved.has(key)) throw new Wrong('D1013', key);
      const group = groups[key];
      if (!group) groups[key] = { data: item, pair, own: false };
      else if (group.pair !== pair) throw new Wrong('D1009', key);
      else add(group, item);
      spend(1 + key.length / 64);
    }
  }
  return groups;
}

function add(group: Group, item: Value): void {
  if (item === undefined) return;
  if (group.data === undefined) {
    group.data = item;
    return;
  }
  const more: Value[] = Array.isArray(item) ? item : [item];
  if (!group.own) {
    const before: Value[] = Array.isArray(group.data) ? group.data : [group.data];
    spend(before.length);
    group.data = [...before];
    group.own = true;
  }
  spend(more.length);
  for (const one of more) (group.data as Value[]).push(one);
}
