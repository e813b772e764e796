import { type HttpInput, markOf } from './input.ts';
import type { Random } from './input-random.ts';
import { jsonText, RawJson } from './raw-json.ts';
import { cloudEvent, timeEntry } from './samples.ts';
import { anyWebhook, batched, post, structured, webhooks } from './webhook-post.ts';

export function wrongSignature(random: Random, n: number): HttpInput {
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

export function oddHeaders(random: Random, n: number): HttpInput {
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
export function oddBytes(random: Random, n: number): HttpInput {
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
export function rawRequest(random: Random, n: number): HttpInput {
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
    [head([type, length], `/events/none?${'a[b]'.repeat(300)}=1&__proto__[x]=1&constructor[prototype][x]=1`) + body, 'end'],
    [head([type, length], '/events/none;a=b/../none#x') + body, 'end'],
    [head([type, length], '//events//none') + body, 'end'],
    // parts with extensions, and what comes behind the last
    [`${head([type, 'Transfer-Encoding: chunked'])}${body.length.toString(16)};e="x"\r\n${body}\r\n0\r\nContent-Length: 9\r\n\r\n`, 'end'],
    [`${head([type, 'Transfer-Encoding: chunked'])}${[...body].map((letter) => `1\r\n${letter}\r\n`).join('')}0\r\n\r\n`, 'end'],
    [head([type, length, 'Transfer-Encoding: gzip, chunked']) + body, 'end'],
    [`${head([type, length, 'Expect: 100-continue'])}`, 'cut'],
    [`${head([type, length, 'Upgrade: websocket', 'Connection: Upgrade'])}${body}`, 'end'],
    [head([type, length, ...Array.from({ length: 300 }, (_, index) => `Cookie: c${index}=${'v'.repeat(20)}`)]) + body, 'end'],
    // requests one behind the other: the second for somebody else
    [`${head([type, length])}${body}${'GET /ps-connect/api/v1/runs HTTP/1.1\r\nHost: evil.example\r\n\r\n'.repeat(30)}`, 'end'],
    [`${head([type, 'Content-Length: 900000'])}${body}`, 'cut'],
    [`POST /events/none HTTP/1.1\nHost: 127.0.0.1\n${type}\n${length}\n\n${body}`, 'end'],
    [`POST /events/none HTTP/1.1\r\nHost: a\r\nHost: b\r\n${type}\r\n${length}\r\n\r\n${body}`, 'end'],
    [`POST /events/none HTTP/1.1\r\nHost: 127.0.0.1\r\n${type}\r\n${length}\r\nx: a\r\n folded\r\n\r\n${body}`, 'end'],
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
