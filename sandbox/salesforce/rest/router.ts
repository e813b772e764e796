import { Failure, fail, notFound, restErrors } from '../failure.ts';
import { recordUrl } from '../soql/path.ts';
import { Ambiguous } from '../write/upsert.ts';
import type { Call, Handler, Reply } from './call.ts';
import { servedVersion } from './versions.ts';

type Routes = readonly (readonly [string, Readonly<Record<string, Handler>>])[];

let routes: readonly { segments: readonly string[]; methods: Readonly<Record<string, Handler>> }[] = [];

/** The table is handed in, since composite handlers in it call back into the router. */
export function useRoutes(table: Routes): void {
  routes = table.map(([pattern, methods]) => ({ segments: pattern === '' ? [] : pattern.split('/'), methods }));
}

/** Runs a request against the table; every failure becomes its answer. */
export function dispatch(call: Call): Reply {
  try {
    const override = call.query.get('_HttpMethod');
    const asked = call.method === 'POST' && override ? override.toUpperCase() : call.method;
    const method = asked === 'HEAD' ? 'GET' : asked;
    const route = routes.find(({ segments }) => matches(segments, call.path));
    if (!route) throw notFound();
    const handler = route.methods[method];
    if (!handler) {
      const allowed = Object.keys(route.methods).sort().join(',');
      throw new Failure([{ code: 'METHOD_NOT_ALLOWED', message: `HTTP Method '${method}' not allowed. Allowed are ${allowed}` }], {
        headers: { Allow: allowed },
      });
    }
    const parameters = call.path.filter((_segment, index) => route.segments[index] === '*');
    return handler({ ...call, method }, ...parameters);
  } catch (error) {
    if (error instanceof Ambiguous) return { status: 300, body: error.ids.map((id) => recordUrl(call.version, error.object.name, id)) };
    if (error instanceof Failure) return { status: error.status, body: restErrors(error.errors), headers: { ...error.headers } };
    throw error;
  }
}

function matches(segments: readonly string[], path: readonly string[]): boolean {
  return (
    segments.length === path.length &&
    segments.every((segment, index) => segment === '*' || segment.toLowerCase() === path[index]?.toLowerCase())
  );
}

/** A request inside a composite request: same session, same transaction. */
export function subcall(call: Call, method: string, url: string, headers: Record<string, string>, body: unknown): Reply {
  const { version, path, query } = splitUrl(url);
  if (!version) return { status: 404, body: restErrors(notFound().errors) };
  const nested = /^(composite(\/(batch|graph|tree))?$|composite\/tree\/|jobs\/)/.test(path.join('/'));
  if (nested) {
    const failure = fail('INVALID_INPUT', `The resource ${url} is not supported inside a composite request.`);
    return { status: failure.status, body: restErrors(failure.errors) };
  }
  return dispatch({ ...call, method, version, path, query, headers, body: { value: body } });
}

/** `/services/data/v66.0/query/?q=…` → version, segments, query. */
export function splitUrl(url: string): { version: string | undefined; path: string[]; query: URLSearchParams } {
  const [before = '', ...after] = url.split('?');
  const segments = before.split('/').filter((segment) => segment !== '');
  const [services, data, version = '', ...rest] = segments;
  const served = services === 'services' && data === 'data' ? servedVersion(version) : undefined;
  return { version: served, path: rest.map(decode), query: new URLSearchParams(after.join('?')) };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
