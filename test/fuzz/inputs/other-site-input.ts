import { ask, bodyFor, routeFor } from './admin-request.ts';
import type { HttpInput } from './input.ts';
import { type Random, weighted } from './input-random.ts';
import { jsonText } from './raw-json.ts';

/** A page of another site in the analyst's browser, or a name that points here: the house without users. */
export function otherSiteInput(random: Random): HttpInput {
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
