import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Param, Words } from '../../model/failure-sentence.ts';
import { inWords, phrase, wordsOf } from '../../model/failure-words.ts';
import { outsideNumber } from '../../model/outside-number.ts';
import { type Obstacle, obstacleIn, wordsOfObstacle } from '../../model/storable.ts';
import { ApiProblem, type Route } from './route.ts';
import { object, type ObjectSchema, type Says, type Schema, type Sentence } from './schema.ts';

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
ajv.addKeyword({ keyword: 'x-says', schemaType: 'object' });
const validators = new WeakMap<object, ValidateFunction>();
const noFields = object({});

/** What path and query say, as the route's schemas have it. What the query has besides is not for the route: a token, or what a browser adds. */
export function checkedParameters(
  { query: schema = noFields }: Route,
  path: Record<string, string>,
  query: Record<string, unknown>,
): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const [name, { type, minimum, maximum, default: usual }] of Object.entries(schema.properties)) {
    const value = query[name];
    if (value === undefined || value === '') {
      if (usual !== undefined) given[name] = usual;
    } else if (typeof value !== 'string') {
      throw new ApiProblem(400, inWords('API.given-twice', { name }));
    } else {
      const bounds = { least: minimum as number, most: maximum as number, whole: true };
      given[name] = type === 'integer' ? (outsideNumber(value, bounds) ?? value) : value;
    }
  }
  const refused = refusalOf(schema, given);
  if (refused) throw new ApiProblem(400, refused);
  return { ...given, ...path };
}

/**
 * The fields of a request's body: all of it may be stored, cloned and searched after this. A field that the route does not know is refused: whoever
 * writes `run` for `runs` means one dead letter, and would have replayed all.
 */
export function checkedBody({ body: schema = noFields }: Route, body: unknown): Record<string, unknown> {
  const fields = (body ?? {}) as Record<string, unknown>;
  for (const name of Object.keys(fields)) {
    if (name === '__proto__') throw new ApiProblem(400, inWords('API.field-name', { name }));
    const obstacle = obstacleIn(fields[name], shown(name));
    if (obstacle) throw notTaken(obstacle);
  }
  const refused = refusalOf(schema, fields);
  if (refused) throw new ApiProblem(400, inWords('API.unchanged', { why: wordsOf(refused) }));
  return fields;
}

function notTaken(obstacle: Obstacle): ApiProblem {
  return new ApiProblem(400, inWords('DATA_NOT_STORABLE.request', { field: obstacle.field, obstacle: wordsOfObstacle(obstacle) }));
}

/** The first thing that is wrong, in words. A schema is compiled when it is first asked for. */
function refusalOf(schema: ObjectSchema, fields: Record<string, unknown>): Sentence | undefined {
  const validate = validators.get(schema) ?? ajv.compile(schema);
  validators.set(schema, validate);
  return validate(fields) ? undefined : said(schema, validate.errors![0]!);
}

/** Names the field and what to do. What was sent is not repeated: it may be a secret. */
function said(schema: ObjectSchema, { keyword, instancePath, params }: ErrorObject): Sentence {
  if (keyword === 'additionalProperties' && instancePath === '') {
    const names = Object.keys(schema.properties);
    const takes = names.length > 0 ? names.join(', ') : phrase('API.none');
    return inWords('API.field-unknown', { name: shown(String(params['additionalProperty'])), takes });
  }
  // the route's own field, also where something within it is wrong
  const name = instancePath === '' ? String(params['missingProperty']) : instancePath.split('/')[1]!;
  const field = schema.properties[name] ?? {};
  const says = field['x-says'] as Says | undefined;
  if (says?.[keyword]) return says[keyword];
  return keyword === 'required'
    ? inWords('API.field-missing', { name, wanted: wanted(field) })
    : inWords('API.field-wrong', { name, wanted: wanted(field) });
}

const kinds: Record<string, Words> = {
  string: phrase('API.a-text'),
  array: phrase('API.list'),
  object: phrase('API.object'),
  boolean: phrase('API.flag'),
};

/** What a field takes. */
function wanted({ type, enum: values, minimum, maximum, description }: Schema): Param {
  const kind = [type].flat().find((one) => one !== 'null') as string | undefined;
  if (Array.isArray(values)) return phrase('API.one-of', { values: values.join(', ') });
  if (kind === 'integer')
    return minimum === undefined || maximum === undefined || maximum === Number.MAX_SAFE_INTEGER
      ? phrase('API.whole-number')
      : phrase('API.whole-number-between', { least: minimum as number, most: maximum as number });
  return kinds[kind ?? ''] ?? String(description);
}

const shown = (name: string): string => (/^\w{1,60}$/.test(name) ? name : 'a field');
