import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Run } from '../../engine/store/runs.ts';
import { isCalendarDate } from '../../model/calendar-date.ts';
import { Failure, type Issue } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { SourceEvent } from '../../model/operations.ts';
import { tracedBy } from '../../model/trace-context.ts';
import { textObstacle } from '../../model/storable.ts';
import { essence, isJsonType } from '../webhook/body-data.ts';
import type { Consumer } from './api-access.ts';
import type { ApiAddress, ApiRules } from './offered-api.ts';
import { printOf } from './print-of.ts';

/** One call, read and found to be as the API says. */
export interface ApiCall {
  consumer: Consumer;
  /** of the path and behind the `?` */
  parameters: JsonObject;
  /** absent where the method has none */
  body?: Json;
  key?: string;
  /** header of that name */
  traceparent?: unknown;
}

/** Parts of the path that stand for parameters; the rest fits already. What cannot be read is noted. */
export function pathParameters({ parts }: ApiAddress, path: readonly string[], issues: Issue[]): JsonObject {
  return Object.fromEntries(
    parts.flatMap((part, place): [string, string][] => {
      if (!('parameter' in part)) return [];
      const field = part.parameter;
      const value = decoded(path[place]!);
      if (value !== undefined && value !== '' && !textObstacle(value, field)) return [[field, value]];
      issues.push({ field, ...inWords('API_PARAMETER.undecodable', { field }) });
      return [];
    }),
  );
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** Everything behind the `?`, as the form names it: what is missing, there twice, of another kind or not known is noted. */
export function queryValues({ query }: ApiRules, url: string, issues: Issue[]): JsonObject {
  const at = url.indexOf('?');
  const given = new URLSearchParams(at < 0 ? '' : url.slice(at + 1));
  const values: JsonObject = {};
  for (const { name, kind, required } of query) {
    const [value, ...more] = given.getAll(name);
    const field = name;
    if (value === undefined) {
      if (required) issues.push({ field, ...inWords('API_PARAMETER', { field }) });
    } else if (more.length > 0) issues.push({ field, ...inWords('API_PARAMETER.twice', { field }) });
    else if (textObstacle(value, field)) issues.push({ field, ...inWords('API_PARAMETER.undecodable', { field }) });
    else if (kind === 'date' && !isCalendarDate(value)) issues.push({ field, ...inWords('API_PARAMETER.date', { field }) });
    else if (kind === 'integer' && !/^-?(?:0|[1-9]\d{0,14})$/.test(value))
      issues.push({ field, ...inWords('API_PARAMETER.integer', { field }) });
    else values[name] = kind === 'integer' ? Number(value) : value;
  }
  const known = new Set(query.map(({ name }) => name));
  // a name that is mistyped would be a filter that does not hold
  for (const name of new Set(given.keys())) {
    const field = /^[\w.[\]-]{1,60}$/.test(name) ? name : '…';
    if (!known.has(name)) issues.push({ field, ...inWords('API_PARAMETER.unknown', { field }) });
  }
  return values;
}

/**
 * What names the call for its consumer, so that it is made once however often it is sent; `invalid` = it cannot. In quotation marks, as a structured field
 * has it, or without. https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-idempotency-key-header-07
 */
export function idempotencyKeyIn(headers: IncomingHttpHeaders): string | 'invalid' | undefined {
  const given = headers['idempotency-key'];
  if (given === undefined) return undefined;
  const key = /^"([^"\\]*)"$/.exec(String(given).trim())?.[1] ?? String(given).trim();
  return /^[\x21\x23-\x7e]{1,255}$/.test(key) ? key : 'invalid';
}

/** JSON in UTF-8, not compressed. */
export function isJsonSent(headers: IncomingHttpHeaders): boolean {
  const type = headers['content-type'] ?? '';
  const encoding = headers['content-encoding']?.toLowerCase() ?? 'identity';
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(type)?.[1];
  return (
    encoding === 'identity' && essence(type) !== '' && isJsonType(type) && (charset === undefined || /^(utf-?8|us-ascii)$/i.test(charset))
  );
}

/** The type of events that are calls of an API. */
export const apiCalled = 'com.psconnect.api.called';

/** Whether a run began with a call. */
export const isCall = ({ event }: Pick<Run, 'event'>): boolean => event.type === apiCalled;

/**
 * The event that a call becomes. Consumer and key make its id: the same again is the same run, and another consumer's key is another. With it goes a print
 * of what was asked for, by which the same key with something else is told apart, also when a person has edited the data.
 */
export async function eventOf(call: ApiCall, address: ApiAddress, rules: ApiRules, now: number): Promise<SourceEvent | { issue: Issue }> {
  const { consumer, parameters, body, key } = call;
  const id = key === undefined ? randomUUID() : printOf([consumer.id, key]);
  const data: JsonObject = { parameters, ...(body === undefined ? {} : { body }) };
  let subject: string;
  try {
    subject = await subjectOf(call, rules, id);
  } catch (error) {
    if (Failure.is(error) && error.class.startsWith('transient.')) throw error; // the node closes
    // JSONata quotes what was sent in its words
    return { issue: { field: 'subject', ...inWords('EXPRESSION_FAILED.of-receiver', { name: 'subject' }) } };
  }
  return {
    ...{ id, source: address.template, type: apiCalled, subject, time: new Date(now).toISOString(), key: subject },
    attributes: tracedBy(
      { consumer: consumer.name, caller: printOf(consumer.id), print: printOf([parameters, body ?? null]) },
      call.traceparent,
    ),
    data,
  };
}

/** What the call is about: calls about the same go one after the other. */
async function subjectOf(call: ApiCall, { subject, reads }: ApiRules, id: string): Promise<string> {
  if (reads) return id; // reads wait for nobody
  const payload = payloadOf(call);
  const given = subject ? await subject({ payload, api: { parameters: call.parameters } }) : businessId(payload);
  const text = typeof given === 'number' ? String(given) : given;
  return typeof text !== 'string' || text === '' || textObstacle(text, 'subject') ? id : text;
}

function businessId(payload: Json): Json | undefined {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return undefined;
  return payload['code'] ?? payload['id'];
}

/** What the flow gets: the body, or of a call without one its parameters. */
export const payloadOf = ({ body, parameters }: Pick<ApiCall, 'body' | 'parameters'>): Json => (body === undefined ? parameters : body);
