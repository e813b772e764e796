import { randomUUID } from 'node:crypto';
import type { Express, NextFunction, Request, Response } from 'express';
import type { SimRequest, Simulator } from '../simulator.ts';
import { toStored } from './account-time.ts';
import { parseBody, type Received, unwrap } from './body.ts';
import { authenticate } from './caller.ts';
import { ApiError, badRequest, notFound } from './errors.ts';
import { list, show } from './listing.ts';
import { mountOAuth } from './oauth.ts';
import { envelope } from './presenter.ts';
import { Query } from './query.ts';
import { checkRateLimits } from './rate-limits.ts';
import type { ActionAnswer, Call, Resource } from './resource.ts';
import { resources } from './resources.ts';
import type { Json, KantataState } from './state.ts';
import { Store } from './store.ts';
import { release } from './subscribed-events.ts';
import { create, destroy, update } from './writer.ts';

const BASE = '/api/v1';
const VERBS = ['get', 'post', 'put', 'delete'] as const;

/** Mounts every declared resource below `/api/v1`, with and without the `.json` suffix. */
export function mountRoutes(app: Express, sim: Simulator<KantataState>): void {
  mountOAuth(app, sim);
  app.use(BASE, (request, response, next) => {
    response.setHeader('X-Request-Id', request.headers['x-request-id'] ?? randomUUID());
    response.setHeader('Cache-Control', 'no-cache, no-store');
    // the server's clock is the sandbox's: a poller may take its watermark from here
    response.setHeader('Date', sim.clock.now().toUTCString());
    const [path = '', query] = request.url.split('?');
    if (path.endsWith('.json')) request.url = path.slice(0, -5) + (query === undefined ? '' : `?${query}`);
    next();
  });

  for (const resource of resources) {
    for (const action of resource.actions ?? []) {
      app[action.method](BASE + action.path, (request, response) => answer(sim, request, response, action.run));
    }
  }
  for (const resource of resources) mountResource(app, sim, resource);

  app.use(BASE, (request, response) => {
    answer(sim, request, response, () => {
      throw notFound();
    });
  });
  app.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) next(error);
    else fail(response, error instanceof ApiError ? error : badRequest('The request could not be read'));
  });
}

function mountResource(app: Express, sim: Simulator<KantataState>, resource: Resource): void {
  const path = `${BASE}/${resource.collection}`;
  const run = (work: (call: Call, body: Received) => ActionAnswer) => (request: Request, response: Response) =>
    answer(sim, request, response, work);
  app.get(
    path,
    run((call) => {
      if (resource.collection === 'subscribed_events') release(call);
      const page = list(call, resource);
      return { body: envelope(call, resource, page.rows, page) };
    }),
  );
  if (!resource.listOnly)
    app.get(
      `${path}/:id`,
      run((call) => ({ rows: [show(call, resource, idOf(call))], resource })),
    );
  if (resource.create) {
    app.post(
      path,
      run((call, body) => {
        const { records, bulk } = unwrap(body, resource.singular, resource.collection);
        return { rows: create(call, resource, records, bulk), resource };
      }),
    );
  }
  if (resource.update) {
    app.put(
      `${path}/:id`,
      run((call, body) => ({ rows: [update(call, resource, idOf(call), unwrap(body, resource.singular, '').records[0] ?? {})], resource })),
    );
  }
  if (resource.destroy) {
    app.delete(
      `${path}/:id`,
      run((call) => {
        destroy(call, resource, [idOf(call)]);
        return 'noContent';
      }),
    );
  }
}

const idOf = (call: Call): string => String(call.request.params['id']);

function answer(
  sim: Simulator<KantataState>,
  request: Request,
  response: Response,
  work: (call: Call, body: Received) => ActionAnswer,
): void {
  try {
    const store = new Store(sim.state);
    const now = sim.clock.now();
    const caller = authenticate(request, store);
    checkRateLimits(sim.state, request.method, request.originalUrl.slice(BASE.length), now);
    const call: Call = { sim, store, caller, request: request as SimRequest, query: new Query(request as SimRequest), now: toStored(now) };
    const result = work(call, VERBS.some((verb) => verb === request.method.toLowerCase() && verb !== 'get') ? parseBody(call.request) : {});
    if (result === 'noContent') response.status(204).end();
    else send(response, 200, 'body' in result ? result.body : envelope(call, result.resource, result.rows));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    fail(response, error);
  }
}

const fail = (response: Response, error: ApiError): void =>
  send(response, error.status, { errors: error.errors.map((item) => ({ ...item })) });

function send(response: Response, status: number, body: Json): void {
  response.status(status).setHeader('Content-Type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(body));
}
