import { spend } from './allowance.ts';
import type { Compile } from './calls.ts';
import type { Frame } from './frame.ts';
import type { SyntaxTree } from './syntax-tree.ts';
import { spendComparison, type Value, Wrong } from './values.ts';

/** Merge sort, as jsonata has it: equal items keep their order; `after` is true where the right one comes first. */
export function mergeSort(list: Value[], after: (left: Value, right: Value) => unknown): Value[] {
  if (list.length <= 1) return list;
  spend(list.length);
  const middle = Math.floor(list.length / 2);
  const left = mergeSort(list.slice(0, middle), after);
  const right = mergeSort(list.slice(middle), after);
  const merged: Value[] = [];
  let [at, other] = [0, 0];
  while (at < left.length && other < right.length) {
    spend(1);
    merged.push(after(left[at], right[other]) ? right[other++] : left[at++]);
  }
  while (at < left.length) merged.push(left[at++]);
  while (other < right.length) merged.push(right[other++]);
  return merged;
}

/** `list^(>term, term)` */
export function sorting({ terms = [] }: SyntaxTree, compile: Compile): (input: Value[], frame: Frame) => Value[] {
  const steps = terms.map(({ expression, descending }) => ({ step: compile(expression), sign: descending ? -1 : 1 }));
  return (input, frame) =>
    mergeSort(input, (left, right) => {
      for (const { step, sign } of steps) {
        const order = compared(step(left, frame), step(right, frame), sign);
        if (order !== 0) return order === 1;
      }
      return false;
    });
}

function compared(left: Value, right: Value, sign: number): number {
  if (left === undefined) return right === undefined ? 0 : 1;
  if (right === undefined) return -1;
  const [one, other] = [typeof left, typeof right];
  if ((one !== 'string' && one !== 'number') || (other !== 'string' && other !== 'number')) throw new Wrong('T2008', left, right);
  if (one !== other) throw new Wrong('T2007', left, right);
  spendComparison(left, right);
  if (left === right) return 0;
  return ((left as number) < (right as number) ? -1 : 1) * sign;
}
