import type { FailureText } from '../../model/failure-words.ts';

/** A JSON Schema (2020-12), as data. */
export type Schema = Readonly<{ [keyword: string]: unknown }>;
export type Fields = Readonly<Record<string, Schema>>;

/** An object of these fields and no others. */
export interface ObjectSchema extends Schema {
  type: 'object';
  properties: Fields;
  required: readonly string[];
  additionalProperties: false;
}

/** What a request is told whose field is not as its schema says, by the keyword that is not met; without it, `checked-request.ts` has words. */
export type Says = Readonly<Record<string, Sentence>>;
export type Sentence = Pick<FailureText, 'message' | 'words'>;

/** A sentence as it stands in a schema. */
export const says = ({ message, words }: FailureText): Sentence => ({ message, ...(words ? { words } : {}) });

// The few words of which all schemas of the admin API are made.

const described = (schema: Schema, description: string | undefined): Schema => (description ? { ...schema, description } : schema);

export const text = (description?: string, more: Schema = {}): Schema => described({ type: 'string', ...more }, description);
export const wholeNumber = (description?: string, more: Schema = {}): Schema => described({ type: 'integer', ...more }, description);
export const numeric = (description?: string): Schema => described({ type: 'number' }, description);
export const flag = (description?: string): Schema => described({ type: 'boolean' }, description);
export const oneOf = (values: readonly string[], description?: string, more: Schema = {}): Schema =>
  described({ type: 'string', enum: values, ...more }, description);
export const listOf = (items: Schema, description?: string, more: Schema = {}): Schema =>
  described({ type: 'array', items, ...more }, description);
/** An object with any names of fields, each of which holds the same. */
export const tableOf = (values: Schema, description?: string): Schema =>
  described({ type: 'object', additionalProperties: values }, description);
/** One of the schemas that have a name (schemas/named-schemas.ts). */
export const named = (name: string, description?: string): Schema => described({ $ref: `#/components/schemas/${name}` }, description);
/** One of several forms. */
export const anyOf = (...names: readonly string[]): Schema => ({ anyOf: names.map((name) => named(name)) });
/** Whatever JSON can hold. */
export const json = (description?: string): Schema => described({}, description);

/** @param sometimes fields that may be absent */
export const object = (always: Fields, sometimes: Fields = {}, description?: string): ObjectSchema => ({
  type: 'object',
  ...(description ? { description } : {}),
  properties: { ...always, ...sometimes },
  required: Object.keys(always),
  additionalProperties: false,
});

export function orNull({ description, ...schema }: Schema): Schema {
  const either = typeof schema['type'] === 'string' && !('enum' in schema) ? { ...schema, type: [schema['type'], 'null'] } : undefined;
  return described(either ?? { anyOf: [schema, { type: 'null' }] }, description as string | undefined);
}

/** So many of a list: more than the most is the most. */
export const limit = (usual: number, most: number): Schema => wholeNumber('so many at most', { minimum: 1, maximum: most, default: usual });
/** Where a page begins: the number of the last entry of the page before. */
export const place = (description: string): Schema => wholeNumber(description, { minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

/** Epoch ms. */
export const moment = (description = ''): Schema => wholeNumber(description ? `${description}, epoch ms` : 'epoch ms');
