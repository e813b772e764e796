import { createHmac, randomBytes } from 'node:crypto';
import { importPKCS8, SignJWT } from 'jose';
import { netsuite } from '../../sandbox/netsuite/definition.ts';
import type { NetSuiteState } from '../../sandbox/netsuite/state.ts';
import { Simulator } from '../../sandbox/simulator.ts';

export interface Answer {
  status: number;
  headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read answers of every shape
  body: any;
}

export interface Call {
  body?: unknown;
  headers?: Record<string, string>;
  authorization?: string;
}

/** A running NetSuite account for one test, spoken to with plain HTTP. */
export class NetSuiteAccount {
  readonly sim: Simulator<NetSuiteState>;
  private token = '';

  constructor(dir?: string) {
    this.sim = new Simulator(netsuite, { port: 0, ...(dir ? { dir } : {}) });
  }

  async open(): Promise<this> {
    await this.sim.start();
    this.token = (await this.requestToken(await this.assertion())).body.access_token as string;
    return this;
  }

  load(data: unknown): void {
    netsuite.load(this.sim, data);
  }

  get tokenUrl(): string {
    return `${this.sim.url}/services/rest/auth/oauth2/v1/token`;
  }

  async assertion(
    changes: { alg?: string; kid?: string; key?: string; audience?: string; issuer?: string; lifetime?: number; scope?: unknown } = {},
  ): Promise<string> {
    const credentials = netsuite.credentials(this.sim);
    const alg = changes.alg ?? 'PS256';
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ scope: changes.scope ?? ['rest_webservices'] })
      .setProtectedHeader({ alg, typ: 'JWT', kid: changes.kid ?? credentials.certificateId ?? '' })
      .setIssuer(changes.issuer ?? credentials.clientId ?? '')
      .setAudience(changes.audience ?? this.tokenUrl)
      .setIssuedAt(now)
      .setExpirationTime(now + (changes.lifetime ?? 300))
      .sign(await importPKCS8(changes.key ?? credentials.privateKey ?? '', alg));
  }

  async requestToken(assertion: string, changes: Record<string, string> = {}): Promise<Answer> {
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
      ...changes,
    });
    return answer(await fetch(this.tokenUrl, { method: 'POST', body: form }));
  }

  /** `path` below `/services/rest` */
  async call(method: string, path: string, { body, headers = {}, authorization }: Call = {}): Promise<Answer> {
    return answer(
      await fetch(`${this.sim.url}/services/rest${path}`, {
        method,
        headers: {
          authorization: authorization ?? `Bearer ${this.token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
  }

  record(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer> {
    return this.call(method, `/record/v1/${path}`, { body, ...(headers ? { headers } : {}) });
  }

  /** Creates a record and returns its internal id. */
  async create(type: string, body: unknown): Promise<string> {
    const created = await this.record('POST', type, body);
    if (created.status !== 204) throw new Error(`${type}: ${JSON.stringify(created.body)}`);
    return idOf(created);
  }

  async query(q: string, page = ''): Promise<Answer> {
    return this.call('POST', `/query/v1/suiteql${page}`, { body: { q }, headers: { prefer: 'transient' } });
  }

  async rows(q: string, page = ''): Promise<Record<string, unknown>[]> {
    const found = await this.query(q, page);
    if (found.status !== 200) throw new Error(JSON.stringify(found.body));
    return (found.body.items as Record<string, unknown>[]).map(({ links: _links, ...row }) => row);
  }

  /** An OAuth 1.0a header, signed by hand after RFC 5849. */
  signature(
    method: string,
    url: string,
    changes: { nonce?: string; timestamp?: number; realm?: string; method?: string; tokenSecret?: string } = {},
  ): string {
    const { accountId, consumerKey, consumerSecret, tokenId, tokenSecret } = this.sim.state.credentials;
    const signed: Record<string, string> = {
      oauth_consumer_key: consumerKey,
      oauth_nonce: changes.nonce ?? randomBytes(12).toString('hex'),
      oauth_signature_method: changes.method ?? 'HMAC-SHA256',
      oauth_timestamp: String(changes.timestamp ?? Math.floor(Date.now() / 1000)),
      oauth_token: tokenId,
      oauth_version: '1.0',
    };
    const { origin, pathname, searchParams } = new URL(url);
    const pairs = [...Object.entries(signed), ...searchParams].map(([name, value]) => `${encode(name)}=${encode(value)}`).sort();
    const base = `${method}&${encode(origin + pathname)}&${encode(pairs.join('&'))}`;
    const key = `${encode(consumerSecret)}&${encode(changes.tokenSecret ?? tokenSecret)}`;
    const oauth_signature = createHmac('sha256', key).update(base).digest('base64');
    const fields = Object.entries({ realm: changes.realm ?? accountId, ...signed, oauth_signature });
    return `OAuth ${fields.map(([name, value]) => `${name}="${encode(value)}"`).join(',')}`;
  }
}

export function idOf(created: Answer): string {
  return (created.headers.get('location') ?? '').split('/').pop() ?? '';
}

/** The refusal's first detail. */
export function refusal(refused: Answer): { status: number; code: string; detail: string; path?: string } {
  const [first] = refused.body['o:errorDetails'];
  return { status: refused.status, code: first['o:errorCode'], detail: first.detail, path: first['o:errorPath'] };
}

function encode(value: string): string {
  return encodeURIComponent(value).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

async function answer(response: Response): Promise<Answer> {
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text && /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text,
  };
}

/** A customer of the German entity with a project, a task and a consultant. */
export const smallFirm = {
  records: {
    employee: [{ externalId: 'EMP-1', firstName: 'Ada', lastName: 'Keller', email: 'ada@example.com', subsidiary: { externalId: 'DE01' } }],
    customer: [{ externalId: 'ACC-1', companyName: 'Nordwind AG', subsidiary: { externalId: 'DE01' }, terms: '2' }],
    job: [{ externalId: 'PRJ-1', companyName: 'Core banking', parent: { externalId: 'ACC-1' } }],
    projectTask: [{ externalId: 'TSK-1', title: 'Design', project: { externalId: 'PRJ-1' } }],
  },
};

/** A time entry on that project, as a client would send it. */
export function timeEntry(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    employee: { externalId: 'EMP-1' },
    customer: { externalId: 'PRJ-1' },
    caseTaskEvent: { externalId: 'TSK-1' },
    item: { externalId: 'SVC-CONSULTING' },
    tranDate: '2026-10-05',
    hours: '4:00',
    isBillable: true,
    memo: 'Workshop',
    ...changes,
  };
}
