import { permissions, permissionWords } from './permissions.ts';
import type { Route } from './route.ts';

/** OpenAPI 3.1 description of the admin API, made from its routes. */
export function openApi(routes: Route[], version: string): unknown {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const names = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name as string);
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] ??= {};
    paths[path][route.method] = {
      operationId: `${route.method}${path.replace(/[{}]/g, '').replace(/[/-](\w)/g, (_all, letter: string) => letter.toUpperCase())}`,
      summary: route.summary,
      security: [{ nodeRed: [route.permission] }],
      parameters: [
        ...names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
        ...Object.entries(route.query ?? {}).map(([name, description]) => ({ name, in: 'query', description, schema: { type: 'string' } })),
      ],
      ...(route.body
        ? {
            requestBody: {
              content: {
                'application/json': {
                  schema: {
                    type: 'object',
                    properties: Object.fromEntries(Object.entries(route.body).map(([name, description]) => [name, { description }])),
                  },
                },
              },
            },
          }
        : {}),
      responses: {
        200: { description: 'Done', content: { 'application/json': { schema: {} } } },
        401: { description: 'Not signed in' },
        403: problem('A permission is missing, or the request comes from elsewhere'),
        ...(route.method === 'post'
          ? { 400: problem('The body is wrong'), 413: problem('The body is too long'), 415: problem('The body is not sent as JSON') }
          : {}),
        default: problem('What is wrong, in words'),
      },
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'PS Connect admin API',
      version,
      description: 'Runs, dead letters, effects, connections, reconciliations and the journal of one Node-RED.',
    },
    servers: [{ url: './' }],
    paths,
    components: {
      schemas: {
        Problem: { type: 'object', required: ['message'], properties: { message: { type: 'string' }, failure: { type: 'object' } } },
      },
      securitySchemes: {
        nodeRed: {
          type: 'http',
          scheme: 'bearer',
          description: `Access token of the Node-RED admin API. Its scopes: ${permissions.map((one) => `${one} – ${permissionWords[one]}`).join('; ')}. Not needed without adminAuth.`,
        },
      },
    },
  };
}

function problem(description: string): unknown {
  return { description, content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } } };
}
