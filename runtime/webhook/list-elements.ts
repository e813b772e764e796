import { pauses } from '../../engine/turns.ts';
import type { Issue } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';
import type { Json } from '../../model/json.ts';
import { mostOfData } from '../../model/storable.ts';
import { notJson, parseJson, tooLarge } from './body-data.ts';

/** So many bytes of whole elements are parsed at once. */
const stretch = 64 * 1024;

/** An event is a level of the list, and its data a level of the event. */
const deepest = mostOfData.levels + 2;

const [quote, backslash, comma, openList, closeList, openObject, closeObject] = [...Buffer.from('"\\,[]{}')];

/**
 * The elements of a JSON list, some at a time, in order: one of a hundred thousand is read while everybody else has their turns. Where they part is found in
 * the bytes; what stands between is left to the parser. What is wrong with the list as a whole is noted, and ends it.
 */
export async function* elementsOf(bytes: Buffer, field: string, issues: Issue[]): AsyncGenerator<Json[]> {
  const begin = firstByte(bytes);
  if (bytes[begin] !== openList) {
    if (bytes.length > mostOfData.bytes || parseJson(bytes, field, issues) !== undefined) {
      issues.push({ field, ...inWords('EVENT_SHAPE.not-list', { field }) });
    }
    return;
  }
  const pause = pauses();
  const cut = new Cut(bytes, begin + 1);
  for (let read = 0; !cut.ended;) {
    const found = cut.next();
    const turn = pause();
    if (turn) await turn;
    if (found === 'more') continue;
    if (typeof found === 'string') {
      issues.push(found === 'deep' ? tooDeep(`[${read}].data`) : found === 'large' ? tooLarge(`[${read}].data`, 'data') : notJson(field));
      return;
    }
    const elements = parseJson(Buffer.concat([before, found, behind]), field, issues) as Json[] | undefined;
    if (!elements) return;
    if (elements.length === 0 && !(cut.ended && read === 0)) return void issues.push(notJson(field)); // nothing between two commas
    read += elements.length;
    yield elements;
  }
}

const before = Buffer.from('[');
const behind = Buffer.from(']');

/** Cuts a list where its elements part. */
class Cut {
  ended = false;
  private readonly bytes: Buffer;
  /** where the next stretch begins, and how far has been looked */
  private from: number;
  private at: number;
  private depth = 1;
  private inText = false;

  constructor(bytes: Buffer, from: number) {
    this.bytes = bytes;
    this.from = this.at = from;
  }

  /** The next elements; `more` = they are longer than what is looked at in one turn. */
  next(): Buffer | 'more' | 'deep' | 'large' | 'not-json' {
    const { bytes, from } = this;
    const stop = Math.min(this.at + stretch, bytes.length);
    let { at, depth, inText } = this;
    for (; at < stop; at++) {
      const byte = bytes[at];
      if (inText) {
        if (byte === backslash) at++;
        else if (byte === quote) inText = false;
      } else if (byte === quote) {
        inText = true;
      } else if (byte === openList || byte === openObject) {
        if (++depth > deepest) return 'deep';
      } else if (byte === closeList || byte === closeObject) {
        if (--depth === 0) return this.end(at);
      } else if (byte === comma && depth === 1 && at - from >= stretch) {
        [this.from, this.at] = [at + 1, at + 1];
        [this.depth, this.inText] = [depth, inText];
        return bytes.subarray(from, at);
      }
    }
    [this.at, this.depth, this.inText] = [at, depth, inText];
    if (at - from > mostOfData.bytes + stretch) return 'large';
    return at >= bytes.length ? 'not-json' : 'more';
  }

  private end(at: number): Buffer | 'not-json' {
    this.ended = true;
    const rest = this.bytes.subarray(at + 1);
    if (this.bytes[at] !== closeList || !rest.every(isSpace)) return 'not-json';
    return this.bytes.subarray(this.from, at);
  }
}

/** Behind a byte order mark and space. */
function firstByte(bytes: Buffer): number {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (isSpace(bytes[at])) at++;
  return at;
}

const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

const tooDeep = (field: string): Issue => ({ field, ...inWords('EVENT_DATA.deep', { levels: mostOfData.levels }) });
