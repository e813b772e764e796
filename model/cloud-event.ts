import type { Issue } from './failure.ts';
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
    issues.push(
      wrong('EVENT_SHAPE', field, `${field} is not a JSON object.`, 'Send each event as an object with the CloudEvents attributes.'),
    );
    return undefined;
  }
  const given = value as Record<string, unknown>;
  if (given['specversion'] !== '1.0') {
    const said = given['specversion'] === undefined ? 'is missing' : 'is not 1.0';
    issues.push(
      wrong('EVENT_VERSION', `${at}specversion`, `specversion ${said}.`, 'Send CloudEvents of version 1.0: "specversion": "1.0".'),
    );
  }
  for (const name of required) {
    if ((given[name] ?? undefined) !== undefined) continue; // null is as good as absent
    issues.push(wrong('EVENT_ATTRIBUTE_MISSING', at + name, `${name} is missing.`, `Send ${name}: ${rules[name]!.is}.`));
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
    const message = `The event has ${count} further attributes; ${mostAttributes} are allowed.`;
    issues.push(wrong('EVENT_ATTRIBUTE_INVALID', `${at}attributes`, message, 'Put what belongs to the business into data.'));
  }
  return issues.length > before ? undefined : event;
}

function readAttribute(event: CloudEvent, name: string, value: unknown, issues: Issue[], at: string): void {
  const rule = rules[name];
  if (rule) {
    if (typeof value === 'string' && isTooLong(value)) {
      issues.push(tooLong(at + name));
    } else if (typeof value !== 'string' || value === '' || isUnprintable(value) || !(rule.keeps?.(value) ?? true)) {
      issues.push(wrong('EVENT_ATTRIBUTE_INVALID', at + name, `${name} is not ${rule.is}.`, `Send ${name} as ${rule.is}.`));
    } else if (name === 'datacontenttype' || name === 'dataschema') {
      event.attributes[name] = value;
    } else {
      event[name as 'id' | 'source' | 'type' | 'subject' | 'time'] = value;
    }
    return;
  }
  if (!/^[a-z0-9]{1,100}$/.test(name)) {
    const field = /^[\w-]{1,60}$/.test(name) ? name : 'an attribute';
    const remedy = 'Name attributes in lower-case letters and digits; put what belongs to the business into data.';
    issues.push(wrong('EVENT_ATTRIBUTE_NAME', at + field, `${field} is not a name for an attribute.`, remedy));
  } else if (typeof value === 'string' && isTooLong(value)) {
    issues.push(tooLong(at + name));
  } else if (!isAttributeValue(value)) {
    const is = 'text without control characters, a whole number of 32 bits, true or false';
    issues.push(wrong('EVENT_ATTRIBUTE_INVALID', at + name, `${name} is not ${is}.`, `Send ${name} as ${is}.`));
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
    issues.push(wrong('EVENT_DATA', field, 'data and data_base64 are both there.', 'Send one of the two.'));
  } else if (typeof text !== 'string' || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) {
    issues.push(wrong('EVENT_DATA', field, 'data_base64 is not base64.', 'Send it in base64 (RFC 4648), or send data as JSON.'));
  } else {
    const mediaType = given['datacontenttype'];
    return readBytes(Buffer.from(text, 'base64'), typeof mediaType === 'string' ? mediaType : '', field);
  }
  return null;
}

export function tooLong(field: string): Issue {
  return wrong(
    'EVENT_ATTRIBUTE_INVALID',
    field,
    `${field} is longer than ${mostBytesOfText} bytes.`,
    'Send a short one; put long text into data.',
  );
}

/** No value in it: what was sent is in no answer and no log. */
export function wrong(code: string, field: string, message: string, remedy: string): Issue {
  return { code, field, message, remedy };
}

interface Rule {
  is: string;
  keeps?(value: string): boolean;
}

const mediaType = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+ *(?:;.*)?$/;

const rules: Record<string, Rule> = Object.assign(Object.create(null) as object, {
  id: { is: 'a text, unique for the source' },
  source: { is: 'a URI reference', keeps: isUriReference },
  type: { is: 'a text such as com.example.time.approved' },
  subject: { is: 'a text that is not empty' },
  time: { is: 'a timestamp of RFC 3339 such as 2026-03-02T17:00:00Z', keeps: isTimestamp },
  datacontenttype: { is: 'a media type such as application/json', keeps: (value: string) => mediaType.test(value) },
  dataschema: { is: 'a URI', keeps: isUri },
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
