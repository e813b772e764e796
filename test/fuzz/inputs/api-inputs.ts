import { callersToken } from '../api-caller.ts';
import { hostileTexts, hostileValue } from './hostile-values.ts';
import { type HttpInput, markOf } from './input.ts';
import { type Random, weighted } from './input-random.ts';
import { bombs } from './json-bombs.ts';
import { mutate } from './mutate.ts';
import { jsonText } from './raw-json.ts';
import { timeEntry, withoutPerson } from './samples.ts';

/** Something that a caller of a business API, or somebody who says so, sends. */
export function apiInput(random: Random, n: number): HttpInput {
  return weighted(random, [
    [25, entry],
    [20, mutated],
    [15, list],
    [10, own],
    [15, read],
    [10, stranger],
    [5, elsewhere],
  ])(random, n);
}

type Call = Pick<HttpInput, 'method' | 'path'> & {
  family: string;
  body?: string;
  headers?: [string, string][];
  expects?: HttpInput['expects'];
};

const call = ({ family, method, path, body, headers = [], expects = {} }: Call): HttpInput => ({
  kind: 'webhook',
  family: `api: ${family}`,
  house: 'users',
  method,
  path: `/business/v1/${path}`,
  headers: [
    ...(body === undefined ? [] : [['content-type', 'application/json'] as [string, string]]),
    ...(headers.some(([name]) => name === 'x-api-key' || name === 'authorization')
      ? []
      : [['authorization', `Bearer ${callersToken}`] as [string, string]]),
    ...headers,
  ],
  ...(body === undefined ? {} : { body: Buffer.from(body) }),
  expects: { ours: true, hidesPersons: true, ...expects },
});

const key = (random: Random, n: number): [string, string] => [
  'idempotency-key',
  random.chance(50) ? markOf(n) : random.chance(50) ? 'shared' : random.pick(['"shared"', ' ', '"', 'a b', 'x'.repeat(300), '%00']),
];

function entry(random: Random, n: number): HttpInput {
  return call({ family: 'entry', method: 'POST', path: 'entries', body: jsonText(timeEntry(markOf(n))), headers: [key(random, n)] });
}

function mutated(random: Random, n: number): HttpInput {
  const body = withoutPerson(jsonText(mutate(random, timeEntry(markOf(n)))));
  return call({ family: 'mutated', method: 'POST', path: random.pick(['entries', 'own']), body, headers: [key(random, n)] });
}

function list(random: Random, n: number): HttpInput {
  const count = random.pick([0, 1, 5, 200]);
  const entries: unknown[] = Array.from({ length: count }, (_, index) => timeEntry(`${markOf(n)}-${index}`));
  if (random.chance(50)) entries.splice(random.between(0, count), 1, hostileValue(random));
  return call({
    family: 'list',
    method: 'PUT',
    path: `entries/${word(random)}`,
    body: withoutPerson(jsonText(entries)),
    headers: [key(random, n)],
  });
}

function own(random: Random, n: number): HttpInput {
  const name = random.pick(Object.keys(bombs));
  const bomb = bombs[name]!(random);
  const body = withoutPerson(jsonText(random.pick<unknown>([bomb, { id: markOf(n), minutes: bomb }, { id: bomb }, { entry: bomb }])));
  return call({ family: `${name} as body`, method: 'POST', path: 'own', body });
}

function read(random: Random, n: number): HttpInput {
  const query = random.pick([
    'from=2026-01-31',
    'from=2026-01-31&most=5',
    `from=${word(random)}`,
    `from=2026-01-31&${word(random)}=1`,
    `${word(random)}`,
    '&&=&?',
  ]);
  return call({ family: 'read', method: 'GET', path: `entries/${word(random)}/${markOf(n)}?${query}` });
}

/** A text as it stands in an address, or as it should not. */
const word = (random: Random): string =>
  random.chance(50)
    ? '2026-01-31'
    : random.chance(70)
      ? encodeURIComponent(random.pick(hostileTexts).toWellFormed()).slice(0, 2_000) || '%20'
      : random.pick(['%', '%ff', '%00', '..', '%2e%2e', '%2f', ';', '__proto__']);

function stranger(random: Random, n: number): HttpInput {
  const proof = random.pick<[string, string]>([
    ['x-api-key', ''],
    ['x-api-key', `psk_${'0'.repeat(16)}_${'A'.repeat(43)}`],
    ['x-api-key', 'x'.repeat(9_000)],
    ['authorization', `Bearer ${'a.'.repeat(2_000)}`],
    ['authorization', 'Bearer eyJhbGciOiJub25lIn0.e30.'],
    ['authorization', 'Basic eDp5'],
  ]);
  return call({
    family: 'stranger',
    method: 'POST',
    path: 'closed',
    body: jsonText(timeEntry(markOf(n))),
    headers: [proof, key(random, n)],
    expects: { refused: true, ours: true },
  });
}

/** Nothing that one can see, and methods that nobody has asked for. */
function elsewhere(random: Random, n: number): HttpInput {
  const path = random.pick(['../outcomes/{run}', '../openapi.json', `../outcomes/${word(random)}`, 'entries', 'entries/x/y']);
  const method = random.pick(['GET', 'GET', 'POST', 'DELETE', 'PATCH']);
  const input = call({ family: 'elsewhere', method, path: 'x', headers: [key(random, n)] });
  return {
    ...input,
    path: path.startsWith('../') ? `/business/${path.slice(3)}` : `/business/v1/${path}`,
    expects: { hidesPersons: true },
  };
}
