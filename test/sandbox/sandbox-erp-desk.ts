import { signed } from '../../sandbox/netsuite/firm/signed.ts';
import type { SystemAccess } from '../../sandbox/system-access.ts';

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
      headers: { authorization: signed(this.access, method, url), 'content-type': 'application/json', prefer: 'transient' },
      body: JSON.stringify(body),
    });
    return { status: response.status, text: await response.text() };
  }
}
