import type { Express, Request } from 'express';
import type { Field, Fields } from './field.ts';
import { sendJson } from './media-type.ts';
import { notFound } from './netsuite-error.ts';
import type { RecordType } from './record-type.ts';
import { recordType, recordTypes } from './record-types.ts';

const path = '/services/rest/record/v1/metadata-catalog';

/** The metadata catalog: list of record types, or one type's JSON Schema (`Accept: application/schema+json`) or OpenAPI (`application/swagger+json`). */
export function metadataRoutes(app: Express): void {
  app.get(path, (request, response) => {
    const select = request.query.select;
    const types = typeof select === 'string' ? select.split(',').flatMap((name) => recordType(name.trim()) ?? []) : recordTypes;
    if (wantsOpenApi(request)) {
      response.type('application/swagger+json').send(JSON.stringify(openApi(types)));
      return;
    }
    const items = types.map(({ name }) => ({
      name,
      links: [{ rel: 'canonical', href: `${path}/${name}`, mediaType: 'application/json' }],
    }));
    sendJson(response, 'collection', { items, links: [] });
  });
  app.get(`${path}/:type`, (request, response) => {
    const type = recordType(request.params.type);
    if (!type) throw notFound();
    if (wantsOpenApi(request)) response.type('application/swagger+json').send(JSON.stringify(openApi([type])));
    else response.type('application/schema+json').send(JSON.stringify(recordSchema(type)));
  });
}

function wantsOpenApi(request: Request): boolean {
  return String(request.headers.accept ?? '').includes('swagger+json');
}

function openApi(types: readonly RecordType[]): unknown {
  return {
    openapi: '3.0.1',
    info: { title: 'NetSuite REST Record API', version: 'v1' },
    paths: Object.fromEntries(
      types.flatMap(({ name }) => [
        [`/${name}`, {}],
        [`/${name}/{id}`, {}],
      ]),
    ),
    components: { schemas: Object.fromEntries(types.map((type) => [type.name, recordSchema(type)])) },
  };
}

function recordSchema(type: RecordType): unknown {
  const sublists = Object.entries(type.sublists).map(([name, fields]) => [
    name,
    { type: 'object', properties: { items: { type: 'array', items: { type: 'object', properties: properties(fields) } } } },
  ]);
  return {
    type: 'object',
    properties: {
      id: { type: 'string', nullable: true },
      ...(type.noExternalId ? {} : { externalId: { type: 'string', nullable: true } }),
      ...properties(type.fields),
      ...Object.fromEntries(sublists),
      refName: { type: 'string' },
      links: { type: 'array', readOnly: true },
    },
    'x-ns-filterable': ['id', 'externalId', ...Object.keys(type.fields)],
  };
}

function properties(fields: Fields): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, { ...schemas[field.kind](field), ...(field.readOnly ? { readOnly: true } : {}) }]),
  );
}

const schemas: Record<Field['kind'], (field: Field) => Record<string, unknown>> = {
  text: () => ({ type: 'string', nullable: true }),
  boolean: () => ({ type: 'boolean' }),
  number: () => ({ type: 'number', format: 'double', nullable: true }),
  integer: () => ({ type: 'integer', format: 'int64', nullable: true }),
  date: () => ({ type: 'string', format: 'date', nullable: true }),
  dateTime: () => ({ type: 'string', format: 'date-time', nullable: true }),
  duration: () => ({ type: 'string', nullable: true }),
  choice: ({ options }) => ({
    type: 'object',
    properties: { id: { type: 'string', enum: Object.keys(options ?? {}) }, refName: { type: 'string' } },
  }),
  reference: () => ({ $ref: '/services/rest/record/v1/metadata-catalog/nsResource' }),
};
