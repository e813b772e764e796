import { isCalendarDate } from '../../model/calendar-date.ts';
import { inexactNumber } from '../../model/exact-json.ts';
import { isObject, type Json, jsonCopy } from '../../model/json.ts';
import { plainText } from '../../model/plain-text.ts';
import type { FormField } from '../answers.ts';

/** Why what is entered cannot be the value of a field. */
export type Wrong = 'needed' | 'number' | 'integer' | 'date' | 'digits';

/** A value as it stands in a field of the form. A text where the contract wants a number is in quotation marks: that is what is wrong with it. */
export function shownText(value: Json | undefined, { kind }: Pick<FormField, 'kind'>): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' && !mustBeNoText.includes(kind) ? value : JSON.stringify(value);
}

const mustBeNoText: readonly FormField['kind'][] = ['number', 'integer', 'boolean'];

/** Whether a value is what a field wants: a number where the contract wants a text is not. */
const isOfKind = (value: Json | undefined, { kind }: FormField): boolean =>
  value === undefined || value === null || mustBeNoText.includes(kind) === (typeof value !== 'string');

export function valueAt(data: Json, at: readonly (string | number)[]): Json | undefined {
  return at.reduce<Json | undefined>(step, data);
}

/** Whether what a field stands in is still there: of a list that was made shorter it is not. */
export function isHeld(data: Json, at: readonly (string | number)[]): boolean {
  return at.every((name, place) => typeof name === 'string' || valueAt(data, at.slice(0, place + 1)) !== undefined);
}

/** Whether an input can hold the text as it is: what cannot be seen in it would be lost or would mislead. */
export const canBeTyped = (value: Json | undefined): boolean => typeof value !== 'string' || plainText(value) === value;

/** By which what was typed is kept: two fields can have one path, where a name has a dot in it. */
export const keyOf = ({ at }: FormField): string => JSON.stringify(at);

/** The data with what was typed, by key, and what of it cannot be taken. What is typed as it was changes nothing, where it is of the kind that is wanted. */
export function correctedData(
  data: Json,
  fields: readonly FormField[],
  typed: ReadonlyMap<string, string>,
): { data: Json; wrong: ReadonlyMap<string, Wrong> } {
  let copy = jsonCopy(data);
  const wrong = new Map<string, Wrong>();
  for (const field of fields) {
    const text = typed.get(keyOf(field));
    const held = valueAt(data, field.at);
    if (text === undefined || (text === shownText(held, field) && isOfKind(held, field))) continue;
    const taken = takenAs(text, field);
    if ('wrong' in taken) wrong.set(keyOf(field), taken.wrong);
    else if (field.at.length === 0) copy = taken.value ?? null;
    else put(copy, field.at, taken.value);
  }
  return { data: copy, wrong };
}

function takenAs(text: string, { kind, empty }: FormField): { value: Json | undefined } | { wrong: Wrong } {
  if (text === '') return empty === 'never' ? { wrong: 'needed' } : { value: { absent: undefined, null: null, text: '' }[empty] };
  if (kind === 'boolean') return { value: text === 'true' };
  if (kind === 'date') return isCalendarDate(text) ? { value: text } : { wrong: 'date' };
  if (kind !== 'number' && kind !== 'integer') return { value: text };
  if (!(kind === 'integer' ? /^-?(0|[1-9]\d*)$/ : /^-?(0|[1-9]\d*)(\.\d+)?$/).test(text)) return { wrong: kind };
  return inexactNumber(text) === undefined ? { value: Number(text) } : { wrong: 'digits' };
}

/** What stands around it and is not there yet is made; without a value it is taken out. */
function put(data: Json, at: readonly (string | number)[], value: Json | undefined): void {
  const last = at.at(-1)!;
  const holder = at.slice(0, -1).reduce<Json | undefined>((held, name) => {
    if (isObject(held) && value !== undefined && (step(held, name) ?? null) === null) held[name] = {};
    return step(held, name);
  }, data);
  if (Array.isArray(holder)) holder[last as number] = value ?? null;
  else if (isObject(holder) && value === undefined) delete holder[last];
  else if (isObject(holder)) holder[last] = value;
}

function step(held: Json | undefined, name: string | number): Json | undefined {
  if (Array.isArray(held)) return held[name as number];
  return isObject(held) && Object.hasOwn(held, name) ? held[name] : undefined;
}
