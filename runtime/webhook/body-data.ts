import { isUtf8 } from 'node:buffer';
import { inexactNumber } from '../../model/exact-json.ts';
import type { Issue } from '../../model/failure.ts';
import { inWords, wordsOf } from '../../model/failure-words.ts';
import type { Json } from '../../model/json.ts';
import { hasTooManyNames } from '../../model/json-names.ts';
import { mostOfData, namesObstacle, type Obstacle, obstacleIn } from '../../model/storable.ts';

/** The text of a body that is UTF-8; undefined = it is not. */
export function utf8Text(bytes: Buffer): string | undefined {
  if (!isUtf8(bytes)) return undefined;
  const text = bytes.toString('utf8');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** JSON that can be stored and handed through flows; what is wrong with it is noted. */
export function readJson(bytes: Buffer, field: string, issues: Issue[]): Json | undefined {
  if (bytes.length > mostOfData.bytes) {
    issues.push(tooLarge(field)); // before it is parsed, which takes its time
    return undefined;
  }
  const value = parseJson(bytes, field, issues);
  return value !== undefined && mayBeData(value, field, issues) ? value : undefined;
}

/** Whether data can be stored; what is wrong with it is noted, without a name of what is in it. */
export function mayBeData(data: Json, field: string, issues: Issue[]): boolean {
  const obstacle = obstacleIn(data, field);
  if (obstacle) issues.push(cannotBeData(obstacle, field));
  return !obstacle;
}

const cannotBeData = ({ whole, remedy, wholeWords: words }: Obstacle, field: string): Issue => ({
  field,
  ...inWords('EVENT_DATA', { field, obstacle: wordsOf({ message: whole, remedy, words }) }),
});

/** The only place that parses what was sent. */
export function parseJson(bytes: Buffer, field: string, issues: Issue[]): Json | undefined {
  const text = utf8Text(bytes);
  if (text === undefined) {
    issues.push({ field, ...inWords('BODY_NOT_UTF8', { field }) });
    return undefined;
  }
  if (hasTooManyNames(text)) {
    issues.push(cannotBeData(namesObstacle(field), field));
    return undefined;
  }
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    // the parser's own words quote what was sent
    issues.push(notJson(field));
    return undefined;
  }
  const inexact = inexactNumber(text);
  if (inexact === undefined || !Number.isFinite(Number(inexact))) return value; // what is beyond all numbers is found with its path
  issues.push({ field, ...inWords('EVENT_DATA.digits', { field, number: inexact.slice(0, 40) }) });
  return undefined;
}

export function notJson(field: string): Issue {
  return { field, ...inWords('BODY_NOT_JSON', { field }) };
}

/** @param shown the field, as the message names it */
export function tooLarge(field: string, shown = field): Issue {
  return { field, ...inWords('EVENT_DATA.large', { field: shown, megabytes: mostOfData.bytes / 1024 / 1024 }) };
}

/** Data of a media type that need not be JSON: JSON as its value, text as text, anything else in base64. It can be stored, or what is wrong is noted. */
export function dataOfType(bytes: Buffer, mediaType: string, field: string, issues: Issue[]): Json {
  if (bytes.length === 0) return null;
  if (isJsonType(mediaType)) return readJson(bytes, field, issues) ?? null;
  const isText = /^text\/|[/+]xml$/.test(essence(mediaType));
  const text = isText ? utf8Text(bytes) : bytes.toString('base64');
  if (text !== undefined) return mayBeData(text, field, issues) ? text : null;
  issues.push({ field, ...inWords('BODY_NOT_UTF8.of-text', { field }) });
  return null;
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
