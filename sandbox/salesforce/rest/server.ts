import { gzipSync } from 'node:zlib';
import type { Express, NextFunction, Request, Response } from 'express';
import type { SimRequest, Simulator } from '../../simulator.ts';
import { Failure, fail, notFound, restErrors } from '../failure.ts';
import { requireSession } from '../oauth/sessions.ts';
import type { SalesforceState } from '../store/state.ts';
import { Work } from '../write/work.ts';
import type { Reply } from './call.ts';
import { dispatch, splitUrl, useRoutes } from './router.ts';
import { ROUTES } from './routes.ts';
import { VERSIONS } from './versions.ts';

/** The REST API on the wire. */
export function restRoutes(app: Express, sim: Simulator<SalesforceState>): void {
  useRoutes(ROUTES);
  app.use('/services/data', (request: Request, response: Response) => {
    // the platform's clock: pollers take the end of their window from this header
    response.setHeader('Date', sim.clock.now().toUTCString());
    send(request, response, serve(sim, request, response));
  });
  app.use((request: Request, response: Response) => {
    send(request, response, { status: 404, body: restErrors(notFound().errors) });
  });
  app.use((error: Error & { status?: number }, request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) return next(error);
    const status = error.status ?? 500;
    const code = status === 415 ? 'UNSUPPORTED_MEDIA_TYPE' : status < 500 ? 'JSON_PARSER_ERROR' : 'UNKNOWN_EXCEPTION';
    const message = status < 500 ? error.message : `An unexpected error occurred. ${error.stack ?? error.message}`;
    send(request, response, { status, body: restErrors([{ code, message }]) });
  });
}

function serve(sim: Simulator<SalesforceState>, request: Request, response: Response): Reply {
  const { version, path, query } = splitUrl(request.originalUrl.replace(/\/{2,}/g, '/'));
  if (/^\/services\/data\/?$/.test(request.originalUrl.split('?')[0]?.replace(/\/{2,}/g, '/') ?? '')) {
    return request.method === 'GET' || request.method === 'HEAD'
      ? { status: 200, body: VERSIONS }
      : failed(fail('METHOD_NOT_ALLOWED', `HTTP Method '${request.method}' not allowed. Allowed are GET`));
  }
  try {
    const userId = requireSession(sim.state, request.headers.authorization);
    if (!version) throw notFound();
    countCall(sim.state, response);
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const work = new Work(sim, request, userId);
    const body = (request as SimRequest).rawBody;
    const start = work.savepoint();
    try {
      return dispatch({ sim, request, userId, method: request.method, version, path, query, headers, body, work });
    } catch (error) {
      work.rollbackTo(start);
      throw error;
    } finally {
      work.commit();
    }
  } catch (error) {
    if (error instanceof Failure) return failed(error);
    throw error;
  }
}

const failed = (error: Failure): Reply => ({ status: error.status, body: restErrors(error.errors), headers: { ...error.headers } });

/** The daily allocation; once used up every call is refused until it is raised. */
function countCall(state: SalesforceState, response: Response): void {
  const daily = state.limits['DailyApiRequests'] as { Max: number; Used: number };
  const spent = daily.Used >= daily.Max;
  if (!spent) daily.Used += 1;
  response.setHeader('Sforce-Limit-Info', `api-usage=${daily.Used}/${daily.Max}`);
  if (spent) throw fail('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
}

/** Writes a reply: no entity tag of Express's own, JSON unless the reply says otherwise, gzip when asked for. */
function send(request: Request, response: Response, reply: Reply): void {
  response.status(reply.status);
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
  if (reply.status === 401) response.setHeader('WWW-Authenticate', 'Token');
  const indent = request.headers['x-prettyprint'] === '1' ? 2 : undefined;
  const content = reply.text ?? (reply.body === undefined ? undefined : JSON.stringify(reply.body, null, indent));
  if (content === undefined) {
    response.end();
    return;
  }
  if (reply.text === undefined) response.setHeader('Content-Type', 'application/json;charset=UTF-8');
  response.setHeader('Vary', 'Accept-Encoding');
  const zipped = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? '')) && content.length > 2048;
  if (zipped) response.setHeader('Content-Encoding', 'gzip');
  const bytes = zipped ? gzipSync(content) : Buffer.from(content);
  response.setHeader('Content-Length', bytes.length);
  response.end(request.method === 'HEAD' ? undefined : bytes);
}
