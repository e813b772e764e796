import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { openApi } from '../../runtime/admin-api/openapi.ts';
import type { Route } from '../../runtime/admin-api/route.ts';
import { routes } from '../../runtime/admin-api/routes.ts';

const base = '/ps-connect/api/v1';
const ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true });
ajv.addSchema(openApi(routes), 'api');

/** Which route an address is of. */
export function routeOf(method: string, path: string): Route | undefined {
  const [, address] = path.split('?')[0]!.split(base);
  const asked = address?.split('/');
  return routes.find((route) => {
    const parts = route.path.split('/');
    return (
      route.method === method.toLowerCase() &&
      parts.length === asked?.length &&
      parts.every((part, n) => part.startsWith(':') || part === asked[n])
    );
  });
}

/** Whether an answer is the file that its route gives out to who asks for one: there is no JSON in it. */
export const isFileOf = (route: Route, { status, headers }: Response): boolean =>
  status === 200 && route.file !== undefined && headers.get('content-type') === route.file;

/** Throws when an answer of the admin API is not what its OpenAPI document says of it. */
export function mustBeAsDescribed(method: string, path: string, status: number, text: string): void {
  const route = routeOf(method, path);
  if (!route || status === 401) return;
  const validate = described(route, status);
  const values = route.lines && status === 200 ? text.split('\n').filter(Boolean) : [text];
  for (const value of values) {
    if (validate(JSON.parse(value))) continue;
    const wrong = (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
    throw new Error(`${method} ${path} (${status}) answers what its schema does not say: ${wrong.slice(0, 5).join('; ')}`);
  }
}

function described({ method, path, lines }: Route, status: number): ValidateFunction {
  const pointer = (part: string) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
  const operation = `#/paths/${pointer(path.replace(/:(\w+)/g, '{$1}'))}/${method}/responses`;
  const type = pointer(lines && status === 200 ? 'application/x-ndjson' : 'application/json');
  const of = (answer: string) => ajv.getSchema(`api${operation}/${answer}/content/${type}/schema`);
  return (of(String(status)) ?? of('default'))!;
}
