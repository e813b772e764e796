import { inWords } from '../../model/failure-words.ts';
import { Failure } from '../../model/failure.ts';
import type { JsonObject } from '../../model/json.ts';
import { schemasIn, withoutUrns } from './described-schemas.ts';
import type { ApiRules, OfferedApi } from './offered-api.ts';

/** OpenAPI 3.1 of what the flows offer, as they are deployed. Of a node that is not set up, nothing is said. */
export function apiDocument(apis: readonly OfferedApi[], root: string): JsonObject {
  const paths: { [template: string]: JsonObject } = {};
  const ready = apis.flatMap((api) => (Failure.is(api.rules) ? [] : [{ api, rules: api.rules }]));
  for (const { api, rules } of ready.sort((one, other) => (one.api.address.template < other.api.address.template ? -1 : 1)))
    (paths[api.address.template] ??= {})[api.address.method.toLowerCase()] = operation(api, rules);
  const text = withoutUrns(JSON.stringify(paths));
  return {
    openapi: '3.1.0',
    info: { title: 'Business APIs', version: '1', description: 'What this firm offers its own systems, as its flows are deployed.' },
    servers: [{ url: root === '' ? '/' : root }],
    paths: JSON.parse(text) as JsonObject,
    components: {
      schemas: { ...schemasIn(text), Problem: problem },
      securitySchemes: {
        apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      },
    },
  };
}

function operation(api: OfferedApi, rules: ApiRules): JsonObject {
  const { method, parts, template, version } = api.address;
  const { api: tag, summary, query, body, takesBody, answer, reads, needsKey, lifetime } = rules;
  const way = api.ways();
  return {
    operationId: `${method.toLowerCase()}${template.replace(/[^A-Za-z0-9]+(\w?)/g, (_all, letter: string) => letter.toUpperCase())}`,
    tags: [tag],
    ...(summary ? { summary } : {}),
    ...('Deprecation' in lifetime.headers ? { deprecated: true } : {}),
    'x-api-version': version,
    security: way === undefined ? [] : [...(way.apiKeys ? [{ apiKey: [] }] : []), ...(way.tokens ? [{ bearer: [rules.scope] }] : [])],
    parameters: [
      ...parts.flatMap((part) =>
        'parameter' in part ? [{ name: part.parameter, in: 'path', required: true, schema: { type: 'string' } }] : [],
      ),
      ...query.map(({ name, kind, required }) => ({ name, in: 'query', required, schema: kinds[kind] })),
      ...(reads
        ? []
        : [{ name: 'Idempotency-Key', in: 'header', required: needsKey, schema: { type: 'string', minLength: 1, maxLength: 255 } }]),
    ],
    ...(takesBody ? { requestBody: { required: true, content: { 'application/json': { schema: body?.schema ?? {} } } } } : {}),
    responses: {
      '2XX': { description: 'Done', content: { 'application/json': { schema: answer?.schema ?? {} } } },
      ...(reads ? {} : { 202: refusal(inWords('API_UNDER_WAY').message) }),
      default: refusal('What is wrong, and with which part of the call'),
    },
  };
}

const kinds: Record<'text' | 'date' | 'integer', JsonObject> = {
  text: { type: 'string' },
  date: { type: 'string', format: 'date' },
  integer: { type: 'integer' },
};

const refusal = (description: string): JsonObject => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

/** https://www.rfc-editor.org/rfc/rfc9457 */
const problem: JsonObject = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'in the language of Accept-Language, else in English' },
    code: { type: 'string' },
    class: { type: 'string' },
    instance: { type: 'string', description: 'where the outcome can be asked for' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['detail', 'code'],
        properties: {
          detail: { type: 'string' },
          code: { type: 'string' },
          pointer: { type: 'string', description: 'JSON pointer into the body' },
          parameter: { type: 'string' },
          header: { type: 'string' },
        },
      },
    },
  },
};
