import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT } from 'jose';
import { node } from './flow-parts.ts';
import type { FlowNode, LiveNodeRed } from './live-node-red.ts';

/** A node at which calls come in, as the editor saves it. */
export const apiIn = (id: string, more: object, to = 'answer'): FlowNode =>
  node(id, 'business-api-in', [[to]], { api: 'timesheets', apiVersion: 1, callers: 'access', access: 'access', policy: 'policy', ...more });

export const apiAnswer = (id = 'answer', more: object = {}): FlowNode =>
  node(id, 'business-api-response', [['sink']], { policy: 'policy', ...more });

export interface Told {
  status: number;
  headers: Headers;
  body: Record<string, unknown> & { code?: string; detail?: string; errors?: Record<string, string>[]; instance?: string };
}

/** Calls an API, as a client does. */
export async function call(
  live: LiveNodeRed,
  method: string,
  path: string,
  { headers = {}, body, raw }: { headers?: Record<string, string>; body?: unknown; raw?: string } = {},
): Promise<Told> {
  const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(`${live.editor}${path}`, {
    method,
    headers: { ...(sent === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(sent === undefined ? {} : { body: sent }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text.startsWith('{') || text.startsWith('[') ? (JSON.parse(text) as Told['body']) : {},
  };
}

/** A key of a consumer, made by the admin API. */
export async function newKey(
  live: LiveNodeRed,
  consumer: string,
  scopes: string[],
  more: object = {},
): Promise<{ id: string; key: string }> {
  const response = await live.call('/ps-connect/api/v1/api-keys', { method: 'POST', body: { consumer, scopes, ...more } });
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as { id: string; key: string };
}

type Pair = Awaited<ReturnType<typeof generateKeyPair>>;

/** Somebody who issues tokens, and serves the keys by which they are checked. */
export class Issuer {
  readonly name = 'https://login.example.com/';
  /** how often the keys were asked for */
  asked = 0;
  private readonly keys = new Map<string, Pair>();
  private server!: Server;

  async start(): Promise<this> {
    await this.addKey('first');
    this.server = createServer((_request, response) => {
      this.asked++;
      void this.jwks().then((jwks) => response.setHeader('content-type', 'application/json').end(JSON.stringify(jwks)));
    });
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/jwks.json`;
  }

  async addKey(kid: string): Promise<void> {
    this.keys.set(kid, await generateKeyPair('RS256', { extractable: true }));
  }

  async pem(kid = 'first'): Promise<string> {
    return exportSPKI(this.keys.get(kid)!.publicKey);
  }

  private async jwks(): Promise<{ keys: JWK[] }> {
    return {
      keys: await Promise.all([...this.keys].map(async ([kid, { publicKey }]) => ({ ...(await exportJWK(publicKey)), kid, alg: 'RS256' }))),
    };
  }

  /** A token that is let in, but for what `claims` say otherwise. */
  token(claims: Record<string, unknown> = {}, kid = 'first'): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ iss: this.name, aud: 'api://psa', exp: now + 300, client_id: 'planning', scope: 'timesheets', ...claims })
      .setProtectedHeader({ alg: 'RS256', kid })
      .sign(this.keys.get(kid)!.privateKey);
  }

  stop(): Promise<void> {
    return new Promise((resolve) => (this.server ? this.server.close(() => resolve()) : resolve()));
  }
}
