import type { SimRequest } from '../simulator.ts';
import { badRequest } from './errors.ts';
import { parseFormBody } from './form-body.ts';
import type { Json } from './state.ts';

export type Received = { [attribute: string]: Json };

/** JSON or form, as https://developer.kantata.com/ "Schema" allows. */
export function parseBody(request: SimRequest): Received {
  if (!request.rawBody.trim()) return {};
  if (/x-www-form-urlencoded/i.test(request.headers['content-type'] ?? '')) return parseFormBody(request.rawBody);
  let parsed: unknown;
  try {
    parsed = JSON.parse(request.rawBody);
  } catch {
    throw badRequest('There was a problem in the JSON you submitted');
  }
  if (!isObject(parsed)) throw badRequest('The request body must be an object');
  return parsed;
}

export function isObject(value: unknown): value is Received {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object below the singular key, or the array below the plural one. */
export function unwrap(body: Received, singular: string, plural: string): { records: Received[]; bulk: boolean } {
  const many = body[plural];
  if (Array.isArray(many)) return { records: many.map((record) => (isObject(record) ? record : {})), bulk: true };
  const one = body[singular];
  if (isObject(one)) return { records: [one], bulk: false };
  throw badRequest(`param is missing or the value is empty: ${singular}`);
}
