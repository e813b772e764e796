import { canonicalJson, isObject, type Json, type JsonObject } from '../../model/json.ts';

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
  /amount|price|rate|currency|cost|budget|total|sum|tax|vat|fee|discount|percent|markup|margin|revenue|minutes|hours|quantity|qty|units|bill|reimburs|mileage|distance|per.?diem|retainer|headcount|gross|salary|wage|charge|balance|debit|credit|pay(?!load)|instal|instalment|paid|open$|cap$|value$|limit|(?:^|[.[\]])net(?:$|[.[\]])/i;

/** A value in a list of changes; texts are in quotation marks where a text takes the place of something else, or something else its place. */
export function toldChange({ before, after }: Change): { before: string | undefined; after: string | undefined } {
  const quoted = before !== undefined && after !== undefined && typeof before !== typeof after;
  const told = (value: Json | undefined) => {
    if (value === undefined) return undefined;
    const text = typeof value === 'string' && !quoted && value !== '' ? value : JSON.stringify(value);
    return text.length > mostTold ? `${text.slice(0, mostTold)} …` : text;
  };
  return { before: told(before), after: told(after) };
}

const mostTold = 200;

/** What differs, value by value; lists place by place. */
export function changesOf(before: Json | undefined, after: Json | undefined, path = ''): Change[] {
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => changesOf(own(before, name), own(after, name), path ? `${path}.${name}` : name));
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    return Array.from({ length: Math.max(before.length, after.length) }, (_none, at) =>
      changesOf(before[at], after[at], `${path}[${at}]`),
    ).flat();
  }
  if (before === after || (before !== undefined && after !== undefined && canonicalJson(before) === canonicalJson(after))) return [];
  return [{ path, before, after, money: moneyName.test(path) || namesMoney(before) || namesMoney(after) }];
}

const own = (value: JsonObject, name: string) => (Object.hasOwn(value, name) ? value[name] : undefined);

function namesMoney(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some(namesMoney);
  return isObject(value) && Object.entries(value).some(([name, held]) => moneyName.test(name) || namesMoney(held));
}
