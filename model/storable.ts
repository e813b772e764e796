import type { Words } from './failure-sentence.ts';
import { inWords, wordsOf } from './failure-words.ts';

/** What is kept of one event, request or answer. More than this is a mistake, and would hold up everybody else. */
export const mostOfData = {
  /** what is stored is written, cloned and searched by code that calls itself for each level */
  levels: 100,
  /** of its JSON */
  bytes: 16 * 1024 * 1024,
  /** fields and elements of lists */
  values: 50_000,
  /** different names of fields: each copy of objects with ever new names takes as long as one of a million values */
  names: 5_000,
};

/** An identifier longer than this is a mistake; PostgreSQL cannot index much longer ones. */
export const mostBytesOfText = 1024;

/** Why something cannot be stored. Nothing of what it holds is in it but names of fields. */
export interface Obstacle {
  /** where: `data.lines[3].rate` */
  field: string;
  /** what is wrong, to be read behind the name of the field: `is a number that is too large to be kept` */
  is: string;
  /** the same of all that was looked at, for whom names of fields are not to be repeated: `has a number that is too large to be kept` */
  whole: string;
  remedy: string;
  /** of `is` and `remedy`, for every other language */
  words?: Words;
  /** of `whole` and `remedy` */
  wholeWords?: Words;
}

/** What is wrong with a part, and, where that reads otherwise, with the whole. */
const said: Record<Reason, { part: Wrong; whole?: Wrong }> = {
  deep: { part: inWords('OBSTACLE.deep', { levels: mostOfData.levels }) },
  large: { part: inWords('OBSTACLE.large', { megabytes: mostOfData.bytes / 1024 / 1024 }) },
  many: { part: inWords('OBSTACLE.many', { values: { count: mostOfData.values } }) },
  names: { part: inWords('OBSTACLE.names', { names: { count: mostOfData.names } }) },
  // harmless here; in a node that copies fields into an object it is not
  name: { part: inWords('OBSTACLE.name'), whole: inWords('OBSTACLE.name-within', { name: '__proto__' }) },
  // JSON.parse makes Infinity of it, and JSON.stringify null of that
  number: { part: inWords('OBSTACLE.number'), whole: inWords('OBSTACLE.number-within') },
  notNumber: { part: inWords('OBSTACLE.not-number'), whole: inWords('OBSTACLE.not-number-within') },
  kind: { part: inWords('OBSTACLE.kind'), whole: inWords('OBSTACLE.kind-within') },
};
type Wrong = { message: string; remedy: string; words: Words };
/** They concern the whole. */
const wholes: ReadonlySet<Reason> = new Set(['large', 'many', 'names']);
type Reason = 'deep' | 'large' | 'many' | 'names' | 'name' | 'number' | 'notNumber' | 'kind';

interface Found {
  reason: Reason;
  /** the way to it, from the inside out */
  path: (string | number)[];
}

/** Parts that JSON leaves out (functions) or writes in their own way (dates, buffers) are no obstacle in a message. */
type Kind = 'json' | 'message';

/**
 * Why a value cannot be stored as JSON; undefined = it can. Takes time in proportion to what is stored, however it is nested, and looks at no more
 * than may be stored: also a value that holds itself, or the same part many times over, is done with soon.
 *
 * @param kind `message`: a value as flows hold them
 */
export function obstacleIn(value: unknown, field: string, kind: Kind = 'json'): Obstacle | undefined {
  const walk = new Walk(kind === 'message');
  return obstacleFrom(walk.look(value, 0) ?? namesFrom(walk, value) ?? largeFrom(walk, value, kind), field);
}

/** Why a part of a message cannot be stored; `json`: nothing in it is written otherwise than it is, or left out. */
export function lookedThrough(value: unknown, field: string): Obstacle | 'json' | 'message' {
  const walk = new Walk(true);
  const found = walk.look(value, 0) ?? namesFrom(walk, value) ?? (walk.isJson ? largeFrom(walk, value, 'json') : undefined);
  return obstacleFrom(found, field) ?? (walk.isJson ? 'json' : 'message');
}

const largeFrom = (walk: Walk, value: unknown, kind: Kind): Found | undefined =>
  walk.mayBeLarge && isLarge(value, kind) ? { reason: 'large', path: [] } : undefined;

const namesFrom = (walk: Walk, value: unknown): Found | undefined =>
  walk.mayHaveManyNames && hasManyNames(value) ? { reason: 'names', path: [] } : undefined;

/** What is wrong with data of which the text shows that it has too many different names (`model/json-names.ts`). */
export const namesObstacle = (field: string): Obstacle => obstacleFrom({ reason: 'names', path: [] }, field)!;

/** Of what has been walked through, and has an end. */
function hasManyNames(value: unknown): boolean {
  const names = new Set<string>();
  const left = [value];
  while (left.length > 0) {
    const next = left.pop();
    if (typeof next !== 'object' || next === null || writesItself(next)) continue;
    if (!Array.isArray(next)) for (const name of Object.keys(next)) if (names.add(name).size > mostOfData.names) return true;
    for (const part of Object.values(next)) left.push(part);
  }
  return false;
}

function obstacleFrom(found: Found | undefined, field: string): Obstacle | undefined {
  if (!found) return undefined;
  const { part, whole = part } = said[found.reason];
  // of what concerns the whole, there is no place
  const place = wholes.has(found.reason) ? '' : pathText(found.path);
  return { field: field + place, is: part.message, whole: whole.message, remedy: part.remedy, words: part.words, wholeWords: whole.words };
}

/** What is wrong and what to do about it, to fill a gap of a failure. */
export function wordsOfObstacle({ is, remedy, words }: Pick<Obstacle, 'is' | 'remedy' | 'words'>): Words {
  return wordsOf({ message: is, remedy, ...(words ? { words } : {}) });
}

/** Why a text cannot be an identifier: all stores keep it as it is, and find it again. */
export function textObstacle(text: unknown, field: string): Obstacle | undefined {
  if (typeof text !== 'string') return obstacleOf(field, inWords('OBSTACLE.not-text'));
  if (isTooLong(text)) return obstacleOf(field, inWords('OBSTACLE.long', { bytes: mostBytesOfText }));
  if (text.isWellFormed() && !text.includes('\0')) return undefined;
  return obstacleOf(field, inWords('OBSTACLE.character'));
}

/** What is said of a part and of the whole in the same words. */
export function obstacleOf(field: string, { message, remedy, words }: Wrong): Obstacle {
  return { field, is: message, whole: message, remedy, words, wholeWords: words };
}

export function isTooLong(text: string): boolean {
  return text.length > mostBytesOfText / 4 && Buffer.byteLength(text) > mostBytesOfText;
}

class Walk {
  /** UTF-16 units of names and texts, and what JSON puts around each value at the least */
  private units = 0;
  private around = 0;
  private values = 0;
  private fields = 0;
  private readonly inMessage: boolean;
  /** so far */
  isJson = true;

  constructor(inMessage: boolean) {
    this.inMessage = inMessage;
  }

  /** Each unit of a text has six bytes of JSON at the most (`\u0000`): only what may be too large is measured. */
  get mayBeLarge(): boolean {
    return this.units * 6 + this.around * 4 > mostOfData.bytes;
  }

  /** Which names there are is looked at only where there are very many. */
  get mayHaveManyNames(): boolean {
    return this.fields > mostOfData.names;
  }

  look(value: unknown, level: number): Found | undefined {
    if (typeof value === 'string') {
      this.units += value.length;
      return this.fits();
    }
    if (typeof value === 'number') {
      this.units += 4;
      if (Number.isFinite(value)) return undefined;
      return { reason: Number.isNaN(value) ? 'notNumber' : 'number', path: [] };
    }
    if (typeof value !== 'object') {
      if (typeof value !== 'boolean') this.isJson = false;
      return typeof value === 'boolean' || value === undefined || (this.inMessage && typeof value !== 'bigint')
        ? undefined
        : { reason: 'kind', path: [] };
    }
    if (value === null) return undefined;
    if (level === mostOfData.levels) return { reason: 'deep', path: [] };
    if (Array.isArray(value)) return this.list(value, level + 1);
    if (this.inMessage && !isPlain(value)) {
      this.isJson = false;
      if (writesItself(value)) return this.opaque(value);
    }
    return this.object(value as Record<string, unknown>, level + 1);
  }

  private list(list: unknown[], level: number): Found | undefined {
    for (let index = 0; index < list.length; index++) {
      const found = this.count() ?? this.look(list[index], level);
      if (found) return at(index, found);
    }
    return undefined;
  }

  private object(object: Record<string, unknown>, level: number): Found | undefined {
    const names = Object.keys(object);
    this.fields += names.length;
    if (names.length > mostOfData.names) return { reason: 'names', path: [] };
    for (const name of names) {
      if (name === '__proto__') return { reason: 'name', path: [name] };
      this.units += name.length;
      const found = this.count() ?? this.look(object[name], level);
      if (found) return at(name, found);
    }
    return undefined;
  }

  /** What its own code makes of it is looked at when it is made; a byte becomes four characters at the most. */
  private opaque(value: object): Found | undefined {
    if (ArrayBuffer.isView(value)) this.around += value.byteLength * 4;
    return this.fits();
  }

  private count(): Found | undefined {
    this.around++;
    return ++this.values > mostOfData.values ? { reason: 'many', path: [] } : this.fits();
  }

  private fits(): Found | undefined {
    return this.units + this.around > mostOfData.bytes ? { reason: 'large', path: [] } : undefined;
  }
}

/** Not of a class, and without code of its own by which it is written. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as unknown;
  return (prototype === Object.prototype || prototype === null) && typeof (value as { toJSON?: unknown }).toJSON !== 'function';
}

function writesItself(value: object): boolean {
  return ArrayBuffer.isView(value) || typeof (value as { toJSON?: unknown }).toJSON === 'function';
}

/** Only of what is known to be neither deep nor beyond measure. What a message holds is measured when its JSON is made. */
function isLarge(value: unknown, kind: Kind): boolean {
  return kind === 'json' && Buffer.byteLength(JSON.stringify(value) ?? '') > mostOfData.bytes;
}

function at(step: string | number, found: Found): Found {
  found.path.push(step);
  return found;
}

/** The beginning of the way there. Names that are no plain ones are not repeated. */
function pathText(path: Found['path']): string {
  const steps = path.toReversed();
  const text = steps.slice(0, 6).map((step) => {
    if (typeof step === 'number') return `[${step}]`;
    return /^[\w$-]{1,60}$/.test(step) ? `.${step}` : '.…';
  });
  return text.join('') + (steps.length > 6 ? '…' : '');
}
