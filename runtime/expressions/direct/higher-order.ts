import { arityOf, callBack } from './calls.ts';
import type { Frame } from './frame.ts';
import { setField } from './grouping.ts';
import { mergeSort } from './sorting.ts';
import { isNumeric, keysOf, sequence, spendComparison, truth, type Value, Wrong } from './values.ts';
import { spend } from './allowance.ts';

type Run = (values: Value[], frame: Frame) => Value;

/** JSONata's functions that are given a function. */
export const higherOrder: Record<'map' | 'filter' | 'single' | 'reduce' | 'sift' | 'each' | 'sort', Run> = {
  map: ([list, func], frame) => {
    if (list === undefined) return undefined;
    const result = sequence();
    forItems(list as Value[], (item, at, items) => {
      const value = callBack(func, [item, at, items], frame);
      if (value !== undefined) result.push(value);
    });
    return result;
  },
  filter: ([list, func], frame) => {
    if (list === undefined) return undefined;
    const result = sequence();
    forItems(list as Value[], (item, at, items) => {
      if (truth(callBack(func, [item, at, items], frame))) result.push(item);
    });
    return result;
  },
  single: ([list, func], frame) => {
    if (list === undefined) return undefined;
    const found: Value[] = [];
    forItems(list as Value[], (item, at, items) => {
      if (func === undefined || truth(callBack(func, [item, at, items], frame))) found.push(item);
      if (found.length > 1) throw new Wrong('D3138');
    });
    if (found.length === 0) throw new Wrong('D3139');
    return found[0];
  },
  reduce: ([given, func, init], frame) => {
    if (given === undefined) return undefined;
    const list = given as Value[];
    if (arityOf(func) < 2) throw new Wrong('D3050');
    const fromFirst = init === undefined && list.length > 0;
    let result = fromFirst ? list[0] : init;
    for (let at = fromFirst ? 1 : 0; at < list.length; at++) result = callBack(func, [result, list[at], at, list], frame);
    return result;
  },
  sift: ([object, func], frame) => {
    const result: Record<string, Value> = {};
    for (const key of keysOf(object)) {
      const value = (object as Record<string, Value>)[key];
      if (truth(callBack(func, [value, key, object], frame))) setField(result, key, value);
    }
    return Object.keys(result).length === 0 ? undefined : result;
  },
  each: ([object, func], frame) => {
    const result = sequence();
    for (const key of keysOf(object)) {
      const value = callBack(func, [(object as Record<string, Value>)[key], key, object], frame);
      if (value !== undefined) result.push(value);
    }
    return result;
  },
  sort: ([given, comparator], frame) => {
    if (given === undefined) return undefined;
    const list = given as Value[];
    if (list.length <= 1) return list;
    if (comparator !== undefined) return mergeSort(list, (left, right) => callBack(comparator, [left, right], frame));
    spend(list.length);
    const sortable = list.every((item) => isNumeric(item)) || list.every((item) => typeof item === 'string');
    if (!sortable) throw new Wrong('D3070');
    return mergeSort(list, (left, right) => {
      spendComparison(left, right);
      return (left as number) > (right as number);
    });
  },
};

function forItems(list: Value[], work: (item: Value, at: number, list: Value[]) => void): void {
  for (let at = 0; at < list.length; at++) work(list[at], at, list);
}
