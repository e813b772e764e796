import { hostileTexts, hostileValue } from './hostile-values.ts';
import { type HttpExpectation, type HttpInput, markOf } from './input.ts';
import { type Random, weighted } from './input-random.ts';
import { bombs } from './json-bombs.ts';
import { mutate } from './mutate.ts';
import { jsonText, RawJson } from './raw-json.ts';
import { cloudEvent, engagement, timeEntry, toolTime, withoutPerson } from './samples.ts';

/** Where events are taken, and how they are signed there. */
export const webhooks = {
  standard: { path: 'events/standard', scheme: 'standard-webhooks' },
  hmac: { path: 'events/hmac', scheme: 'hmac-sha256' },
  bearer: { path: 'events/bearer', scheme: 'bearer' },
  none: { path: 'events/none', scheme: 'none' },
  template: { path: 'events/time-approved', scheme: 'standard-webhooks' },
} as const;
type Webhook = keyof typeof webhooks;

const structured = 'application/cloudevents+json';
const batched = 'application/cloudevents-batch+json';

/** Something that a sender, or somebody who says so, posts. */
export function webhookInput(random: Random, n: number): HttpInput {
  return weighted(random, [
    [27, validEvent],
    [28, mutatedEvent],
    [12, batch],
    [12, binary],
    [6, bomb],
    [3, attributes],
    [5, wrongSignature],
    [4, oddHeaders],
    [2, oddBytes],
    [2, rawRequest],
  ])(random, n);
}

interface Post {
  family: string;
  webhook: Webhook;
  type: string;
  body: string | Buffer;
  headers?: [string, string][];
  expects?: HttpExpectation;
}

function post({ family, webhook, type, body, headers = [], expects = {} }: Post): HttpInput {
  const { path, scheme } = webhooks[webhook];
  return {
    kind: 'webhook',
    family: `webhook: ${family}`,
    house: 'users',
    method: 'POST',
    path: `/${path}`,
    headers: [['content-type', type], ...headers],
    body: Buffer.from(body as string),
    ...(scheme === 'none' ? {} : { sign: { scheme } }),
    expects: { ours: true, hidesPersons: true, ...expects },
  };
}

const anyWebhook = (random: Random): Webhook => random.pick(['standard', 'hmac', 'bearer', 'none', 'template'] as const);

const dataOf = (random: Random, webhook: Webhook, mark: string): unknown =>
  webhook === 'template' ? toolTime(mark) : webhook === 'standard' && random.chance(30) ? engagement(mark) : timeEntry(mark);

function validEvent(random: Random, n: number): HttpInput {
  const webhook = anyWebhook(random);
  const id = markOf(n);
  const data = dataOf(random, webhook, id);
  if (random.chance(70)) {
    return post({ family: 'valid', webhook, type: structured, body: jsonText(cloudEvent(id, data)), expects: { events: [id] } });
  }
  const headers: [string, string][] = [['idempotency-key', id]];
  return post({ family: 'valid plain', webhook, type: 'application/json', body: jsonText(data), headers });
}

function mutatedEvent(random: Random, n: number): HttpInput {
  const webhook = anyWebhook(random);
  const id = markOf(n);
  const data = dataOf(random, webhook, id);
  const plain = random.chance(25);
  // either the event's data is not as it should be, or its envelope
  const event = random.chance(70) ? cloudEvent(id, mutate(random, data)) : mutate(random, cloudEvent(id, data));
  const body = withoutPerson(jsonText(plain ? mutate(random, data) : event));
  return post({ family: 'mutated', webhook, type: plain ? 'application/json' : structured, body });
}

function batch(random: Random, n: number): HttpInput {
  const webhook = anyWebhook(random);
  const count = weighted(random, [
    [60, random.between(0, 20)],
    [6, 200],
    [1, 1_500],
  ]);
  const ids = Array.from({ length: count }, (_, index) => `${markOf(n)}-${index}`);
  const events: unknown[] = ids.map((id) => cloudEvent(id, count > 50 ? { id, minutes: 1 } : dataOf(random, webhook, id)));
  if (random.chance(50) || count === 0) {
    return post({ family: 'batch', webhook, type: batched, body: jsonText(events), expects: count > 0 ? { events: ids } : {} });
  }
  events[random.between(0, count - 1)] = hostileValue(random);
  return post({ family: 'mutated batch', webhook, type: batched, body: withoutPerson(jsonText(random.chance(90) ? events : { events })) });
}

function binary(random: Random, n: number): HttpInput {
  const webhook = anyWebhook(random);
  const id = markOf(n);
  const headers: [string, string][] = [
    ['ce-specversion', random.chance(95) ? '1.0' : encodeURIComponent(random.pick(hostileTexts).toWellFormed())],
    ['ce-id', id],
    ['ce-source', '/fuzz'],
    ['ce-type', 'com.example.time.approved'],
  ];
  for (let more = random.between(0, 3); more > 0; more--) {
    const name = random.pick([
      'subject',
      'time',
      'dataschema',
      'traceparent',
      'x',
      'data',
      'specversion',
      '__proto__',
      'constructor',
      'UPPER',
    ]);
    headers.push([
      `ce-${name}`,
      random.chance(60) ? encodeURIComponent(random.pick(hostileTexts).toWellFormed()) : `a%${random.pick(['zz', '00', 'C3%28', 'F0'])}`,
    ]);
  }
  const type = random.pick([
    'application/json',
    'text/plain',
    'application/octet-stream',
    'text/json; charset=utf-8',
    'image/png',
    'a/b+json',
  ]);
  const data = random.chance(50) ? dataOf(random, webhook, id) : mutate(random, dataOf(random, webhook, id));
  return post({ family: 'binary', webhook, type, body: withoutPerson(jsonText(data)), headers });
}

function bomb(random: Random, n: number): HttpInput {
  const webhook = anyWebhook(random);
  const id = markOf(n);
  const name = random.pick(Object.keys(bombs));
  const raw = bombs[name]!(random);
  const where = random.pick(['data', 'subject', 'extension', 'whole', 'batch', 'field'] as const);
  const family = `${name} as ${where}`;
  const event = cloudEvent(id, timeEntry(id));
  switch (where) {
    case 'data':
      return post({ family, webhook, type: structured, body: withoutPerson(jsonText({ ...event, data: raw })) });
    case 'field':
      return post({
        family,
        webhook,
        type: structured,
        body: withoutPerson(jsonText({ ...event, data: { ...timeEntry(id), code: raw, note: raw } })),
      });
    case 'subject':
      return post({ family, webhook, type: structured, body: withoutPerson(jsonText({ ...event, subject: raw })) });
    case 'extension':
      return post({ family, webhook, type: structured, body: withoutPerson(jsonText({ ...event, traceparent: raw })) });
    case 'batch':
      return post({ family, webhook, type: batched, body: withoutPerson(jsonText([event, raw, { ...event, data: raw }])) });
    default:
      return post({ family, webhook, type: random.pick([structured, batched, 'application/json']), body: jsonText(raw) });
  }
}

/** Many attributes, long ones, and such with names that are none. */
function attributes(random: Random, n: number): HttpInput {
  const webhook = anyWebhook(random);
  const id = markOf(n);
  const event = cloudEvent(id, { id });
  const count = random.pick([1, 1, 5, 20, 300, 5_000]);
  const length = random.pick([1, 100, 1_024, 1_025, 5_000, 60_000]);
  for (let index = 0; index < Math.min(count, Math.ceil(900_000 / length)); index++)
    event[`ext${index}`] = random.pick(['a', 'ü', 'a.', '1']).repeat(length);
  if (random.chance(30)) event[random.pick(hostileTexts)] = random.pick(hostileTexts);
  return post({ family: `${count} attributes of ${length}`, webhook, type: structured, body: jsonText(event) });
}

function wrongSignature(random: Random, n: number): HttpInput {
  const webhook = random.pick(['standard', 'hmac', 'bearer', 'template'] as const);
  const id = markOf(n);
  const input = post({ family: 'wrong signature', webhook, type: structured, body: jsonText(cloudEvent(id, timeEntry(id))) });
  const wrong = random.pick([
    'none',
    'other secret',
    'old',
    'future',
    'truncated',
    'empty',
    'doubled',
    'other body',
    'huge',
    'not base64',
    'wrong version',
    'nan time',
  ]);
  return { ...input, sign: { scheme: webhooks[webhook].scheme, wrong }, expects: { refused: true, ours: true } };
}

function oddHeaders(random: Random, n: number): HttpInput {
  const id = markOf(n);
  const type = random.pick([
    '',
    'text/plain',
    'application/cloudevents+xml',
    `${structured}; charset=utf-16`,
    `${structured};${'a=b;'.repeat(500)}`,
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'APPLICATION/JSON',
    `application/json; charset="${'x'.repeat(3_000)}"`,
  ]);
  const more: [string, string][] = [
    ['content-encoding', random.pick(['gzip', 'identity', 'br', 'x'])],
    ['x-forwarded-for', '127.0.0.1'],
    ['transfer-encoding', 'chunked'],
    ['expect', '100-continue'],
    ['idempotency-key', random.pick(['', ' ', 'a'.repeat(5_000), id])],
  ];
  const input = post({
    family: 'odd headers',
    webhook: anyWebhook(random),
    type,
    body: jsonText(cloudEvent(id, timeEntry(id))),
    headers: [random.pick(more)],
  });
  const method = random.pick(['POST', 'POST', 'GET', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH']);
  // where no node listens, Node-RED answers
  return { ...input, method, ...(method === 'POST' ? {} : { expects: { hidesPersons: true } }) };
}

/** Bytes that are no UTF-8, no JSON, or nothing. */
function oddBytes(random: Random, n: number): HttpInput {
  const id = markOf(n);
  const sound = jsonText(cloudEvent(id, timeEntry(id)));
  const bytes = random.pick([
    Buffer.from(sound, 'utf16le'),
    Buffer.concat([Buffer.from('\ufeff'), Buffer.from(sound)]),
    Buffer.from(sound.replace('/fuzz', '/fu\u00e9z'), 'latin1'),
    Buffer.concat([Buffer.from(sound), Buffer.from([0])]),
    Buffer.from(sound.slice(0, random.between(0, sound.length))),
    Buffer.alloc(0),
    Buffer.from([0xff, 0xfe, 0xed, 0xa0, 0x80]),
    Buffer.from(`${sound}${sound}`),
    Buffer.from(sound.replace('"id"', '"id":"other","id"')),
    Buffer.from(sound.replace('"data"', '"data_base64":"%%%","data"')),
    Buffer.from(
      jsonText({ ...cloudEvent(id, undefined), data_base64: Buffer.from(new RawJson('['.repeat(5_000)).text).toString('base64') }),
    ),
  ]);
  return post({
    family: 'odd bytes',
    webhook: anyWebhook(random),
    type: random.pick([structured, batched, 'application/json']),
    body: bytes,
  });
}

/** Requests as no client would write them. */
function rawRequest(random: Random, n: number): HttpInput {
  const id = markOf(n);
  const body = jsonText(cloudEvent(id, { id }));
  const head = (lines: string[], path = '/events/none') => `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${lines.join('\r\n')}\r\n\r\n`;
  const type = `Content-Type: ${structured}`;
  const length = `Content-Length: ${body.length}`;
  const [bytes, then] = random.pick([
    [head([type, `Content-Length: ${body.length + 50}`]) + body, 'cut'],
    [head([type, `Content-Length: ${body.length + 50}`]) + body, 'end'],
    [head([type, `Content-Length: ${body.length - 5}`]) + body, 'end'],
    [(head([type, length]) + body).repeat(20), 'end'],
    [head([type, 'Content-Length: -1']) + body, 'end'],
    [head([type, length, 'Content-Length: 7']) + body, 'end'],
    [head([type, length, 'Transfer-Encoding: chunked']) + body, 'end'],
    [`${head([type, 'Transfer-Encoding: chunked'])}fffffffff\r\n${body}`, 'cut'],
    [`${head([type, 'Transfer-Encoding: chunked'])}zz\r\n${body}`, 'end'],
    [head([type, length, `X-Long: ${'h'.repeat(30_000)}`]) + body, 'end'],
    [head([type, ...Array.from({ length: 2_500 }, (_, index) => `h${index}: 1`), length]) + body, 'end'],
    [head([type, length], `/events/none?${'q=1&'.repeat(2_000)}`) + body, 'end'],
    [head([type, length], '/events/%2e%2e/none') + body, 'end'],
    [head([type, length], 'http://evil.example/events/none') + body, 'end'],
    [`POST /events/none HTTP/3.0\r\n\r\n`, 'end'],
    ['\u0016\u0003\u0001 hello TLS', 'end'],
    [`${head([type, length])}${body.slice(0, 10)}`, 'cut'],
  ] as [string, 'end' | 'cut'][]);
  return {
    ...post({ family: 'raw request', webhook: 'none', type: structured, body: '' }),
    raw: { bytes: Buffer.from(bytes, 'latin1'), then },
    expects: {},
  };
}
