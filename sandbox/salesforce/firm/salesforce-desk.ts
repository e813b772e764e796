import { required, type SystemAccess } from '../../system-access.ts';

/** Salesforce as the sales people's browser uses it: log in, look, change (REST API Developer Guide, `query` and `sobjects`). */
export class SalesforceDesk {
  private readonly access: SystemAccess;
  private readonly version: string;
  private login: { token: string; url: string } | undefined;

  constructor(access: SystemAccess) {
    this.access = access;
    this.version = (access['apiVersion'] ?? '60.0').replace(/^v/, '');
  }

  async query<T>(soql: string): Promise<T[]> {
    const answer = (await this.call('GET', `/query?q=${encodeURIComponent(soql)}`)) as { records: T[] };
    return answer.records;
  }

  async update(type: string, id: string, fields: Record<string, unknown>): Promise<void> {
    await this.call('PATCH', `/sobjects/${type}/${id}`, fields);
  }

  async remove(type: string, id: string): Promise<void> {
    await this.call('DELETE', `/sobjects/${type}/${id}`);
  }

  private async call(method: string, path: string, body?: unknown, again = true): Promise<unknown> {
    this.login ??= await this.logIn();
    const response = await fetch(`${this.login.url}/services/data/v${this.version}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.login.token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (response.status === 401 && again) {
      this.login = undefined;
      return this.call(method, path, body, false);
    }
    if (!response.ok) throw new Error(`Salesforce ${method} ${path}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  private async logIn(): Promise<{ token: string; url: string }> {
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: required(this.access, 'clientId'),
      client_secret: required(this.access, 'clientSecret'),
    });
    const response = await fetch(`${this.access.url}/services/oauth2/token`, { method: 'POST', body: form });
    const answer = (await response.json()) as { access_token?: string; instance_url?: string };
    if (!answer.access_token) throw new Error(`Salesforce login: ${response.status} ${JSON.stringify(answer)}`);
    return { token: answer.access_token, url: answer.instance_url ?? this.access.url };
  }
}
