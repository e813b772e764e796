import { Decimal } from 'decimal.js';
import { clientIn } from './client-in.ts';
import { engagementOf } from './engagement-parts.ts';
import { isObject, type Json } from './json.ts';
import type { Minutes } from './minutes.ts';
import { beginAnswer, markOf } from './personal-fields.ts';

/** What an event tells a person about: whom it concerns, how much, how long. */
export interface RunFacts {
  client?: string;
  /** code of the engagement whose project it is about; that of a deal is its business id */
  engagement?: string;
  /** decimal text as it was given, with its currency: one without the other is no money */
  amount?: string;
  currency?: string;
  minutes?: Minutes;
  /** names and addresses of persons, for those who may see them; the first is who it is about */
  persons: string[];
}

/** fields of an event that are looked at */
const mostFields = 200;
const mostPersons = 5;
const longest = 200;

export function runFactsIn(data: Json | undefined): RunFacts {
  const client = clientIn(data);
  const place = isObject(data) && isObject(data['payload']) ? data['payload'] : data; // that of a message has it as payload
  const minutes = minutesIn(place);
  const engagement = engagementIn(place);
  return {
    ...(client === undefined ? {} : { client }),
    ...(engagement === undefined ? {} : { engagement }),
    ...amountIn(place),
    ...(minutes === undefined ? {} : { minutes }),
    persons: personsIn(place),
  };
}

function engagementIn(data: Json | undefined): string | undefined {
  const project = isObject(data) ? data['project'] : undefined;
  const code = textIn(project, /^code$/);
  return code === undefined ? undefined : engagementOf(code, textIn(project, /^legalEntity$/) ?? textIn(data, /^legalEntity$/));
}

/** What was agreed, paid or asked for: `{ amount, currency }`, or a number beside a currency; of an invoice what is to be paid. */
export function amountIn(data: Json | undefined): { amount: string; currency: string } | Record<never, never> {
  const given = valueIn(data, /^amount$/i) ?? valueIn(data, /^gross$/) ?? valueIn(data, /^net$/);
  const [amount, currency] = isObject(given) ? [given['amount'], given['currency']] : [given, valueIn(data, /^currency(code|isocode)?$/i)];
  const text = typeof amount === 'number' ? String(amount) : amount;
  if (typeof text !== 'string' || !/^-?\d{1,15}(\.\d{1,6})?$/.test(text)) return {};
  return typeof currency === 'string' && currency.trim() !== '' ? { amount: text, currency: currency.trim().slice(0, longest) } : {};
}

function minutesIn(data: Json | undefined): Minutes | undefined {
  const minutes = valueIn(data, /^minutes$/);
  if (Number.isSafeInteger(minutes)) return minutes as Minutes;
  const hours = valueIn(data, /^hours$/i);
  return typeof hours === 'number' || typeof hours === 'string' ? minutesOf(String(hours)) : undefined;
}

/** Whole minutes of decimal hours; undefined = it is none. */
export function minutesOf(hours: string): Minutes | undefined {
  if (!/^-?\d{1,6}(\.\d{1,8})?$/.test(hours)) return undefined;
  const minutes = new Decimal(hours).times(60);
  return minutes.isInteger() ? minutes.toNumber() : undefined;
}

/** Of the fields that hold a person the name and the address, and addresses that stand alone. */
function personsIn(data: Json | undefined): string[] {
  if (!isObject(data)) return [];
  beginAnswer();
  const persons = new Set<string>();
  const take = (value: Json | undefined) => {
    if (typeof value === 'string' && value.trim() !== '' && persons.size < mostPersons) persons.add(value.trim().slice(0, longest));
  };
  for (const [name, value] of Object.entries(data).slice(0, mostFields)) {
    if (typeof value !== 'string' && !isObject(value)) continue;
    const mark = markOf(name);
    if (mark === 'person' && isObject(value)) {
      take(value['name'] ?? value['Name']);
      take(value['email'] ?? value['Email']);
    } else if (mark === 'person' || (mark === 'personal' && typeof value === 'string' && value.includes('@'))) take(value);
  }
  return [...persons];
}

export function valueIn(data: Json | undefined, name: RegExp): Json | undefined {
  return isObject(data) ? Object.entries(data).find(([field, value]) => name.test(field) && value !== null)?.[1] : undefined;
}

export function textIn(data: Json | undefined, name: RegExp): string | undefined {
  const value = valueIn(data, name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, longest) : undefined;
}
