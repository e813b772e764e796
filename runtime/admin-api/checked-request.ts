import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { outsideNumber } from '../../model/outside-number.ts';
import { obstacleIn } from '../../model/storable.ts';
import { ApiProblem, type Route } from './route.ts';
import { object, type ObjectSchema, type Says, type Schema } from './schema.ts';

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
      throw new ApiProblem(400, `${name} is given more than once, or as a list. Give it once, as text.`);
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
    if (name === '__proto__') throw new ApiProblem(400, 'The body has a field named __proto__. Name the field otherwise.');
    const obstacle = obstacleIn(fields[name], shown(name));
    if (obstacle) throw new ApiProblem(400, `${obstacle.field} ${obstacle.is}. ${obstacle.remedy} Nothing was changed.`);
  }
  const refused = refusalOf(schema, fields);
  if (refused) throw new ApiProblem(400, `${refused} Nothing was changed.`);
  return fields;
}

/** The first thing that is wrong, in words. A schema is compiled when it is first asked for. */
function refusalOf(schema: ObjectSchema, fields: Record<string, unknown>): string | undefined {
  const validate = validators.get(schema) ?? ajv.compile(schema);
  validators.set(schema, validate);
  return validate(fields) ? undefined : words(schema, validate.errors![0]!);
}

/** Names the field and what to do. What was sent is not repeated: it may be a secret. */
function words(schema: ObjectSchema, { keyword, instancePath, params }: ErrorObject): string {
  if (keyword === 'additionalProperties' && instancePath === '') {
    const names = Object.keys(schema.properties);
    const takes = names.length > 0 ? names.join(', ') : 'none';
    return `The body has ${shown(String(params['additionalProperty']))}, which this request does not know. Fields that it takes: ${takes}.`;
  }
  // the route's own field, also where something within it is wrong
  const name = instancePath === '' ? String(params['missingProperty']) : instancePath.split('/')[1]!;
  const field = schema.properties[name] ?? {};
  const says = field['x-says'] as Says | undefined;
  return says?.[keyword] ?? `${name} is ${keyword === 'required' ? 'missing. It is ' : ''}${wanted(field)}.`;
}

const kinds: Record<string, string> = { string: 'text', array: 'a list', object: 'an object of fields', boolean: 'true or false' };

/** What a field takes, in words. */
function wanted({ type, enum: values, minimum, maximum, description }: Schema): string {
  const kind = [type].flat().find((one) => one !== 'null') as string | undefined;
  if (Array.isArray(values)) return `one of ${values.join(', ')}`;
  if (kind === 'integer')
    return maximum === Number.MAX_SAFE_INTEGER ? 'a whole number' : `a whole number from ${String(minimum)} to ${String(maximum)}`;
  return kinds[kind ?? ''] ?? String(description);
}

const shown = (name: string): string => (/^\w{1,60}$/.test(name) ? name : 'a field');
