import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Param, Words } from './failure-sentence.ts';
import { type FailureText, inWords, phrase } from './failure-words.ts';
import type { Issue } from './failure.ts';
import { shorten } from './shorten.ts';

/** What is wrong with a part of a canonical object, by the rule of its schema that it does not keep. */
export function schemaIssue(error: ErrorObject): Issue {
  const { keyword, params, instancePath, data } = error;
  const isUnknown = keyword === 'additionalProperties';
  const name = keyword === 'required' ? params['missingProperty'] : isUnknown ? params['additionalProperty'] : undefined;
  const field = fieldPath(instancePath, name === undefined ? undefined : String(name));
  const shown = keyword === 'required' ? undefined : shorten(isUnknown ? String(name) : data);
  return {
    ...said(error, field || phrase('SCHEMA_OTHER.whole')),
    code: `SCHEMA_${keyword.toUpperCase()}`,
    field,
    ...(shown === undefined ? {} : { value: shown }),
  };
}

function said({ keyword, params, data, message }: ErrorObject, field: Param): Required<FailureText> {
  const limit = String(params['limit']);
  switch (keyword) {
    case 'required':
      return inWords('SCHEMA_REQUIRED', { field });
    case 'additionalProperties':
      return inWords('SCHEMA_ADDITIONALPROPERTIES', { field });
    case 'enum':
      return inWords('SCHEMA_ENUM', { field, values: (params['allowedValues'] as string[]).join(', ') });
    case 'type':
      if (typeof data === 'number' && params['type'] === 'string') return inWords('SCHEMA_TYPE.number', { field, data: String(data) });
      return inWords('SCHEMA_OTHER.type', {
        field,
        types: { join: 'LIST_OR', parts: [params['type']].flat().map((one) => typeCalled(String(one))) },
      });
    case 'minLength':
      return inWords('SCHEMA_OTHER.short', { field, limit });
    case 'maxLength':
      return inWords('SCHEMA_OTHER.long', { field, limit });
    case 'minimum':
      return inWords('SCHEMA_OTHER.small', { field, limit });
    case 'maximum':
      return inWords('SCHEMA_OTHER.large', { field, limit });
    case 'format':
      return inWords('SCHEMA_OTHER.format', { field, format: String(params['format']) });
    case 'pattern':
      return inWords('SCHEMA_OTHER.pattern', { field, pattern: String(params['pattern']) });
    case 'maxItems':
      return inWords('SCHEMA_OTHER.many', { field, limit });
    case 'uniqueItems':
      return inWords('SCHEMA_OTHER.twice', { field });
    case 'anyOf':
      return inWords('SCHEMA_OTHER.forms', { field });
    default:
      // the validator's own words
      return message === undefined ? inWords('SCHEMA_OTHER.unsaid', { field }) : inWords('SCHEMA_OTHER', { field, said: message });
  }
}

const types: Readonly<Record<string, () => Words>> = {
  string: () => phrase('SCHEMA_OTHER.string'),
  number: () => phrase('SCHEMA_OTHER.number'),
  integer: () => phrase('SCHEMA_OTHER.integer'),
  boolean: () => phrase('SCHEMA_OTHER.boolean'),
  object: () => phrase('SCHEMA_OTHER.object'),
  array: () => phrase('SCHEMA_OTHER.array'),
};

const typeCalled = (name: string): Param => types[name]?.() ?? name;

/** `/phases/0/start` → `phases[0].start`; the object itself has none. */
function fieldPath(pointer: string, child?: string): string {
  const parts = pointer.split('/').slice(1);
  if (child !== undefined) parts.push(child);
  return parts.reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : path ? `${path}.${part}` : part), '');
}
