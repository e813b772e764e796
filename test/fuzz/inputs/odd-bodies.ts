import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { ask, find } from './admin-request.ts';
import { type HttpInput, markOf } from './input.ts';
import type { Random } from './input-random.ts';
import { jsonText } from './raw-json.ts';
import { cloudEvent, timeEntry } from './samples.ts';
import { anyWebhook, batched, post, structured } from './webhook-post.ts';

const ways = {
  gzip: (bytes: Buffer) => gzipSync(bytes, { level: 1 }),
  deflate: (bytes: Buffer) => deflateSync(bytes, { level: 1 }),
  br: (bytes: Buffer) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
} as const;

/** A body that is compressed as it says, or twice, or becomes much larger than it is. */
function compressed(random: Random, sound: string): { body: Buffer; headers: [string, string][] } {
  const way = random.pick(['gzip', 'deflate', 'br'] as const);
  const large = random.chance(40);
  const text = large ? sound.replace('{', `{"filler":"${'0'.repeat(random.pick([200_000, 8_000_000]))}",`) : sound;
  const once = ways[way](Buffer.from(text));
  const twice = random.chance(15);
  const body = twice ? ways[way](once) : random.chance(10) ? once.subarray(0, once.length - 6) : once;
  return { body, headers: [['content-encoding', twice ? `${way}, ${way}` : way]] };
}

export function compressedEvent(random: Random, n: number): HttpInput {
  const id = markOf(n);
  const { body, headers } = compressed(random, jsonText(cloudEvent(id, timeEntry(id))));
  return post({ family: 'compressed', webhook: anyWebhook(random), type: structured, body, headers });
}

export function compressedReplay(random: Random): HttpInput {
  const { body, headers } = compressed(random, jsonText({ runs: ['{dead}'], reason: 'fuzz' }));
  const input = ask(find('/replays'), {
    family: 'compressed',
    identity: 'admin',
    headers: [['content-type', 'application/json'], ...headers],
  });
  return { ...input, body };
}

/** Bodies of other sorts, and JSON in other encodings than UTF-8. */
export function otherBody(random: Random, n: number): HttpInput {
  const id = markOf(n);
  const sound = jsonText(cloudEvent(id, timeEntry(id)));
  const [type, body] = random.pick<[string, Buffer]>([
    ['multipart/form-data; boundary=b', Buffer.from(`--b\r\ncontent-disposition: form-data; name="event"\r\n\r\n${sound}\r\n--b--\r\n`)],
    ['multipart/mixed; boundary=', Buffer.from(`--\r\n\r\n${sound}\r\n----`)],
    ['application/x-www-form-urlencoded', Buffer.from(`__proto__[x]=1&a[b][c]=2&event=${encodeURIComponent(sound)}`)],
    ['application/json; charset=utf-16le', Buffer.from(sound, 'utf16le')],
    ['application/json; charset=utf-7', Buffer.from(sound.replace('/fuzz', '+AC8-fuzz'))],
    [structured, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(sound, 'utf16le')])],
    [structured, Buffer.from(sound.replace('/fuzz', '/fu\u00c0\u00afz'), 'latin1')],
    [structured, Buffer.from(sound.replaceAll(id, `${id}\u2028`))],
    [structured, Buffer.from(sound.replaceAll(id, `${id}\\u2029\\u0085`))],
    [structured, Buffer.from(sound.replaceAll(id, `${id}\\ud83d`))],
    [structured, Buffer.from(sound.replace(`"${id}"`, `"${id}\\u0000"`))],
    [structured, Buffer.from(sound.replace('{', '{"specversion":"1.0","specversion":"0.3","data":1,'))],
    [structured, Buffer.from(sound.replace('{', '{"__proto__":{"id":"other"},"data_base64":"e30=",'))],
    [batched, Buffer.from(`[[${sound}],[[]],${sound}]`)],
    [batched, Buffer.from(`[${sound},${sound},${sound}]`)],
    [batched, Buffer.from(`\ufeff [ ${sound} ] `)],
    [batched, Buffer.from(`[${sound}`.padEnd(200_000, '\n'))],
    [batched, Buffer.from(`${'[]'.repeat(40_000)}`)],
  ]);
  return post({ family: 'other body', webhook: anyWebhook(random), type, body });
}
