import type { SystemAccess } from '../../system-access.ts';
import { signed } from './signed.ts';

type Row = Record<string, string | undefined>;

/** Calls that an account which is busy refuses are made again so often: accounting waits until the page loads. */
const TRIES = 50;

/**
 * NetSuite as accounting uses it: the record service and SuiteQL, signed in by token (OAuth 1.0a, HMAC-SHA256; NetSuite help, "The Signature for Web
 * Services").
 */
export class NetSuiteDesk {
  private readonly access: SystemAccess;

  constructor(access: SystemAccess) {
    this.access = access;
  }

  async query(q: string): Promise<Row[]> {
    const { body } = await this.call('POST', '/query/v1/suiteql', { q });
    const { items, hasMore } = body as { items: Row[]; hasMore: boolean };
    if (hasMore) throw new Error(`more than one page: ${q}`);
    return items;
  }

  /** Answers the new record's id. */
  async create(type: string, record: object): Promise<string> {
    const { location } = await this.call('POST', `/record/v1/${type}`, record);
    return location.split('/').at(-1) as string;
  }

  async remove(type: string, id: string): Promise<void> {
    await this.call('DELETE', `/record/v1/${type}/${id}`);
  }

  /** What the button *Void* of the user interface does, which speaks no API. */
  async pressVoid(type: string, id: string): Promise<void> {
    const body = JSON.stringify({ records: { [type]: [{ id, status: 'V' }] } });
    const response = await fetch(`${this.access.url}/__sandbox/load`, { method: 'POST', body });
    if (!response.ok) throw new Error(`NetSuite, void ${type} ${id}: ${response.status} ${await response.text()}`);
  }

  private async call(method: string, path: string, record?: object): Promise<{ body: unknown; location: string }> {
    const url = `${this.access.url}/services/rest${path}`;
    for (let tries = 1; ; tries += 1) {
      const response = await fetch(url, {
        method,
        headers: {
          authorization: signed(this.access, method, url),
          ...(record ? { 'content-type': 'application/json', prefer: 'transient' } : {}),
        },
        ...(record ? { body: JSON.stringify(record) } : {}),
      });
      const text = await response.text();
      if (response.ok) return { body: text ? JSON.parse(text) : undefined, location: response.headers.get('location') ?? '' };
      if (response.status !== 429 || tries === TRIES) throw new Error(`NetSuite ${method} ${path}: ${response.status} ${text}`);
    }
  }
}
