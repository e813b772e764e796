import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import type { Simulator } from '../simulator.ts';
import { callerBase } from './caller-base.ts';
import type { NetSuiteState } from './state.ts';

const toleranceSeconds = 300;

/** Nonces seen within the tolerance, oldest first; each may be used once. */
export class NonceLog {
  private readonly seen = new Map<string, number>();

  /** false when it was used before */
  use(nonce: string, now: number): boolean {
    for (const [old, at] of this.seen) {
      if (now - at <= 2 * toleranceSeconds) break;
      this.seen.delete(old);
    }
    if (this.seen.has(nonce)) return false;
    this.seen.set(nonce, now);
    return true;
  }
}

/**
 * Token-Based Authentication: OAuth 1.0a with HMAC-SHA256. Signed are method, URL without query, query and oauth_* parameters;
 * neither the realm nor a JSON body is. https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_1534941088.html
 */
export function signatureAccepted(sim: Simulator<NetSuiteState>, nonces: NonceLog, request: Request, header: string): boolean {
  const { credentials } = sim.state;
  const sent = parameters(header);
  const now = Date.now() / 1000;
  const nonce = sent.oauth_nonce ?? '';
  const wellFormed =
    sent.realm === credentials.accountId &&
    sent.oauth_consumer_key === credentials.consumerKey &&
    sent.oauth_token === credentials.tokenId &&
    sent.oauth_signature_method === 'HMAC-SHA256' &&
    (sent.oauth_version === undefined || sent.oauth_version === '1.0') &&
    /^[A-Za-z0-9]{6,64}$/.test(nonce) &&
    Math.abs(now - Number(sent.oauth_timestamp)) <= toleranceSeconds;
  if (!wellFormed) return false;
  const expected = createHmac('sha256', `${encode(credentials.consumerSecret)}&${encode(credentials.tokenSecret)}`)
    .update(baseString(callerBase(sim, request), request, sent))
    .digest();
  const given = Buffer.from(sent.oauth_signature ?? '', 'base64');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
  return nonces.use(nonce, now);
}

function parameters(header: string): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [, name = '', value = ''] of header.matchAll(/(?<!\w)(\w+)="([^"]*)"/g)) result[name] = decodeURIComponent(value);
  return result;
}

function baseString(base: string, request: Request, sent: Record<string, string>): string {
  const url = new URL(request.originalUrl, base);
  const signed: [string, string][] = [...url.searchParams];
  for (const [name, value] of Object.entries(sent)) {
    if (name.startsWith('oauth_') && name !== 'oauth_signature') signed.push([name, value]);
  }
  const pairs = signed.map(([name, value]) => `${encode(name)}=${encode(value)}`).sort();
  return [request.method, encode(`${url.origin}${url.pathname}`), encode(pairs.join('&'))].join('&');
}

/** RFC 3986 percent-encoding, which OAuth 1.0a demands (RFC 5849 §3.6). */
function encode(value: string): string {
  return encodeURIComponent(value).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
