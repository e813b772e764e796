import { isUtf8 } from 'node:buffer';
import { wrong } from '../../model/cloud-event.ts';
import { inexactNumber } from '../../model/exact-json.ts';
import type { Issue } from '../../model/failure.ts';
import type { Json } from '../../model/json.ts';

/** The text of a body that is UTF-8; undefined = it is not. */
export function utf8Text(bytes: Buffer): string | undefined {
  if (!isUtf8(bytes)) return undefined;
  const text = bytes.toString('utf8');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** JSON that can be stored and handed through flows; what is wrong with it is noted. The only place that parses what was sent. */
export function readJson(bytes: Buffer, field: string, issues: Issue[]): Json | undefined {
  const text = utf8Text(bytes);
  if (text === undefined) {
    issues.push(wrong('BODY_NOT_UTF8', field, `${field} is not UTF-8.`, 'Encode JSON in UTF-8.'));
    return undefined;
  }
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    // the parser's own words quote what was sent
    issues.push(wrong('BODY_NOT_JSON', field, `${field} is not JSON.`, 'Send JSON, and name its media type in Content-Type.'));
    return undefined;
  }
  const inexact = inexactNumber(text);
  const unsafe = unsafePart(value, deepest) ?? (inexact === undefined ? undefined : notHeld(inexact));
  if (!unsafe) return value;
  issues.push(wrong('EVENT_DATA', field, `${field} ${unsafe.is}.`, unsafe.remedy));
  return undefined;
}

/** Data of a media type that need not be JSON: JSON as its value, text as text, anything else in base64. */
export function dataOfType(bytes: Buffer, mediaType: string, field: string, issues: Issue[]): Json {
  if (bytes.length === 0) return null;
  if (isJsonType(mediaType)) return readJson(bytes, field, issues) ?? null;
  if (/^text\/|[/+]xml$/.test(essence(mediaType))) {
    const text = utf8Text(bytes);
    if (text !== undefined) return text;
    issues.push(wrong('BODY_NOT_UTF8', field, `${field} is not UTF-8.`, 'Encode text in UTF-8.'));
    return null;
  }
  return bytes.toString('base64');
}

/** `application/json; charset=utf-8` → `application/json` */
export function essence(mediaType: string): string {
  const end = mediaType.indexOf(';');
  return (end < 0 ? mediaType : mediaType.slice(0, end)).trim().toLowerCase();
}

/** No media type means JSON in CloudEvents. */
export function isJsonType(mediaType: string): boolean {
  const type = essence(mediaType);
  return type === '' || type === 'application/json' || type.endsWith('+json') || type === 'text/json';
}

/** What is stored is written, cloned and searched by code that calls itself for each level. */
const deepest = 100;

const tooDeep = { is: `is nested deeper than ${deepest} levels`, remedy: 'Send flatter data.' };
// harmless here; in a node that copies fields into an object it is not
const badName = { is: 'has a field named __proto__', remedy: 'Name the field otherwise.' };
// JSON.parse makes Infinity of it, and JSON.stringify null of that
const tooLarge = { is: 'has a number that is too large to be kept', remedy: 'Send it as text.' };

const notHeld = (number: string) => ({
  is: `has a number with more digits than can be kept (${number.slice(0, 40)})`,
  remedy: 'Send it as text.',
});

function unsafePart(value: Json | undefined, levels: number): { is: string; remedy: string } | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : tooLarge;
  if (typeof value !== 'object' || value === null) return undefined;
  if (levels === 0) return tooDeep;
  if (Object.hasOwn(value, '__proto__')) return badName;
  for (const part of Object.values(value)) {
    const found = unsafePart(part, levels - 1);
    if (found) return found;
  }
  return undefined;
}
