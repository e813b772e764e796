import { salesforce } from '../../sandbox/salesforce/definition.ts';
import type { SalesforceState } from '../../sandbox/salesforce/store/state.ts';
import { Simulator } from '../../sandbox/simulator.ts';

/** A member of an answer, by a path such as `results.0.errors`; undefined where there is none. */
export function at(body: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], body);
}

export const list = (body: unknown, path: string): readonly unknown[] => at(body, path) as readonly unknown[];

/** Raw HTTP against a simulator of its own: nothing of the connector is involved. */
export class SalesforceClient {
  readonly sim = new Simulator<SalesforceState>(salesforce, { port: 0 });
  credentials: Record<string, string> = {};
  token = '';

  async start(): Promise<this> {
    await this.sim.start();
    return this;
  }

  stop(): Promise<void> {
    return this.sim.stop();
  }

  /** An org without records, signed in to. */
  async reset(): Promise<void> {
    this.sim.state = salesforce.emptyState();
    this.sim.journal.restore([]);
    this.sim.faults.clear();
    this.credentials = salesforce.credentials(this.sim);
    const { clientId = '', clientSecret = '' } = this.credentials;
    const { body } = await this.grant({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret });
    this.token = String(at(body, 'access_token'));
  }

  async grant(form: Record<string, string>, headers: Record<string, string> = {}): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${this.sim.url}/services/oauth2/token`, { method: 'POST', body: new URLSearchParams(form), headers });
    return { status: response.status, body: await response.json() };
  }

  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}, version = '66.0') {
    const response = await fetch(`${this.sim.url}${path.startsWith('/services') ? path : `/services/data/v${version}/${path}`}`, {
      method,
      headers: { Authorization: `Bearer ${this.token}`, 'Content-Type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body) }),
    } as RequestInit);
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    return { status: response.status, headers: response.headers, body: (isJson && text !== '' ? JSON.parse(text) : text) as unknown };
  }

  async soql(query: string): Promise<unknown> {
    return (await this.call('GET', `query?q=${encodeURIComponent(query)}`)).body;
  }
}
