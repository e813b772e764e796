import { createHash, createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { pauses } from '../../engine/turns.ts';
import { Failure, type Issue } from '../../model/failure.ts';
import { type FailureText, inWords } from '../../model/failure-words.ts';

/** How the sender of a request proves who it is. */
export type SignatureKind = 'standard-webhooks' | 'hmac-sha256' | 'bearer' | 'none';

export interface Signature {
  /** for `WWW-Authenticate` */
  readonly scheme: string;
  /** What is wrong with the signature of a request, if anything. `now` in epoch ms. */
  refusal(headers: IncomingHttpHeaders, body: Buffer, now: number): Promise<Issue | undefined>;
}

/** How old, or how far in the future, a signed timestamp may be. */
export const toleranceSeconds = 300;

/** @param header of an HMAC over the body: `X-Hub-Signature-256` */
export function signatureOf(kind: SignatureKind, secret: string, header: string): Signature {
  switch (kind) {
    case 'standard-webhooks':
      return standardWebhooks(secret);
    case 'hmac-sha256':
      return bodyHmac(secret, header);
    case 'bearer':
      return bearer(secret);
    case 'none':
      return { scheme: 'none', refusal: () => Promise.resolve(undefined) };
    default:
      throw unusable('signature', inWords('SIGNATURE_UNKNOWN', { kind: String(kind) }));
  }
}

/**
 * `v1,<base64 HMAC-SHA256 of id.timestamp.body>`, several parted by spaces while a secret is being changed.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#signature-scheme
 */
function standardWebhooks(secret: string): Signature {
  const key = standardKey(secret);
  return {
    scheme: 'StandardWebhooks',
    async refusal(headers, body, now) {
      const id = headers['webhook-id'];
      const timestamp = headers['webhook-timestamp'];
      const signatures = headers['webhook-signature'];
      if (typeof id !== 'string') return missing('webhook-id');
      if (typeof timestamp !== 'string') return missing('webhook-timestamp');
      if (typeof signatures !== 'string') return missing('webhook-signature');
      if (!/^\d{1,12}$/.test(timestamp)) return noSeconds('webhook-timestamp');
      const expected = await hmac(key, body, `${id}.${timestamp}.`);
      // all are compared: how long it takes tells nothing
      let matches = false;
      for (const signature of signatures.split(' ', 10)) {
        if (/^v1,[\w+/-]{43}=?$/.test(signature) && isEqual(Buffer.from(signature.slice(3), 'base64'), expected)) matches = true;
      }
      if (!matches) return mismatch('webhook-signature');
      if (Math.abs(now / 1000 - Number(timestamp)) > toleranceSeconds) {
        return { field: 'webhook-timestamp', ...inWords('SIGNATURE_OLD', { minutes: toleranceSeconds / 60 }) };
      }
      return undefined;
    },
  };
}

/**
 * The key of a secret: base64 behind `whsec_`, else the text itself. One that is not base64 could decode to no key at all.
 * A key object, because with plain bytes each HMAC takes five times as long.
 */
function standardKey(secret: string): KeyObject {
  if (!secret.startsWith('whsec_')) return createSecretKey(secret, 'utf8');
  const base64 = secret.slice(6);
  const key = Buffer.from(base64, 'base64');
  if (key.length > 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return createSecretKey(key);
  throw unusable('secret', inWords('SECRET_INVALID'));
}

/** `sha256=<hex HMAC-SHA256 of the body>`. https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries */
function bodyHmac(secret: string, header: string): Signature {
  const name = header.toLowerCase();
  const key = createSecretKey(secret, 'utf8');
  return {
    scheme: 'HMAC-SHA256',
    async refusal(headers, body) {
      const given = headers[name];
      if (typeof given !== 'string') return missing(header);
      const hex = given.startsWith('sha256=') ? given.slice(7) : given;
      // Buffer.from ends at the first letter that is none of hex, and takes what came before for the whole
      if (!/^[0-9a-f]{64}$/i.test(hex)) return mismatch(header);
      const expected = await hmac(key, body);
      return isEqual(Buffer.from(hex, 'hex'), expected) ? undefined : mismatch(header);
    },
  };
}

/** https://www.rfc-editor.org/rfc/rfc6750#section-2.1 */
function bearer(secret: string): Signature {
  const expected = sha256(secret);
  return {
    scheme: 'Bearer',
    async refusal(headers) {
      const token = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
      if (token === undefined) return missing('Authorization');
      // by their hashes: these are of one length, whatever the token is
      return timingSafeEqual(sha256(token), expected) ? undefined : mismatch('Authorization');
    },
  };
}

/** So many bytes are hashed at once. */
const slice = 1024 * 1024;

/** HMAC-SHA256 of a prefix and a body; of a long one while everybody else has their turns. */
async function hmac(key: KeyObject, body: Buffer, prefix = ''): Promise<Buffer> {
  const hash = createHmac('sha256', key).update(prefix);
  const pause = pauses(1);
  for (let from = 0; from < body.length; from += slice) {
    hash.update(body.subarray(from, from + slice));
    const turn = pause();
    if (turn) await turn;
  }
  return hash.digest();
}

function unusable(field: string, why: FailureText): Failure {
  return new Failure({ class: 'contract.invalid', ...why, field });
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

function isEqual(given: Buffer, expected: Buffer): boolean {
  return given.length === expected.length && timingSafeEqual(given, expected);
}

const missing = (field: string): Issue => ({ field, ...inWords('SIGNATURE_MISSING', { field }) });
const mismatch = (field: string): Issue => ({ field, ...inWords('SIGNATURE_WRONG', { field }) });
const noSeconds = (field: string): Issue => ({ field, ...inWords('SIGNATURE_WRONG.seconds', { field }) });
