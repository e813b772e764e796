import { canonicalJson, isObject, type Json } from '../../model/json.ts';

/** A value that a person has changed. */
export interface Change {
  /** `lines[0].amount.amount` */
  path: string;
  /** undefined = it was not there */
  before: Json | undefined;
  /** undefined = it is taken out */
  after: Json | undefined;
  /** it decides how much is billed, paid or booked */
  money: boolean;
}

/** Asked about once too often rather than not at all: of names in any system, not of contracts alone. */
const moneyName =
  /amount|price|rate|currency|cost|budget|total|sum|tax|vat|fee|discount|percent|markup|margin|revenue|minutes|hours|quantity|qty|units|billable|instal|cap$|value$|limit/i;

/** What differs, value by value; lists place by place. */
export function changesOf(before: Json | undefined, after: Json | undefined, path = ''): Change[] {
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => changesOf(before[name], after[name], path ? `${path}.${name}` : name));
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    return Array.from({ length: Math.max(before.length, after.length) }, (_none, at) =>
      changesOf(before[at], after[at], `${path}[${at}]`),
    ).flat();
  }
  if (before === after || (before !== undefined && after !== undefined && canonicalJson(before) === canonicalJson(after))) return [];
  return [{ path, before, after, money: moneyName.test(path) || namesMoney(before) || namesMoney(after) }];
}

function namesMoney(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some(namesMoney);
  return isObject(value) && Object.entries(value).some(([name, held]) => moneyName.test(name) || namesMoney(held));
}
