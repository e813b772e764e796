import { routes } from '../../../runtime/admin-api/routes.ts';
import { soundExpressions } from './expressions.ts';
import { hostileValue } from './hostile-values.ts';
import type { HttpInput } from './input.ts';
import type { Random } from './input-random.ts';
import { jsonText } from './raw-json.ts';

export const adminBase = '/ps-connect/api/v1';

/** What somebody types into a form of a connection: seen by nobody afterwards. */
export const typedSecret = 'Typed-5ecret-in-a-form';

/** Whatever permissions the routes ask for, each is somebody's only one. */
export const permissions: readonly string[] = [...new Set(routes.map((route) => String(route.permission)))];
const reads = permissions.find((permission) => permission.endsWith('.read')) ?? 'ps-connect.read';

/** Who may ask: by name, what Node-RED knows of them. */
export const identities: Readonly<Record<string, string[]>> = {
  admin: ['*'],
  reader: ['read'],
  ...Object.fromEntries(permissions.map((permission) => [permission, [...new Set([reads, permission])]])),
  stranger: ['flows.read'],
};

const mayUse = (identity: string | undefined, permission: string): boolean => {
  const has = identity === undefined ? [] : identities[identity]!;
  return has.includes('*') || has.includes(permission) || (has.includes('read') && permission.endsWith('.read'));
};

const showsPersons = ({ persons }: Route, identity: string | undefined): boolean =>
  persons === 'shown' || (/^(shown|told)-to-editors/.test(persons ?? '') && mayUse(identity, 'ps-connect.edit'));

export type Route = (typeof routes)[number];

export function ask(
  route: Route,
  more: Partial<HttpInput> & { family: string; value?: unknown; identity?: string | undefined },
): HttpInput {
  const { value, family, ...rest } = more;
  const { identity = undefined } = rest;
  const own = rest.method === undefined || rest.method === route.method.toUpperCase();
  const refused = own && !mayUse(identity, String(route.permission));
  return {
    kind: 'admin',
    house: 'users',
    method: route.method.toUpperCase(),
    path: adminBase + pathOf(route.path),
    headers: value === undefined ? [] : [['content-type', 'application/json']],
    ...(value === undefined ? {} : { body: Buffer.from(jsonText(value)) }),
    ...rest,
    family: `admin: ${route.method} ${route.path}: ${family}`,
    expects: {
      ...(refused ? { refused } : { ours: true }),
      ...(own && !refused && showsPersons(route, identity) ? {} : { hidesPersons: true }),
      ...rest.expects,
    },
  };
}

const kinds = ['runs', 'dead-letters', 'approvals', 'effects', 'nodes'] as const;
const placeholders = { runs: '{run}', 'dead-letters': '{dead}', approvals: '{approval}', effects: '{effect}', nodes: 'map' } as const;

export function pathOf(path: string, given?: string): string {
  const kind = kinds.find((name) => path.startsWith(`/${name}/`));
  return path.replace(/:\w+/g, given ?? (kind ? placeholders[kind] : 'x'));
}

/** Acts that end what others need are rarer. */
export function routeFor(random: Random): Route {
  const route = random.pick(routes);
  return /discard|cancel|reject/.test(route.path) && random.chance(70) ? random.pick(routes) : route;
}

/** What the route describes, with values in it that are not meant. */
export function bodyFor(random: Random, route: Route): unknown {
  const body: Record<string, unknown> = {};
  for (const name of Object.keys(route.body?.properties ?? {})) {
    if (name === 'correction' || name === 'expression') body[name] = random.pick(soundExpressions);
    else if (random.chance(70))
      body[name] = random.chance(50) ? hostileValue(random) : random.pick(['made', 'fuzz', 1, ['{dead}'], {}, true]);
  }
  if (random.chance(10)) body['__proto__x'] = hostileValue(random);
  return body;
}

export const find = (path: string): Route => routes.find((route) => route.path === path)!;
