import { routes } from '../../../runtime/admin-api/routes.ts';
import { hostileExpressions, soundExpressions } from './expressions.ts';
import { hostileNumbers, hostileTexts, hostileValue } from './hostile-values.ts';
import { type HttpInput, markOf } from './input.ts';
import { type Random, weighted } from './input-random.ts';
import { bombs } from './json-bombs.ts';
import { mutate } from './mutate.ts';
import { jsonText, RawJson } from './raw-json.ts';
import { engagement, timeEntry, withoutPerson } from './samples.ts';

const base = '/ps-connect/api/v1';

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
  persons === 'shown' || (persons === 'shown-to-editors' && mayUse(identity, 'ps-connect.edit'));

/** Somebody, or some page in somebody's browser, asks the admin API. */
export function adminInput(random: Random, n: number): HttpInput {
  return weighted(random, [
    [50, anyRoute],
    [10, expression],
    [8, replay],
    [4, connectionTest],
    [14, otherSite],
    [4, malformed],
    [3, oddRequest],
  ])(random, n);
}

type Route = (typeof routes)[number];

function ask(route: Route, more: Partial<HttpInput> & { family: string; value?: unknown; identity?: string | undefined }): HttpInput {
  const { value, family, ...rest } = more;
  const { identity = undefined } = rest;
  const own = rest.method === undefined || rest.method === route.method.toUpperCase();
  const refused = own && !mayUse(identity, String(route.permission));
  return {
    kind: 'admin',
    house: 'users',
    method: route.method.toUpperCase(),
    path: base + pathOf(route.path),
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

function pathOf(path: string, given?: string): string {
  const kind = kinds.find((name) => path.startsWith(`/${name}/`));
  return path.replace(/:\w+/g, given ?? (kind ? placeholders[kind] : 'x'));
}

/** Acts that end what others need are rarer. */
function routeFor(random: Random): Route {
  const route = random.pick(routes);
  return /discard|cancel|reject/.test(route.path) && random.chance(70) ? random.pick(routes) : route;
}

function hostilePath(random: Random, route: Route): string {
  const text = encodeURIComponent(random.pick(hostileTexts).toWellFormed());
  return (
    base +
    pathOf(
      route.path,
      random.chance(80) ? text || '%20' : random.pick(['%', '%zz', '..', '%2e%2e', 'a'.repeat(8_000), '%E0%A4%A', '__proto__']),
    )
  );
}

function queryFor(random: Random, route: Route): string {
  const names = [...Object.keys(route.query ?? {}), 'limit', 'search', '__proto__', 'constructor'];
  const count = random.between(1, 3);
  return Array.from({ length: count }, () => {
    const name = random.pick(names);
    const plain = ['limit', 'before', 'after'].includes(name)
      ? String(random.pick(hostileNumbers.filter((each) => typeof each === 'number')))
      : random.pick([...hostileTexts, markOf(1), 'dead', '%', '_', 'a,b,dead', 'open']);
    const value = encodeURIComponent(plain.toWellFormed());
    return random.chance(85)
      ? `${name}=${value}`
      : random.pick([`${name}[]=${value}`, `${name}[a]=${value}`, `${name}=${value}&${name}=${value}`, `${name}[__proto__][x]=1`]);
  }).join('&');
}

function anyRoute(random: Random): HttpInput {
  const route = routeFor(random);
  const identity = random.pick([...Object.keys(identities), 'admin', 'admin', 'reader', undefined]);
  const path = random.chance(25) ? hostilePath(random, route) : base + pathOf(route.path);
  if (random.chance(8)) {
    const method = random.pick(
      ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'].filter((name) => name !== route.method.toUpperCase()),
    );
    return ask(route, {
      family: 'other method',
      method,
      path,
      identity: identity ?? 'admin',
      ...(method === 'HEAD' || method === 'OPTIONS' ? { expects: {} } : {}),
    });
  }
  if (route.method === 'get') {
    const query = random.chance(60) ? `?${queryFor(random, route)}` : '';
    return ask(route, {
      family: 'query',
      path: path + query,
      identity,
      ...(path.includes('%') || path.length > 8_000 ? { expects: {} } : {}),
    });
  }
  const value = random.chance(60) ? bodyFor(random, route) : hostileValue(random);
  return ask(route, { family: 'body', path, value, identity, ...(path.includes('%') || path.length > 8_000 ? { expects: {} } : {}) });
}

/** What the route describes, with values in it that are not meant. */
function bodyFor(random: Random, route: Route): unknown {
  const body: Record<string, unknown> = {};
  for (const name of Object.keys(route.body ?? {})) {
    if (name === 'correction' || name === 'expression') body[name] = random.pick(soundExpressions);
    else if (random.chance(70))
      body[name] = random.chance(50) ? hostileValue(random) : random.pick(['made', 'fuzz', 1, ['{dead}'], {}, true]);
  }
  if (random.chance(10)) body['__proto__x'] = hostileValue(random);
  return body;
}

const find = (path: string): Route => routes.find((route) => route.path === path)!;

function expression(random: Random): HttpInput {
  const name = random.pick(Object.keys(hostileExpressions));
  const text = random.chance(80) ? hostileExpressions[name]!(random) : random.pick(soundExpressions);
  const correction = random.chance(25);
  const family = `${correction ? 'correction' : 'preview'} ${name}`;
  if (correction)
    return ask(find('/replays'), { family, identity: 'admin', value: { runs: ['{dead}'], correction: text, reason: 'fuzz' } });
  const sample = random.pick([timeEntry('fz0x'), engagement('fz0x'), { a: 'a'.repeat(2_000) }]);
  const contract = random.pick(['time-entry', 'engagement', '__proto__', undefined]);
  const preset = random.pick(['custom', 'opportunity-to-engagement', 'constructor', undefined]);
  return ask(find('/preview'), { family, identity: 'admin', value: { preset, expression: text, contract, sample } });
}

function replay(random: Random, n: number): HttpInput {
  const id = markOf(n);
  if (random.chance(20)) {
    const bomb = random.pick(Object.keys(bombs));
    const data = bombs[bomb]!(random);
    return ask(find('/dead-letters/:id/replay'), { family: bomb, identity: 'admin', value: { data, reason: 'fuzz' } });
  }
  const data = random.chance(20) ? timeEntry(id) : mutate(random, random.pick([timeEntry(id), engagement(id)]));
  const reason = random.chance(80) ? 'fuzz' : hostileValue(random);
  const value = new RawJson(
    withoutPerson(
      jsonText(random.chance(85) ? { data, reason } : { runs: ['{dead}', '{run}', data], perMinute: hostileValue(random), reason }),
    ),
  );
  return ask(find(random.chance(85) ? '/dead-letters/:id/replay' : '/replays'), { family: 'mutated', identity: 'admin', value });
}

/** Settings of a form, some at their edges; the address is that of a system which nobody runs. */
function connectionTest(random: Random): HttpInput {
  // with sound settings it gets as far as the address
  const sound = random.chance(60);
  const kinds = ['salesforce-connection', 'erp-connection', 'psa-connection'];
  const type = random.pick(sound ? kinds : [...kinds, '__proto__', 'run-policy', '']);
  // where what is stored must not go, and where only what is typed may go
  const stored = random.chance(50);
  const address = random.pick([
    ...Array.from({ length: 12 }, () => (stored ? '{elsewhere}' : '{typed}')),
    'http://127.0.0.1:9/',
    'http://127.attacker.example/',
    'http://[::ffff:7f00:1]:9/',
    'http://localhost:9',
    'https://127.0.0.1:9',
    'http://0:9',
    'http://2130706433:9',
    'javascript:1',
    'file:///etc/passwd',
    '',
    'http://user:pass@127.0.0.1:9/',
  ]);
  const config = {
    baseUrl: address,
    loginUrl: address,
    system: sound ? (type === 'erp-connection' ? 'netsuite' : 'kantata') : random.pick(['netsuite', 'kantata', 'salesforce', '__proto__']),
    auth: sound ? 'tba' : random.pick(['oauth2', 'tba', 'x']),
    flow: sound ? random.pick(['client-credentials', 'username-password']) : random.pick(['jwt-bearer', 'x']),
    environment: random.pick(['SALESFORCE', 'NETSUITE', 'KANTATA', '__PROTO__', '']),
    apiVersion: sound ? '66.0' : random.pick(hostileTexts),
  };
  const typed = Object.fromEntries(
    [
      'clientId',
      'clientSecret',
      'username',
      'password',
      'accountId',
      'certificateId',
      'privateKey',
      'accessToken',
      'consumerKey',
      'consumerSecret',
      'tokenId',
      'tokenSecret',
    ].map((name) => [
      name,
      sound || random.chance(80)
        ? /Secret|password|privateKey|accessToken/.test(name)
          ? typedSecret
          : 'typed'
        : random.pick(hostileTexts),
    ]),
  );
  const value = {
    type,
    id: random.pick(['psc-salesforce', 'psc-netsuite', 'psc-kantata', 'lane0-netsuite', 'lane0-kantata', '__proto__', '']),
    config: sound
      ? config
      : random.chance(60)
        ? { ...config, concurrency: random.pick(hostileNumbers), settleAfterMs: random.pick(hostileNumbers) }
        : mutate(random, config),
    credentials: stored
      ? random.pick([{}, undefined, { username: 'typed' }, { password: '__PWRD__' }])
      : sound || random.chance(80)
        ? typed
        : hostileValue(random),
  };
  return ask(find('/connections/test'), { family: 'settings', identity: 'admin', value });
}

/** A page of another site in the analyst's browser, or a name that points here: the house without users. */
function otherSite(random: Random): HttpInput {
  const route = routeFor(random);
  const writes = route.method !== 'get';
  const value = writes ? { ...(bodyFor(random, route) as object), reason: 'from elsewhere' } : undefined;
  const body = value === undefined ? undefined : Buffer.from(jsonText(value));
  const json: [string, string] = ['content-type', 'application/json'];
  const asked = (family: string, headers: [string, string][], refused: boolean): HttpInput => ({
    ...ask(route, { family, identity: 'admin' }),
    house: 'open',
    identity: undefined,
    headers,
    ...(body ? { body } : {}),
    expects: { ...(refused ? { refused: true } : {}), ours: true },
  });
  const own: [string, string][] = [['origin', '{self}'], ['sec-fetch-site', 'same-origin'], json];
  return weighted<() => HttpInput>(random, [
    [3, () => asked('own page', own, false)],
    [
      4,
      () =>
        asked(
          'other origin',
          [
            [
              'origin',
              random.pick([
                'http://evil.example',
                'null',
                'http://127.0.0.1:1',
                'https://127.0.0.1',
                'http://127.0.0.1.evil.example',
                'http://localhost.evil.example',
                '{self}.evil.example',
                'http://user@127.0.0.1',
              ]),
            ],
            json,
          ],
          writes,
        ),
    ],
    [3, () => asked('cross-site fetch', [['sec-fetch-site', random.pick(['cross-site', 'same-site'])], json], writes)],
    [
      4,
      () =>
        asked(
          'form',
          [
            ['origin', random.pick(['http://evil.example', '{self}'])],
            [
              'content-type',
              random.pick([
                'application/x-www-form-urlencoded',
                'text/plain',
                'multipart/form-data; boundary=x',
                'text/plain; application/json',
                'application/jsonx',
                'application/x-www-form-urlencoded; application/json',
              ]),
            ],
          ],
          writes,
        ),
    ],
    [
      4,
      () =>
        asked(
          'other host',
          [
            [
              'host',
              random.pick([
                'evil.example',
                'evil.example:1880',
                '127.0.0.1.evil.example',
                'localhost.evil.example',
                '127.attacker.example',
                'rebind.network',
                'evil.example.',
              ]),
            ],
            json,
          ],
          true,
        ),
    ],
    [1, () => asked('other forwarded host', [['x-forwarded-host', 'evil.example'], ['host', '127.0.0.1'], json], false)],
  ])();
}

function malformed(random: Random): HttpInput {
  const route = random.pick(routes.filter(({ method }) => method === 'post'));
  const text = random.pick([
    '{',
    '{"a":',
    '[1,',
    '{"a":1}}',
    'nul',
    '"text"',
    '1',
    'null',
    '\u0000',
    '{"a":"\ud800"}',
    "{'a':1}",
    '{"a":1,}',
    '{"reason":"\\ud800"}',
    '{"reason":"a\\u0000b"}',
  ]);
  const headers: [string, string][] = [
    [
      'content-type',
      random.pick([
        'application/json',
        'application/json; charset=utf-8',
        'application/json; charset=utf-7',
        'application/json; charset=nonsense',
      ]),
    ],
  ];
  if (random.chance(20)) headers.push(['content-encoding', random.pick(['gzip', 'deflate', 'br', 'x'])]);
  return { ...ask(route, { family: 'malformed', identity: 'admin', headers }), body: Buffer.from(text) };
}

function oddRequest(random: Random): HttpInput {
  const route = routeFor(random);
  const long = 'x'.repeat(random.pick([1_000, 20_000]));
  const headers = random.pick<[string, string][]>([
    [['authorization', `Bearer ${long.slice(0, 9_000)}`]],
    [['authorization', 'Basic YTpi']],
    [['authorization', 'Bearer ']],
    [['authorization', 'Bearer __proto__']],
    [['accept', 'text/html']],
    [['range', 'bytes=0-1,0-2,0-3']],
    [['if-none-match', '*']],
    [['x-http-method-override', 'DELETE']],
    [['cookie', `a=${long.slice(0, 8_000)}`]],
  ]);
  return { ...ask(route, { family: 'odd request', headers }), expects: { hidesPersons: true } };
}
