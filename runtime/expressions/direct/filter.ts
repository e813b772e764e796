import { spend } from './allowance.ts';
import { compile } from './compile.ts';
import type { Frame } from './frame.ts';
import type { SyntaxTree } from './syntax-tree.ts';
import { isNumeric, sequence, truth, type Value } from './values.ts';

/** `list[…]`: the item at a place, or those for which it is true. */
export function filter(predicate: SyntaxTree): (input: Value, frame: Frame) => Value {
  if (predicate.type === 'number') {
    const place = Math.floor(predicate.value as number);
    return (input) => {
      const items: Value[] = Array.isArray(input) ? input : [input];
      const item = items[place < 0 ? items.length + place : place];
      if (item === undefined) return sequence();
      return Array.isArray(item) ? (item as Value[]) : sequence(item);
    };
  }
  const step = compile(predicate);
  return (input, frame) => {
    const items: Value[] = Array.isArray(input) ? input : [input];
    const kept = sequence();
    spend(items.length / 4);
    for (let at = 0; at < items.length; at++) {
      const item = items[at];
      const result = step(item, frame);
      if (isNumeric(result)) {
        if (isPlace(result, at, items.length)) kept.push(item);
      } else if (Array.isArray(result) && areNumbers(result)) {
        for (const place of result) if (isPlace(place, at, items.length)) kept.push(item);
      } else if (truth(result)) kept.push(item);
    }
    return kept;
  };
}

function areNumbers(values: Value[]): values is number[] {
  spend(values.length);
  return values.filter((value) => !isNumeric(value)).length === 0;
}

function isPlace(given: number, at: number, length: number): boolean {
  const place = Math.floor(given);
  return (place < 0 ? length + place : place) === at;
}
