import { Apart, spend } from './allowance.ts';
import type { Compile } from './calls.ts';
import type { Frame } from './frame.ts';
import type { SyntaxTree } from './syntax-tree.ts';
import { isNumeric, sequence, truth, type Value } from './values.ts';

/** What is left of a list after a stage of its path. */
export function filterIn(stage: { type: string; expr: SyntaxTree }, compile: Compile): (input: Value, frame: Frame) => Value {
  if (stage.type !== 'filter') throw new Apart();
  return filter(stage.expr, compile);
}

/** `list[…]`: the item at a place, or those for which it is true. */
function filter(predicate: SyntaxTree, compile: Compile): (input: Value, frame: Frame) => Value {
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
