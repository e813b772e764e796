import { type OperationId, operationIds, operations } from '../../declarations/operations.ts';
import { inEnglish } from '../../model/failure-words.ts';
import { permissions, permissionWords } from './permissions.ts';
import type { Route } from './route.ts';
import { named, type Schema } from './schema.ts';
import { namedSchemas } from './schemas/named-schemas.ts';

export const apiVersion = '1.0.0';

/** OpenAPI 3.1 description of the admin API, made from its routes. */
export function openApi(routes: readonly Route[]): Schema {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) (paths[pathOf(route)] ??= {})[route.method] = operation(route);
  return {
    openapi: '3.1.0',
    info: {
      title: 'PS Connect admin API',
      version: apiVersion,
      description:
        'Runs, dead letters, effects, connections, reconciliations and the journal of one Node-RED. Where personal data is masked, the end of what has very many values is left out, and … stands for it.',
    },
    servers: [{ url: './' }],
    paths,
    'x-operations': Object.fromEntries(operationIds.map((id) => [id, ofSystems(id)])),
    components: {
      schemas: namedSchemas,
      securitySchemes: {
        nodeRed: {
          type: 'http',
          scheme: 'bearer',
          description: `Access token of the Node-RED admin API. Its scopes: ${permissions.map((one) => `${one} – ${permissionWords[one].message}`).join('; ')}. Not needed without adminAuth.`,
        },
      },
    },
  };
}

/** What a connection's `does` names: what goes in by which contract, what comes of it, and where that stands in the message. */
function ofSystems(id: OperationId): Schema {
  const { area, shape, words, input, answers, told, result } = operations[id];
  return {
    summary: inEnglish(words),
    area,
    shape,
    ...(input ? { input } : {}),
    answers: named(answers),
    ...(told ? { told: named(told) } : {}),
    ...(result ? { result } : {}),
  };
}

/** As OpenAPI writes it: `/runs/{id}`. */
const pathOf = ({ path }: Route) => path.replace(/:(\w+)/g, '{$1}');

function operation(route: Route): Schema {
  const { method, summary, permission, parameters = {}, query, body, answer, lines, file, problems = {} } = route;
  const words = pathOf(route).replace(/[{}]/g, '');
  return {
    operationId: `${method}${words.replace(/[/-](\w)/g, (_all, letter: string) => letter.toUpperCase())}`,
    summary,
    security: [{ nodeRed: [permission] }],
    parameters: [
      ...Object.entries(parameters).map(([name, schema]) => ({ name, in: 'path', required: true, ...parameter(schema) })),
      ...Object.entries(query?.properties ?? {}).map(([name, schema]) => ({ name, in: 'query', ...parameter(schema) })),
    ],
    ...(body ? { requestBody: { required: body.required.length > 0, content: { 'application/json': { schema: body } } } } : {}),
    responses: {
      200: {
        description: 'Done',
        content: { [lines ? 'application/x-ndjson' : 'application/json']: { schema: answer }, ...(file ? { [file]: {} } : {}) },
      },
      ...(query || method === 'post' ? { 400: problem('Something in the request is wrong: the message names the field') } : {}),
      401: { description: 'Not signed in' },
      403: problem(['A permission is missing, or the request comes from elsewhere', problems[403]].filter(Boolean).join('. ')),
      ...(problems[404] ? { 404: problem(problems[404]) } : {}),
      ...(problems[409] ? { 409: problem(problems[409]) } : {}),
      ...(method === 'post' ? { 413: problem('The body is too long'), 415: problem('The body is not sent as JSON') } : {}),
      503: problem('The store or a system is not available'),
      default: problem('What is wrong, in words'),
    },
  };
}

function parameter({ description, ...schema }: Schema): Schema {
  return { ...(description === undefined ? {} : { description }), schema };
}

function problem(description: string): Schema {
  return { description, content: { 'application/json': { schema: named('Problem') } } };
}
