import { createHmac, randomUUID } from 'node:crypto';
import { required, type SystemAccess } from '../../sandbox/system-access.ts';

/** The least client that can post to the ERP: token-based authentication (OAuth 1.0a, HMAC-SHA256; NetSuite help, "The Signature for Web Services"). */
export class ErpDesk {
  private readonly access: SystemAccess;

  constructor(access: SystemAccess) {
    this.access = access;
  }

  async ids(table: string): Promise<Map<string, string>> {
    const { text } = await this.call('POST', '/services/rest/query/v1/suiteql', { q: `SELECT id, externalid FROM ${table}` });
    const { items } = JSON.parse(text) as { items: { id: string; externalid?: string }[] };
    return new Map(items.map((item) => [item.externalid ?? '', item.id]));
  }

  post(type: string, record: object): Promise<{ status: number; text: string }> {
    return this.call('POST', `/services/rest/record/v1/${type}`, record);
  }

  private async call(method: string, path: string, body: object): Promise<{ status: number; text: string }> {
    const url = `${this.access.url}${path}`;
    const response = await fetch(url, {
      method,
      headers: { authorization: this.sign(method, url), 'content-type': 'application/json', prefer: 'transient' },
      body: JSON.stringify(body),
    });
    return { status: response.status, text: await response.text() };
  }

  private sign(method: string, url: string): string {
    const oauth: Record<string, string> = {
      oauth_consumer_key: required(this.access, 'consumerKey'),
      oauth_nonce: randomUUID().replaceAll('-', ''),
      oauth_signature_method: 'HMAC-SHA256',
      oauth_timestamp: String(Math.floor(Date.now() / 1000)),
      oauth_token: required(this.access, 'tokenId'),
      oauth_version: '1.0',
    };
    const enc = encodeURIComponent;
    const parameters = Object.entries(oauth).map(([name, value]) => `${enc(name)}=${enc(value)}`);
    const base = [method, enc(url), enc(parameters.sort().join('&'))].join('&');
    const key = `${enc(required(this.access, 'consumerSecret'))}&${enc(required(this.access, 'tokenSecret'))}`;
    const signature = createHmac('sha256', key).update(base).digest('base64');
    const all = { realm: required(this.access, 'accountId'), ...oauth, oauth_signature: signature };
    return `OAuth ${Object.entries(all)
      .map(([name, value]) => `${name}="${enc(value)}"`)
      .join(', ')}`;
  }
}
