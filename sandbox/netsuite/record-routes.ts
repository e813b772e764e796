import type { Express, Request, Response } from 'express';
import type { Simulator } from '../simulator.ts';
import { respondAsync, type TaskResult, wantsAsync } from './async-jobs.ts';
import { callerBase } from './caller-base.ts';
import { executeWrite, select, type WriteCall } from './execute-write.ts';
import { isCollection, jsonBody, sendJson } from './media-type.ts';
import { invalidContent, invalidId, NetSuiteError, notFound } from './netsuite-error.ts';
import { page, pageRequest } from './page.ts';
import { isObject, type Strictness, type Validation } from './parse-record.ts';
import { recordFilter } from './record-filter.ts';
import { storeOf } from './record-store.ts';
import type { RecordType } from './record-type.ts';
import { recordType } from './record-types.ts';
import { RecordRenderer, type RenderOptions } from './render-record.ts';
import { requireVisible } from './rules/subsidiaries.ts';
import type { NetSuiteState, StoredRecord } from './state.ts';

const path = '/services/rest/record/v1';
const batchLimit = 100;
type Params = Request & { params: { type: string; id?: string; sublist?: string; line?: string } };

/** The REST record service: create, read, list, update, upsert, delete; alone, asynchronous or as a batch. */
export function recordRoutes(app: Express, sim: Simulator<NetSuiteState>): void {
  app.get(`${path}/:type`, (request, response) => list(sim, request as Params, response));
  app.get(`${path}/:type/:id`, (request, response) => read(sim, request as Params, response));
  app.get(`${path}/:type/:id/:sublist`, (request, response) => readSublist(sim, request as Params, response));
  app.get(`${path}/:type/:id/:sublist/:line`, (request, response) => readSublist(sim, request as Params, response));
  for (const route of [`${path}/:type`, `${path}/:type/:id`]) {
    app.all(route, (request, response) => write(sim, request as Params, response));
  }
}

function typeOf(request: Params): RecordType {
  const type = recordType(request.params.type);
  if (!type) {
    throw new NetSuiteError(404, [
      {
        detail: `Record type '${request.params.type}' does not exist.`,
        'o:errorCode': 'INVALID_RECORD_TYPE',
        'o:errorUrl': request.originalUrl,
      },
    ]);
  }
  return type;
}

function list(sim: Simulator<NetSuiteState>, request: Params, response: Response): void {
  const type = typeOf(request);
  const store = storeOf(sim.state);
  const base = callerBase(sim, request);
  const render = new RecordRenderer(store, base);
  const wanted = pageRequest(request);
  const q = request.query.q;
  const ids = typeof q === 'string' && q.trim() ? recordFilter(type, q, store.all(type.name)) : store.ids(type.name);
  const items = ids
    .slice(wanted.offset, wanted.offset + wanted.limit)
    .map((id) => ({ links: render.self(render.href(type.name, id)), id }));
  sendJson(response, 'collection', page(request, base, wanted, items, ids.length));
}

function found(sim: Simulator<NetSuiteState>, request: Params): { type: RecordType; record: StoredRecord } {
  const type = typeOf(request);
  requireId(request);
  const record = select(storeOf(sim.state), type, request.params.id ?? '');
  if (!record) throw notFound();
  requireVisible(sim.state, type.name, record);
  return { type, record };
}

/** Internal ids are whole numbers without leading zeros; those of NetSuite's own records may be negative. */
function requireId({ params: { id = '' }, originalUrl }: Params): void {
  if (!id.startsWith('eid:') && !/^-?[1-9]\d*$/.test(id)) throw invalidId(id, originalUrl);
}

function read(sim: Simulator<NetSuiteState>, request: Params, response: Response): void {
  const { type, record } = found(sim, request);
  const render = new RecordRenderer(storeOf(sim.state), callerBase(sim, request));
  sendJson(response, 'singular', render.record(type, record, renderOptions(request)));
}

function renderOptions(request: Request): RenderOptions {
  const { fields, expandSubResources, simpleEnumFormat } = request.query;
  return {
    expandSubResources: expandSubResources === 'true',
    simpleEnumFormat: simpleEnumFormat === 'true',
    ...(typeof fields === 'string' ? { fields: new Set(fields.split(',').map((name) => name.trim())) } : {}),
  };
}

function readSublist(sim: Simulator<NetSuiteState>, request: Params, response: Response): void {
  const { type, record } = found(sim, request);
  const { sublist = '', line } = request.params;
  if (!Object.hasOwn(type.sublists, sublist)) throw notFound();
  const render = new RecordRenderer(storeOf(sim.state), callerBase(sim, request));
  if (line === undefined) {
    const { items, ...rest } = render.sublist(type, record, sublist);
    const bare = (items as { links: unknown }[]).map(({ links }) => ({ links }));
    sendJson(response, 'collection', { ...rest, items: request.query.expandSubResources === 'true' ? items : bare });
    return;
  }
  const wanted = (record.lines[sublist] ?? []).find((candidate) => String(candidate.line) === line);
  if (!wanted) throw notFound();
  sendJson(response, 'singular', render.line(type, record, sublist, wanted));
}

function write(sim: Simulator<NetSuiteState>, request: Params, response: Response): void {
  const { method } = request;
  const single = request.params.id !== undefined;
  const allowed = single ? ['PUT', 'PATCH', 'DELETE'] : ['POST', 'PUT', 'PATCH'];
  if (!isWrite(method) || !allowed.includes(method)) {
    throw new NetSuiteError(405, [{ detail: `The method ${method} is not allowed for this resource.`, 'o:errorCode': 'INVALID_METHOD' }]);
  }
  const type = typeOf(request);
  if (single && method !== 'PUT') requireId(request);
  const body = method === 'DELETE' ? undefined : jsonBody(request);
  const common = { method, type, validation: validationOf(request), replace: replaced(request), request };
  if (!single && isCollection(request)) {
    respondAsync(sim, request, response, batch(sim, common, body));
    return;
  }
  if (!single && method !== 'POST') throw new NetSuiteError(405, [{ detail: 'Provide a record id.', 'o:errorCode': 'INVALID_METHOD' }]);
  const selector = request.params.id;
  const seen = response.locals.versionSeen as number | undefined;
  const call: WriteCall = {
    ...common,
    body,
    ...(selector === undefined ? {} : { selector }),
    ...(seen === undefined ? {} : { versionSeen: seen }),
  };
  if (wantsAsync(request)) {
    respondAsync(sim, request, response, [() => answer(sim, call)]);
    return;
  }
  const { status, headers } = answer(sim, call);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.status(status).end();
}

function isWrite(method: string): method is WriteCall['method'] {
  return ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method);
}

/** 204 and the record's address for create, update and upsert alike: the answer does not tell which it was. */
function answer(sim: Simulator<NetSuiteState>, call: WriteCall): TaskResult {
  const { id, warnings } = executeWrite(sim, call);
  const headers: Record<string, string> = {};
  if (call.method !== 'DELETE') headers.Location = `${callerBase(sim, call.request)}${path}/${(call.request as Params).params.type}/${id}`;
  if (warnings.length > 0) headers['X-NetSuite-PropertyValidation'] = warnings.join(', ');
  return { status: 204, headers };
}

/** One task per record: https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/article_0127092747.html */
function batch(sim: Simulator<NetSuiteState>, common: Omit<WriteCall, 'body'>, body: unknown): (() => TaskResult)[] {
  const items = isObject(body) ? body.items : undefined;
  if (!wantsAsync(common.request)) {
    const detail = {
      detail: 'Batch operations are executed asynchronously only.',
      'o:errorCode': 'INVALID_HEADER',
      'o:errorHeader': 'Prefer',
    };
    throw new NetSuiteError(400, [detail]);
  }
  if (!Array.isArray(items) || items.length === 0)
    throw new NetSuiteError(400, [invalidContent("Provide the records as 'items'.", 'items')]);
  if (items.length > batchLimit)
    throw new NetSuiteError(400, [invalidContent(`A batch request takes at most ${batchLimit} records.`, 'items')]);
  return items.map((item: unknown) => () => answer(sim, { ...common, body: item, ...selectorOf(common.method, item) }));
}

/** PATCH names the record by internal id, else external id; PUT by external id only. */
function selectorOf(method: WriteCall['method'], item: unknown): { selector?: string } {
  if (method === 'POST' || !isObject(item)) return {};
  if (method === 'PATCH' && item.id !== undefined) return { selector: String(item.id) };
  return { selector: `eid:${String(item.externalId ?? '')}` };
}

function validationOf(request: Request): Validation {
  return {
    names: strictness(request, 'propertynamevalidation', 'Warning'),
    values: strictness(request, 'propertyvaluevalidation', 'Error'),
  };
}

function strictness(request: Request, name: string, fallback: Strictness): Strictness {
  const given = String(request.headers[`x-netsuite-${name}`] ?? fallback).toLowerCase();
  const known = (['Error', 'Warning', 'Ignore'] as const).find((value) => value.toLowerCase() === given);
  if (known) return known;
  const detail = {
    detail: `Invalid value of the header: ${given}.`,
    'o:errorCode': 'INVALID_HEADER',
    'o:errorHeader': `X-NetSuite-${name}`,
  };
  throw new NetSuiteError(400, [detail]);
}

function replaced(request: Request): Set<string> {
  const { replace } = request.query;
  return new Set(typeof replace === 'string' ? replace.split(',') : []);
}
