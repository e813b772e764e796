import { shorten } from '../../../model/contract.ts';
import { Failure } from '../../../model/failure.ts';
import type { Words } from '../../../model/failure-sentence.ts';
import { inWords, phrase } from '../../../model/failure-words.ts';
import { isObject, type Json, type JsonObject } from '../../../model/json.ts';

/** An answer that must be a JSON object; anything else means that something other than Salesforce answered. */
export function objectIn(value: unknown, what: Words): JsonObject {
  if (isObject(value)) return value;
  throw unexpected(what, phrase('ANSWER_SHAPE.object'), value);
}

export function listIn(value: unknown, what: Words): Json[] {
  if (Array.isArray(value)) return value as Json[];
  throw unexpected(what, phrase('ANSWER_SHAPE.list'), value);
}

export function objectsIn(value: unknown, what: Words): JsonObject[] {
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
export function unexpected(what: Words, wanted: Words, value: unknown): Failure {
  return new Failure({
    class: 'transient.unavailable',
    ...inWords('ANSWER_SHAPE', { what, wanted }),
    system: 'salesforce',
    value: shorten(value),
  });
}

/** A part of what was asked for: not the end, and not "nothing more". */
export function incomplete(what: Words, how: Words): Failure {
  return new Failure({
    class: 'transient.unavailable',
    ...inWords('ANSWER_INCOMPLETE', { what, how }),
    system: 'salesforce',
  });
}
