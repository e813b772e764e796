import { spend, spendText } from './allowance.ts';
import type { Step } from './calls.ts';
import { equal, isNumeric, sequence, spendComparison, textOf, truth, type Value, Wrong } from './values.ts';

/** What stands between two values. */
export const operators: Record<string, (left: Step, right: Step) => Step> = {
  '+': numeric((left, right) => left + right),
  '-': numeric((left, right) => left - right),
  '*': numeric((left, right) => left * right),
  '/': numeric((left, right) => left / right),
  '%': numeric((left, right) => left % right),
  '<': compared((left, right) => left < right),
  '<=': compared((left, right) => left <= right),
  '>': compared((left, right) => left > right),
  '>=': compared((left, right) => left >= right),
  '=': both((left, right) => left !== undefined && right !== undefined && equal(left, right)),
  '!=': both((left, right) => left !== undefined && right !== undefined && !equal(left, right)),
  '&': both((left, right) => {
    const [one = '', other = ''] = [textOf(left), textOf(right)];
    spendText(one.length + other.length);
    return one + other;
  }),
  '..': both((from, to) => {
    if (from === undefined || to === undefined) {
      if (!(from === undefined || Number.isInteger(from)) || !(to === undefined || Number.isInteger(to))) throw new Wrong('T2003');
      return undefined;
    }
    if (!Number.isInteger(from) || !Number.isInteger(to)) throw new Wrong('T2003');
    const [first, last] = [from as number, to as number];
    if (first > last) return undefined;
    spend(last - first + 1);
    const result = sequence();
    for (let item = first; item <= last; item++) result.push(item);
    return result;
  }),
  in: both((value, among) => {
    if (value === undefined || among === undefined) return false;
    if (!Array.isArray(among)) return value === among;
    spend(among.length / 8);
    if (typeof value === 'string' && value.length > 1_024) for (const one of among as Value[]) spendComparison(value, one);
    return among.indexOf(value) !== -1;
  }),
  and: (left, right) => (input, frame) => (truth(left(input, frame)) ?? false) && (truth(right(input, frame)) ?? false),
  or: (left, right) => (input, frame) => (truth(left(input, frame)) ?? false) || (truth(right(input, frame)) ?? false),
};

function both(work: (left: Value, right: Value) => Value): (left: Step, right: Step) => Step {
  return (left, right) => (input, frame) => work(left(input, frame), right(input, frame));
}

function numeric(work: (left: number, right: number) => number): (left: Step, right: Step) => Step {
  return both((left, right) => {
    if (left !== undefined && !isNumeric(left)) throw new Wrong('T2001', left);
    if (right !== undefined && !isNumeric(right)) throw new Wrong('T2002', right);
    return left === undefined || right === undefined ? undefined : work(left, right);
  });
}

function compared(work: (left: number | string, right: number | string) => boolean): (left: Step, right: Step) => Step {
  const comparable = (value: Value) => value === undefined || typeof value === 'string' || typeof value === 'number';
  return both((left, right) => {
    if (!comparable(left) || !comparable(right)) throw new Wrong('T2010', left, right);
    if (left === undefined || right === undefined) return undefined;
    if (typeof left !== typeof right) throw new Wrong('T2009', left, right);
    spendComparison(left, right);
    return work(left, right);
  });
}
