import type { Issue } from './failure.ts';
import type { Words } from './failure-sentence.ts';
import { inWords, phrase } from './failure-words.ts';
import type { Json } from './json.ts';
import { mostAttributes } from './storable-event.ts';
import { isTooLong, mostBytesOfText } from './storable.ts';
import { isTimestamp } from './timestamp.ts';
import { isUri, isUriReference } from './uri.ts';

/** An event as its sender describes it: CloudEvents 1.0, read and found valid, without the envelope's constants. */
export interface CloudEvent {
  id: string;
  source: string;
  type: string;
  subject?: string;
  /** RFC 3339 */
  time?: string;
  /** `datacontenttype`, `dataschema` and extensions */
  attributes: Record<string, string | number | boolean>;
  data: Json;
}

/**
 * Reads an event in the form of the JSON format and notes everything that is wrong with it, by attribute.
 * https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md#context-attributes
 *
 * @param readBytes makes the data of `data_base64`, by the media type in `datacontenttype`
 * @param at what comes before the name of an attribute: `[2].` in a batch
 * @returns undefined when something was noted
 */
export function readCloudEvent(
  value: unknown,
  { issues, readBytes, at = '' }: { issues: Issue[]; readBytes(bytes: Buffer, mediaType: string, field: string): Json; at?: string },
): CloudEvent | undefined {
  const before = issues.length;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const field = at.slice(0, -1) || 'event';
    issues.push({ field, ...inWords('EVENT_SHAPE.not-object', { field }) });
    return undefined;
  }
  const given = value as Record<string, unknown>;
  if (given['specversion'] !== '1.0') {
    const said = given['specversion'] === undefined ? inWords('EVENT_VERSION.missing') : inWords('EVENT_VERSION');
    issues.push({ field: `${at}specversion`, ...said });
  }
  for (const name of required) {
    if ((given[name] ?? undefined) !== undefined) continue; // null is as good as absent
    issues.push({ field: at + name, ...inWords('EVENT_ATTRIBUTE_MISSING.required', { name, is: rules[name]!.is }) });
  }
  const event: CloudEvent = { id: '', source: '', type: '', attributes: {}, data: null };
  for (const name in given) {
    const part = given[name];
    if (part === null || name === 'specversion') continue; // an attribute that is null is not set
    if (name === 'data') event.data = part as Json;
    else if (name === 'data_base64') event.data = binaryData(given, issues, readBytes, at);
    else readAttribute(event, name, part, issues, at);
    if (issues.length - before > mostAttributes) break; // whoever sends so much that is wrong is told enough
  }
  const count = Object.keys(event.attributes).length;
  if (count > mostAttributes) {
    issues.push({ field: `${at}attributes`, ...inWords('EVENT_ATTRIBUTE_INVALID.too-many', { count, most: mostAttributes }) });
  }
  return issues.length > before ? undefined : event;
}

function readAttribute(event: CloudEvent, name: string, value: unknown, issues: Issue[], at: string): void {
  const rule = rules[name];
  if (rule) {
    if (typeof value === 'string' && isTooLong(value)) {
      issues.push(tooLong(at + name));
    } else if (typeof value !== 'string' || value === '' || isUnprintable(value) || !(rule.keeps?.(value) ?? true)) {
      issues.push(isNot(rule.is, name, at));
    } else if (name === 'datacontenttype' || name === 'dataschema') {
      event.attributes[name] = value;
    } else {
      event[name as 'id' | 'source' | 'type' | 'subject' | 'time'] = value;
    }
    return;
  }
  if (!/^[a-z0-9]{1,100}$/.test(name)) {
    issues.push(
      /^[\w-]{1,60}$/.test(name)
        ? { field: at + name, ...inWords('EVENT_ATTRIBUTE_NAME', { name }) }
        : { field: `${at}an attribute`, ...inWords('EVENT_ATTRIBUTE_NAME.unshown') },
    );
  } else if (typeof value === 'string' && isTooLong(value)) {
    issues.push(tooLong(at + name));
  } else if (!isAttributeValue(value)) {
    issues.push(isNot(phrase('EVENT_ATTRIBUTE.further'), name, at));
  } else {
    event.attributes[name] = value;
  }
}

function binaryData(
  given: Record<string, unknown>,
  issues: Issue[],
  readBytes: (bytes: Buffer, mediaType: string, field: string) => Json,
  at: string,
): Json {
  const text = given['data_base64'];
  const field = `${at}data_base64`;
  if (given['data'] !== undefined && given['data'] !== null) {
    issues.push({ field, ...inWords('EVENT_DATA.twice') });
  } else if (typeof text !== 'string' || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) {
    issues.push({ field, ...inWords('EVENT_DATA.not-base64') });
  } else {
    const mediaType = given['datacontenttype'];
    return readBytes(Buffer.from(text, 'base64'), typeof mediaType === 'string' ? mediaType : '', field);
  }
  return null;
}

const isNot = (is: Words, name: string, at: string): Issue => ({
  field: at + name,
  ...inWords('EVENT_ATTRIBUTE_INVALID.is-not', { name, is }),
});

export function tooLong(field: string): Issue {
  return { field, ...inWords('EVENT_ATTRIBUTE_INVALID.too-long', { field, most: mostBytesOfText }) };
}

interface Rule {
  is: Words;
  keeps?(value: string): boolean;
}

const mediaType = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+ *(?:;.*)?$/;

const rules: Record<string, Rule> = Object.assign(Object.create(null) as object, {
  id: { is: phrase('EVENT_ATTRIBUTE.id') },
  source: { is: phrase('EVENT_ATTRIBUTE.source'), keeps: isUriReference },
  type: { is: phrase('EVENT_ATTRIBUTE.type') },
  subject: { is: phrase('EVENT_ATTRIBUTE.subject') },
  time: { is: phrase('EVENT_ATTRIBUTE.time'), keeps: isTimestamp },
  datacontenttype: { is: phrase('EVENT_ATTRIBUTE.datacontenttype'), keeps: (value: string) => mediaType.test(value) },
  dataschema: { is: phrase('EVENT_ATTRIBUTE.dataschema'), keeps: isUri },
});
const required = ['id', 'source', 'type'];

// control characters; surrogates without their other half are found by isWellFormed
const control = /[\u0000-\u001f\u007f-\u009f]/;

function isUnprintable(text: string): boolean {
  return control.test(text) || !text.isWellFormed();
}

function isAttributeValue(value: unknown): value is string | number | boolean {
  if (typeof value === 'string') return !isUnprintable(value);
  return typeof value === 'boolean' || (typeof value === 'number' && (value | 0) === value);
}
