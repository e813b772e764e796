import { expressionNames, hostileExpressions, slowExpressions, soundExpressions } from './expressions.ts';
import { hostileNumbers, hostileTexts, hostileValue } from './hostile-values.ts';
import { adminBase, ask, bodyFor, find, identities, pathOf, type Route, routeFor } from './admin-request.ts';
import { connectionTestInput } from './connection-test-input.ts';
import { crosswalkInput } from './crosswalk-input.ts';
import { type HttpInput, markOf } from './input.ts';
import { type Random, weighted } from './input-random.ts';
import { bombs } from './json-bombs.ts';
import { mutate } from './mutate.ts';
import { compressedReplay } from './odd-bodies.ts';
import { otherSiteInput } from './other-site-input.ts';
import { jsonText, RawJson } from './raw-json.ts';
import { engagement, timeEntry, withoutPerson } from './samples.ts';
import { routes } from '../../../runtime/admin-api/routes.ts';

/** Somebody, or some page in somebody's browser, asks the admin API. */
export function adminInput(random: Random, n: number): HttpInput {
  return weighted(random, [
    [50, anyRoute],
    [10, expression],
    [8, replay],
    [7, connectionTestInput],
    [7, crosswalkInput],
    [14, otherSiteInput],
    [4, malformed],
    [3, oddRequest],
    [1, compressedReplay],
  ])(random, n);
}

function hostilePath(random: Random, route: Route): string {
  const text = encodeURIComponent(random.pick(hostileTexts).toWellFormed());
  return (
    adminBase +
    pathOf(
      route.path,
      random.chance(80) ? text || '%20' : random.pick(['%', '%zz', '..', '%2e%2e', 'a'.repeat(8_000), '%E0%A4%A', '__proto__']),
    )
  );
}

function queryFor(random: Random, route: Route): string {
  const names = [...Object.keys(route.query?.properties ?? {}), 'limit', 'search', '__proto__', 'constructor'];
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
  const path = random.chance(25) ? hostilePath(random, route) : adminBase + pathOf(route.path);
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

function expression(random: Random): HttpInput {
  const name = random.pick(expressionNames);
  const text = random.chance(80) ? hostileExpressions[name]!(random) : random.pick(soundExpressions);
  const correction = random.chance(25);
  const family = `${correction ? 'correction' : 'preview'} ${name}`;
  if (correction)
    return ask(find('/replays'), { family, identity: 'admin', value: { runs: ['{dead}'], correction: text, reason: 'fuzz' } });
  const sample = random.pick([timeEntry('fz0x'), engagement('fz0x'), { a: 'a'.repeat(2_000) }]);
  const contract = random.pick(['time-entry', 'engagement', '__proto__', undefined]);
  const preset = random.pick(['custom', 'opportunity-to-engagement', 'constructor', undefined]);
  // who has typed something else meanwhile does not wait for the answer
  const leaves = random.chance(slowExpressions.has(name) ? 60 : 5) ? { leavesAfterMs: random.pick([20, 100, 400]) } : {};
  return ask(find('/preview'), { family, identity: 'admin', value: { preset, expression: text, contract, sample }, ...leaves });
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
      jsonText(
        random.chance(85)
          ? { data, reason }
          : { runs: random.chance(80) ? ['{dead}', '{run}', data] : manyRuns, perMinute: hostileValue(random), reason },
      ),
    ),
  );
  return ask(find(random.chance(85) ? '/dead-letters/:id/replay' : '/replays'), { family: 'mutated', identity: 'admin', value });
}

/** more than there can be, and one of them again and again */
const manyRuns = Array.from({ length: 5_000 }, (_, index) => (index % 2 === 0 ? '{dead}' : `none-${index}`));

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
    [['cookie', '__proto__=1; constructor=2; connect.sid=s%3Aforged']],
    [
      ['x-forwarded-host', 'evil.example'],
      ['x-forwarded-proto', 'https'],
      ['forwarded', 'host=evil.example'],
    ],
    Array.from({ length: 900 }, (_, index): [string, string] => [`x-${index}`, '1']),
    [
      ['accept-language', 'de;q=1e300, *;q=-1'],
      ['accept-encoding', 'gzip;q=NaN'],
    ],
  ]);
  return { ...ask(route, { family: 'odd request', headers }), expects: { hidesPersons: true } };
}
