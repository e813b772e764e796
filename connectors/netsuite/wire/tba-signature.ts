import { createHmac, randomBytes } from 'node:crypto';
import type { TbaAuth } from '../settings.ts';

export interface TbaMoment {
  /** seconds since 1970 */
  timestamp: number;
  nonce: string;
}

/**
 * The `Authorization` header of Token-Based Authentication: OAuth 1.0a (RFC 5849 §3.4) with HMAC-SHA256; neither realm nor JSON body is signed.
 * https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_1534941088.html
 */
export function tbaAuthorization(auth: TbaAuth, realm: string, method: string, url: string, moment: TbaMoment): string {
  const target = new URL(url);
  const oauth: Record<string, string> = {
    oauth_consumer_key: auth.consumerKey,
    oauth_nonce: moment.nonce,
    oauth_signature_method: 'HMAC-SHA256',
    oauth_timestamp: String(moment.timestamp),
    oauth_token: auth.tokenId,
    oauth_version: '1.0',
  };
  const signature = createHmac('sha256', `${percent(auth.consumerSecret)}&${percent(auth.tokenSecret)}`)
    .update(signatureBase(method, target, oauth))
    .digest('base64');
  const parameters = Object.entries({ ...oauth, oauth_signature: signature }).map(([name, value]) => `${name}="${percent(value)}"`);
  return `OAuth realm="${percent(realm)}", ${parameters.join(', ')}`;
}

/** RFC 5849 §3.4.1: method, address without query, and all parameters sorted by encoded name, then value. */
export function signatureBase(method: string, target: URL, oauth: Record<string, string>): string {
  const parameters = [...target.searchParams, ...Object.entries(oauth)]
    .map(([name, value]) => [percent(name), percent(value)] as const)
    .sort(([nameA, valueA], [nameB, valueB]) => byCode(nameA, nameB) || byCode(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  return [method.toUpperCase(), percent(`${target.origin}${target.pathname}`), percent(parameters)].join('&');
}

const byCode = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);

/** RFC 3986 unreserved characters stay, everything else is encoded (encodeURIComponent leaves `!'()*`). */
export function percent(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

export function tbaMoment(now: number): TbaMoment {
  return { timestamp: Math.floor(now / 1000), nonce: randomBytes(16).toString('hex') };
}
