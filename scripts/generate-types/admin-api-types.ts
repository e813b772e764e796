import type { JSONSchema } from 'json-schema-to-typescript';
import type { Route } from '../../runtime/admin-api/route.ts';
import { routes } from '../../runtime/admin-api/routes.ts';
import { type Fields, object, type Schema } from '../../runtime/admin-api/schema.ts';
import { namedSchemas } from '../../runtime/admin-api/schemas/named-schemas.ts';
import { typesOf } from './types-of.ts';

/** By route, what it is asked with and what it answers; and all that has a name. */
export function adminApiTypes(banner: string): Promise<string> {
  const types = object(Object.fromEntries(routes.map((route) => [`${route.method.toUpperCase()} ${route.path}`, typesOfRoute(route)])));
  const schema = forTypes({ ...types, definitions: namedSchemas }) as JSONSchema;
  return typesOf('AdminApi', schema, `${banner}\nimport type { Json } from '../../model/json.ts';`);
}

function typesOfRoute({ parameters = {}, query, body = object({}), answer }: Route): Schema {
  const inQuery = Object.entries(query?.properties ?? {});
  const isSet = ([, schema]: [string, Schema]) => 'default' in schema;
  return object({
    path: object(parameters),
    query: query ?? object({}),
    // as a handler has them: what has a default is always there
    parameters: object(
      { ...parameters, ...Object.fromEntries(inQuery.filter(isSet)) },
      Object.fromEntries(inQuery.filter((field) => !isSet(field))),
    ),
    body,
    answer,
  });
}

/** As json-schema-to-typescript takes it: definitions by its own address, and what says nothing of a value as `Json`. */
function forTypes(schema: Schema): Schema {
  const { $ref, description, ...rest } = schema;
  // alone: with words of its own beside it, it would be made a type of its own (`Failure1`)
  if (typeof $ref === 'string') return { $ref: $ref.replace('#/components/schemas/', '#/definitions/') };
  const said = description === undefined ? {} : { description };
  if (Object.keys(rest).length === 0) return { ...said, tsType: 'Json' };
  return { ...said, ...Object.fromEntries(Object.entries(rest).map(([keyword, value]) => [keyword, partsOf(keyword, value)])) };
}

function partsOf(keyword: string, value: unknown): unknown {
  if (keyword === 'properties' || keyword === 'definitions') {
    return Object.fromEntries(Object.entries(value as Fields).map(([name, schema]) => [name, forTypes(schema)]));
  }
  if (keyword === 'anyOf') return (value as Schema[]).map(forTypes);
  return keyword === 'items' || (keyword === 'additionalProperties' && value !== false) ? forTypes(value as Schema) : value;
}
