import { createHmac, randomUUID } from 'node:crypto';
import { required, type SystemAccess } from '../../system-access.ts';

/** The header of a call by token-based authentication: OAuth 1.0a, HMAC-SHA256 (NetSuite help, "The Signature for Web Services"). */
export function signed(access: SystemAccess, method: string, url: string): string {
  const oauth: Record<string, string> = {
    oauth_consumer_key: required(access, 'consumerKey'),
    oauth_nonce: randomUUID().replaceAll('-', ''),
    oauth_signature_method: 'HMAC-SHA256',
    oauth_timestamp: String(Math.floor(Date.now() / 1000)),
    oauth_token: required(access, 'tokenId'),
    oauth_version: '1.0',
  };
  const enc = encodeURIComponent;
  const parameters = Object.entries(oauth).map(([name, value]) => `${enc(name)}=${enc(value)}`);
  const base = [method, enc(url), enc(parameters.sort().join('&'))].join('&');
  const key = `${enc(required(access, 'consumerSecret'))}&${enc(required(access, 'tokenSecret'))}`;
  const signature = createHmac('sha256', key).update(base).digest('base64');
  const all = { realm: required(access, 'accountId'), ...oauth, oauth_signature: signature };
  return `OAuth ${Object.entries(all)
    .map(([name, value]) => `${name}="${enc(value)}"`)
    .join(', ')}`;
}
