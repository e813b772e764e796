import type { Request } from 'express';
import type { Simulator } from '../../simulator.ts';
import { fail } from '../failure.ts';
import { findObject } from '../schema/catalogue.ts';
import type { SObject } from '../schema/object.ts';
import type { Scope } from '../soql/path.ts';
import { recordsOf } from '../store/records.ts';
import type { SalesforceState } from '../store/state.ts';
import type { Work } from '../write/work.ts';

/** One REST request, from the wire or from inside a composite request. */
export interface Call {
  sim: Simulator<SalesforceState>;
  request: Request;
  userId: string;
  method: string;
  /** `66.0` */
  version: string;
  /** decoded path segments after the version */
  path: readonly string[];
  query: URLSearchParams;
  /** lower-case names */
  headers: Readonly<Record<string, string>>;
  /** raw text from the wire, or the JSON value of a subrequest */
  body: string | { value: unknown };
  work: Work;
}

export interface Reply {
  status: number;
  /** JSON */
  body?: unknown;
  /** sent as is, with the content type of `headers` */
  text?: string;
  headers?: Record<string, string>;
}

export type Handler = (call: Call, ...parameters: string[]) => Reply;

/** The JSON object in the body. */
export function bodyOf(call: Call): Record<string, unknown> {
  const value = typeof call.body === 'string' ? parsed(call) : call.body.value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const kind = Array.isArray(value) ? 'START_ARRAY' : 'VALUE_NULL';
    throw fail('JSON_PARSER_ERROR', `Cannot deserialize instance of request body from ${kind} value at [line:1, column:1]`);
  }
  return value as Record<string, unknown>;
}

function parsed(call: Call): unknown {
  const text = call.body as string;
  const type = (call.headers['content-type'] ?? 'application/json').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json' && type !== '') {
    throw fail('UNSUPPORTED_MEDIA_TYPE', `Content-Type header specified in HTTP request is not supported: ${type}`);
  }
  if (text.trim() === '') {
    throw fail('JSON_PARSER_ERROR', 'No content to map to Object due to end of input');
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw fail('JSON_PARSER_ERROR', `Unexpected character: ${(error as Error).message} at [line:1, column:1]`);
  }
}

export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
export const list = (value: unknown): unknown[] | undefined => (Array.isArray(value) ? value : undefined);
export const object = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;

/** The sObject of a path; REST hides the reason when there is none. */
export function objectIn(name: string): SObject {
  const found = findObject(name);
  if (!found) throw fail('NOT_FOUND', 'The requested resource does not exist');
  return found;
}

export const scopeOf = (call: Call, query: string, deleted = false): Scope => ({
  records: recordsOf(call.sim.state),
  now: call.sim.clock.now(),
  query,
  version: call.version,
  deleted,
});
