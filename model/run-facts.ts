import { clientIn } from './client-in.ts';
import { engagementOf } from './engagement-of.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
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
  const facts: RunFacts = { persons: [] };
  if (client !== undefined) facts.client = client;
  if (!isObject(place)) return facts;
  const said = saidIn(place);
  const engagement = engagementIn(said);
  if (engagement !== undefined) facts.engagement = engagement;
  Object.assign(facts, moneyOf(said));
  const minutes = minutesIn(said);
  if (minutes !== undefined) facts.minutes = minutes;
  for (const person of said.persons) take(facts.persons, person);
  return facts;
}

/** What was agreed, paid or asked for: `{ amount, currency }`, or a number beside a currency; of an invoice what is to be paid. */
export function amountIn(data: Json | undefined): Pick<RunFacts, 'amount' | 'currency'> {
  return isObject(data) ? (moneyOf(saidIn(data)) ?? {}) : {};
}

type Role = 'amount' | 'gross' | 'net' | 'currency' | 'minutes' | 'hours' | 'project' | 'legalEntity' | 'person' | 'address';
type SaidFields = { [role in Role]?: Json } & { persons: Json[] };

const roles: readonly (readonly [RegExp, Role])[] = [
  [/^amount$/i, 'amount'],
  [/^currency(code|isocode)?$/i, 'currency'],
  [/^hours$/i, 'hours'],
];
/** what is called so says it itself */
const plainRoles: readonly string[] = ['gross', 'net', 'minutes', 'project', 'legalEntity'] satisfies Role[];
/** Names of fields are few: what each says is found out once. Those from outside have no end, and are not kept for ever. */
const known = new Map<string, Role | undefined>();
const mostKnown = 5_000;

function roleOf(name: string): Role | undefined {
  const found = known.get(name);
  if (found !== undefined || known.has(name)) return found;
  const [, role] = name.length > 100 ? [] : (roles.find(([form]) => form.test(name)) ?? []);
  const mine = plainRoles.includes(name) ? (name as Role) : (role ?? personIn(name));
  if (known.size >= mostKnown) known.clear();
  known.set(name, mine);
  return mine;
}

function personIn(name: string): Role | undefined {
  beginAnswer();
  const mark = markOf(name);
  return mark === 'person' ? 'person' : mark === 'personal' ? 'address' : undefined;
}

/** Each event comes through here: its fields are looked at once. */
function saidIn(data: JsonObject): SaidFields {
  const said: SaidFields = { persons: [] };
  let left = mostFields;
  for (const name in data) {
    if (left-- <= 0) break;
    const role = roleOf(name);
    if (role === undefined) continue;
    const value = data[name];
    if (value === null || value === undefined) continue;
    if (role === 'person') said.persons.push(value);
    else if (role === 'address') {
      if (typeof value === 'string' && value.includes('@')) said.persons.push(value);
    } else said[role] ??= value;
  }
  return said;
}

function moneyOf({ amount: agreed, gross, net, currency: beside }: SaidFields): { amount: string; currency: string } | undefined {
  const given = agreed ?? gross ?? net;
  const [amount, currency] = isObject(given) ? [given['amount'], given['currency']] : [given, beside];
  const text = typeof amount === 'number' ? String(amount) : amount;
  if (typeof text !== 'string' || !/^-?\d{1,15}(\.\d{1,6})?$/.test(text)) return undefined;
  return typeof currency === 'string' && currency.trim() !== '' ? { amount: text, currency: currency.trim().slice(0, longest) } : undefined;
}

function engagementIn({ project, legalEntity }: SaidFields): string | undefined {
  if (!isObject(project)) return undefined;
  const code = textOf(project['code']);
  return code === undefined ? undefined : engagementOf(code, textOf(project['legalEntity']) ?? textOf(legalEntity));
}

function minutesIn({ minutes, hours }: SaidFields): Minutes | undefined {
  if (Number.isSafeInteger(minutes)) return minutes as Minutes;
  return typeof hours === 'number' || typeof hours === 'string' ? minutesOf(String(hours)) : undefined;
}

/** Whole minutes of decimal hours; undefined = it is none. In whole numbers alone. */
export function minutesOf(hours: string): Minutes | undefined {
  const [, sign, whole, part = ''] = /^(-?)(\d{1,6})(?:\.(\d{1,8}))?$/.exec(hours) ?? [];
  if (whole === undefined) return undefined;
  const [parts, size] = [Number(part) * 60, 10 ** part.length];
  if (parts % size !== 0) return undefined;
  const minutes = Number(whole) * 60 + parts / size;
  return sign === '-' ? -minutes : minutes;
}

/** Of a person the name and the address; what stands alone is one of them. */
function take(persons: string[], person: Json): void {
  for (const part of isObject(person) ? [person['name'] ?? person['Name'], person['email'] ?? person['Email']] : [person]) {
    const text = textOf(part);
    if (text !== undefined && persons.length < mostPersons && !persons.includes(text)) persons.push(text);
  }
}

function textOf(value: Json | undefined): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return text === '' ? undefined : text.slice(0, longest);
}
