import { shorten } from '../../model/contract.ts';
import { Failure } from '../../model/failure.ts';
import type { Json, JsonObject } from '../../model/json.ts';

/** An answer that must be a JSON object; anything else means that something other than Salesforce answered. */
export function objectIn(value: unknown, what: string): JsonObject {
  if (isObject(value)) return value;
  throw unexpected(what, 'an object', value);
}

export function listIn(value: unknown, what: string): Json[] {
  if (Array.isArray(value)) return value as Json[];
  throw unexpected(what, 'a list', value);
}

export function objectsIn(value: unknown, what: string): JsonObject[] {
  return listIn(value, what).map((item) => objectIn(item, what));
}

export function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Something other than what Salesforce documents. */
export function unexpected(what: string, wanted: string, value: unknown): Failure {
  return new Failure({
    class: 'contract.drift',
    code: 'ANSWER_SHAPE',
    system: 'salesforce',
    message: `The answer to ${what} is not ${wanted}.`,
    value: shorten(value),
    remedy: 'Check that the address is the API host of the org and that no proxy answers in its place.',
  });
}
