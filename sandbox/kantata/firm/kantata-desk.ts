import { required, type SystemAccess } from '../../system-access.ts';

export type KantataObject = { id: string } & Record<string, unknown>;

interface Envelope {
  count: number;
  results: { key: string; id: string }[];
}

const PAGE = 200;

/** Kantata OX as its web client uses it (https://developer.kantata.com/): lists, single objects, writes wrapped in their singular or plural key. */
export class KantataDesk {
  private readonly base: string;
  private readonly token: string;

  constructor(access: SystemAccess) {
    this.base = `${access.url}/api/v1`;
    this.token = required(access, 'accessToken');
  }

  async list(collection: string, query: Record<string, string> = {}): Promise<KantataObject[]> {
    const found: KantataObject[] = [];
    for (let page = 1; ; page += 1) {
      const search = new URLSearchParams({ ...query, page: String(page), per_page: String(PAGE) });
      const rows = unwrap(await this.call('GET', `/${collection}?${search}`));
      found.push(...rows);
      if (rows.length < PAGE) return found;
    }
  }

  async create(collection: string, body: Record<string, unknown>): Promise<KantataObject[]> {
    return unwrap(await this.call('POST', `/${collection}`, body));
  }

  async update(path: string, body: Record<string, unknown> = {}): Promise<void> {
    await this.call('PUT', `/${path}`, body);
  }

  async remove(path: string): Promise<void> {
    await this.call('DELETE', `/${path}`);
  }

  private async call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.base}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`Kantata ${method} ${path}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }
}

/** `results` gives order and membership; the keyed objects may hold side-loaded rows as well. */
function unwrap(answer: unknown): KantataObject[] {
  const envelope = answer as Envelope & Record<string, Record<string, KantataObject>>;
  return envelope.results.map(({ key, id }) => envelope[key]?.[id] as KantataObject);
}
