import { shorten } from '../../../model/contract.ts';
import { Failure } from '../../../model/failure.ts';
import { isObject, type Json, type JsonObject } from '../../../model/json.ts';

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

/** The same for the answer to a write: what cannot be read does not say what became of it. */
export function ofWrite<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw Failure.from(error).with({ outcome: 'unknown' });
  }
}

export function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * Something other than what Salesforce documents: somebody answered in its place, or the answer was cut. Nothing is concluded from it.
 */
export function unexpected(what: string, wanted: string, value: unknown): Failure {
  return new Failure({
    class: 'transient.unavailable',
    code: 'ANSWER_SHAPE',
    system: 'salesforce',
    message: `The answer to ${what} is not ${wanted}.`,
    value: shorten(value),
    remedy:
      'Nothing to do: it is tried again. If it goes on, check that the address is the API host of the org and that no proxy answers in its place.',
  });
}

/** A part of what was asked for: not the end, and not "nothing more". */
export function incomplete(what: string, how: string): Failure {
  return new Failure({
    class: 'transient.unavailable',
    code: 'ANSWER_INCOMPLETE',
    system: 'salesforce',
    message: `The answer to ${what} is incomplete: ${how}.`,
    remedy: 'Nothing to do: nothing was taken from it, and it is read again. If it goes on, tell Salesforce.',
  });
}
