import { boundedWords, mapTexts } from './bounded-words.ts';
import { maskEmails, maskText, masked } from './mask-text.ts';
import { beginAnswer, isPerson, isPersonalPath, type Mark, markOf, mostFields } from './personal-fields.ts';
import { PersonNames } from './person-names.ts';

export { maskEmails } from './mask-text.ts';
export { personalFields } from './personal-fields.ts';

/** What is nested deeper is not looked through but masked. */
const deepest = 150;
/** Of a longer text the end is left out: nobody reads it here, and all that is shown has to be looked through. */
const longestText = 200_000;
/** more than an address or a name has: where a text is cut, none of either is left half */
const overhang = 400;

/** So many values are shown of one record, and `mostFields` of one object: nobody reads more here. A long text counts as several. */
const mostShown = 30_000;
const lettersOfValue = 20;
const leftOut = '…';

/** Of an event that a sentence is about so many parts are looked at: a flow's own objects may have no end. */
const mostParts = 200_000;
/** fields that a part has as a rule; each beyond them counts as a part */
const usualFields = 100;

const concerns = Symbol('concerns');

/** Stands for an event that nobody has looked at: whom it names is not known. */
export const unseen = Object.freeze({ unseen: true });

/**
 * A copy without personal data, for people who may see runs but not persons: fields that are marked, e-mail addresses
 * wherever they stand, and in sentences the names that the same answer marks somewhere as a person's.
 */
export function redact(value: unknown): unknown {
  // what one record says of persons is masked in that record
  if (Array.isArray(value)) return value.map((part) => redactOne(part));
  return redactOne(value);
}

/**
 * The same of an answer that has lists: each of their entries is shown as a record of its own, so that of many none is left out. Yields between them,
 * for many take their time.
 */
export function* redactInParts(answer: object): Generator<undefined, unknown> {
  beginAnswer();
  const names = new PersonNames();
  const looked = new Looked(names, mostParts);
  collectNames(answer, 'plain', looked, 0);
  const shown = (value: unknown, mark: Mark, depth: number) =>
    maskValue(value, mark, { names, namesAll: looked.isWhole && names.isWhole, left: mostShown }, depth);
  const isList = ([name, value]: [string, unknown]) => Array.isArray(value) && markOf(name) === 'plain';
  const fields = Object.entries(answer);
  const rest = shown(Object.fromEntries(fields.filter((field) => !isList(field))), 'plain', 0) as Record<string, unknown>;
  const lists: Record<string, unknown[]> = {};
  for (const [name, value] of fields.filter(isList)) {
    const entries: unknown[] = (lists[name] = []);
    for (const entry of value as unknown[]) {
      entries.push(shown(entry, 'plain', 2));
      yield;
    }
  }
  return { ...rest, ...lists };
}

function redactOne(value: unknown): unknown {
  beginAnswer();
  const names = new PersonNames();
  const looked = new Looked(names, mostParts);
  collectNames(value, 'plain', looked, 0);
  return maskValue(value, 'plain', { names, namesAll: looked.isWhole && names.isWhole, left: mostShown }, 0);
}

/** An answer about an event that it does not show: names of persons that are marked in the event are masked in the answer's texts. */
export function concerning<T extends object>(answer: T, event: unknown): T {
  return Object.defineProperty(answer, concerns, { value: event, enumerable: true });
}

/** A sentence about an event, for a log line or a status. The event may be a message of a flow: hold itself, and do things when it is read. */
export function redactText(text: string, event?: unknown): string {
  beginAnswer();
  const names = new PersonNames();
  const looked = new Looked(names, mostParts);
  if (event !== undefined) collectNames(event, 'plain', looked, 0);
  return looked.isWhole && names.isWhole ? maskString(text, { names, namesAll: true, left: mostShown }, deepest) : masked;
}

/** How one record is shown. */
interface Showing {
  readonly names: PersonNames;
  /** false: there may be names that are not known, and no sentence is shown */
  readonly namesAll: boolean;
  /** so many values may still be shown */
  left: number;
}

/** What has been looked at for names, so that a part which is there many times is looked at once. */
class Looked {
  readonly names: PersonNames;
  private left: number;
  private readonly seen = new Map<Mark, Set<object>>();

  constructor(names: PersonNames, most: number) {
    this.names = names;
    this.left = most;
  }

  /** False: there was more than may be looked at. */
  get isWhole(): boolean {
    return this.left > 0;
  }

  isNew(part: object, mark: Mark): boolean {
    const seen = this.seen.get(mark) ?? new Set();
    if (this.left <= 0 || seen.has(part)) return false;
    this.left -= Array.isArray(part) ? 1 + part.length : 1;
    this.seen.set(mark, seen.add(part));
    return this.left > 0;
  }

  giveUp(): void {
    this.left = 0;
  }

  /** False: it has more fields than may be looked at. */
  mayHave(fields: number): boolean {
    if (fields > usualFields) this.left--;
    return this.left > 0;
  }
}

function maskValue(given: unknown, mark: Mark, showing: Showing, depth: number): unknown {
  const value = asJson(given);
  showing.left--;
  if (typeof value === 'string') {
    showing.left -= Math.min(value.length, longestText) / lettersOfValue;
    return maskString(value, showing, depth);
  }
  if (!value || typeof value !== 'object') return value;
  if (depth > deepest) return masked;
  if (Array.isArray(value)) return maskList(value, mark, showing, depth);
  const record = value as Record<string, unknown>;
  // a gap of a sentence that is not shown may hold a name in one word
  const words = showing.namesAll || !('params' in record) ? undefined : boundedWords(record);
  if (words) return mapTexts(words, personIn);
  const keys = Object.keys(record);
  const person = mark === 'person' || isPerson(record, keys);
  const labelled = labelOf(record);
  const addresses = new Map<string, number>();
  const result: [string, unknown][] = [];
  for (const key of keys) {
    if (result.length === mostFields || showing.left <= 0) {
      result.push([leftOut, leftOut]);
      break;
    }
    const part = record[key];
    const own = markOf(key);
    let shown: unknown;
    if (own === 'personal' || (own === 'name' && person)) shown = hidden(part);
    else if (own === 'secret') shown = typeof part === 'number' ? part : hidden(part);
    else if (own === 'person' && typeof part === 'string') shown = personIn(part);
    else if (labelled && key === 'value' && part !== undefined) shown = valueOf(part);
    else shown = maskValue(part, own, showing, depth + 1);
    result.push([key.includes('@') ? keyIn(key, addresses) : key, shown]);
  }
  return Object.fromEntries(result);
}

function maskList(list: unknown[], mark: Mark, showing: Showing, depth: number): unknown[] {
  const result: unknown[] = [];
  for (const part of list) {
    if (showing.left <= 0) {
      result.push(leftOut);
      break;
    }
    result.push(mark === 'person' && typeof part === 'string' ? personIn(part) : maskValue(part, mark, showing, depth + 1));
  }
  return result;
}

function maskString(text: string, showing: Showing, depth: number): string {
  const { names } = showing;
  if (!showing.namesAll && text.includes(' ')) return masked;
  if (text.length > longestText) {
    // of JSON that is too long to be read nobody knows whom its fields name
    if (/^"?[{[]/.test(text.slice(0, overhang).trimStart())) return masked;
    return `${names.mask(maskText(text.slice(0, longestText))).slice(0, -overhang)}…`;
  }
  const json = jsonIn(text);
  if (json !== undefined) {
    try {
      const shown = JSON.stringify(maskValue(json, 'plain', showing, depth + 1));
      if (shown !== JSON.stringify(json)) return shown;
    } catch {
      return masked; // nested too deep to be looked through
    }
  }
  return names.mask(maskText(text.includes('":') ? maskPairs(text) : text));
}

/** A field and its text, also where quotation marks are escaped. */
const pair = /("([\w .-]{1,80})\\{0,7}" {0,9}: {0,9}\\{0,7}")([^"\\]{1,400})/g;

/** JSON that was cut, or stands in a sentence, says in its own words what is personal in it. */
function maskPairs(text: string): string {
  return text.replace(pair, (whole: string, field: string, key: string, value: string) => {
    const mark = markOf(key);
    if (mark === 'personal' || mark === 'secret') return field + masked;
    return mark === 'person' ? field + personIn(value) : whole;
  });
}

/** Notes what is marked as a person's name. */
function collectNames(given: unknown, mark: Mark, looked: Looked, depth: number): void {
  if (given === unseen) return looked.giveUp();
  if (typeof given === 'object' && given !== null && !looked.isNew(given, mark)) return;
  const value = read(() => asJson(given));
  if (!value || typeof value !== 'object' || depth > deepest) {
    if (mark === 'plain' && typeof value === 'string') {
      const json = jsonIn(value);
      if (json !== undefined) collectNames(json, 'plain', looked, depth + 1);
    }
    return;
  }
  if (Array.isArray(value)) {
    for (const part of value) {
      if (mark === 'person' && typeof part === 'string') addName(part, looked.names);
      else collectNames(part, mark, looked, depth + 1);
    }
    return;
  }
  const record = value as Record<string, unknown>;
  const about = read(() => (given as { [concerns]?: unknown })[concerns]);
  if (about !== undefined) collectNames(about, 'plain', looked, depth + 1);
  const keys = read(() => Object.keys(record)) ?? [];
  const person = mark === 'person' || read(() => isPerson(record, keys)) === true;
  let fields = 0;
  for (const key of keys) {
    if (!looked.mayHave(++fields)) return;
    const part = read(() => record[key]);
    if (typeof part !== 'string' && (typeof part !== 'object' || part === null)) continue; // names nobody
    const own = markOf(key);
    if (typeof part === 'string' && isNameField(key, own, person)) addName(part, looked.names);
    else collectNames(part, own, looked, depth + 1);
  }
}

/** A part whose own code fails says nothing. */
function read<T>(part: () => T): T | undefined {
  try {
    return part();
  } catch {
    return undefined;
  }
}

function isNameField(key: string, own: Mark, person: boolean): boolean {
  return own === 'person' || (own === 'name' && person) || (own === 'personal' && /name/i.test(key));
}

function addName(text: string, names: PersonNames): void {
  if (text !== masked && personIn(text) === masked) names.add(text);
}

/** What stands for a person in one word: an id stays, a name does not. */
function personIn(text: string): string {
  if (text === '' || (text.length <= 64 && /\d/.test(text) && /^[\w:/#-]+$/.test(text))) return text;
  return masked;
}

function hidden(value: unknown): unknown {
  return value === null || value === undefined || typeof value === 'boolean' ? value : masked;
}

/** `{field: 'resource.email', value: …}`: the label says what the value is. Of an address the domain is of use. */
function labelOf(record: Record<string, unknown>): boolean {
  if (!('value' in record)) return false;
  const label = [record['field'], record['name'], record['key'], record['label']].find((one): one is string => typeof one === 'string');
  return label !== undefined && isPersonalPath(label);
}

function valueOf(value: unknown): unknown {
  if (typeof value !== 'string') return hidden(value);
  const domainOnly = maskEmails(value);
  return domainOnly !== value && /^\S+$/.test(domainOnly) ? domainOnly : personIn(value);
}

/** Two addresses of one domain stay two fields. */
function keyIn(key: string, shown: Map<string, number>): string {
  const domainOnly = maskEmails(key);
  if (domainOnly === key) return key;
  const count = (shown.get(domainOnly) ?? 0) + 1;
  shown.set(domainOnly, count);
  return count > 1 ? `${domainOnly} (${count})` : domainOnly;
}

/** What JSON will be made of: of a failure, of a date. */
function asJson(value: unknown): unknown {
  const made = (value as { toJSON?: unknown } | null | undefined)?.toJSON;
  return typeof made === 'function' ? (made.call(value) as unknown) : value;
}

/** Objects and lists that are written in a text, also where that text was written once more. */
function jsonIn(given: string, written = 0): object | undefined {
  if (given.length > longestText) return undefined;
  const text = given.trim(); // a byte order mark, too
  if (closing[text[0] ?? ''] !== text.at(-1) || text.length < 2) return undefined;
  try {
    const json = JSON.parse(text) as object | string;
    if (typeof json !== 'string') return json;
    return written < mostWritten ? jsonIn(json, written + 1) : undefined;
  } catch {
    return text.includes('\n') ? linesIn(text) : undefined;
  }
}

/** One object a line. */
function linesIn(text: string): object[] | undefined {
  try {
    return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [JSON.parse(line) as object]));
  } catch {
    return undefined;
  }
}

const closing: Record<string, string> = { '{': '}', '[': ']', '"': '"' };
/** nobody writes it over again more often */
const mostWritten = 3;
