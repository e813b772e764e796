import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ScriptedRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

export interface ScriptedAnswer {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** A Salesforce org that answers what a test says, for situations which the simulator has no reason to produce. */
export class ScriptedOrg {
  readonly requests: ScriptedRequest[] = [];
  url = '';
  tokens = 0;
  now = new Date('2026-11-23T10:00:00Z');
  private readonly server: Server;
  private readonly answer: (request: ScriptedRequest, org: ScriptedOrg) => ScriptedAnswer | undefined;

  constructor(answer: (request: ScriptedRequest, org: ScriptedOrg) => ScriptedAnswer | undefined) {
    this.answer = answer;
    this.server = createServer((incoming, outgoing) => {
      let body = '';
      incoming.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      incoming.on('end', () => {
        const url = new URL(incoming.url ?? '/', this.url);
        const request = { method: incoming.method ?? '', path: url.pathname, query: url.searchParams, headers: incoming.headers, body };
        this.requests.push(request);
        const { status = 200, body: text, headers } = this.answer(request, this) ?? this.usual(request);
        outgoing.writeHead(status, { 'Content-Type': 'application/json', Date: this.now.toUTCString(), ...headers });
        outgoing.end(text === undefined ? '' : typeof text === 'string' ? text : JSON.stringify(text));
      });
    });
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** SOQL texts received, in order. */
  queries(): string[] {
    return this.requests.flatMap((request) => request.query.get('q') ?? []);
  }

  private usual(request: ScriptedRequest): ScriptedAnswer {
    if (request.path === '/services/oauth2/token') {
      this.tokens++;
      const id = `${this.url}/id/00D000000000001AAA/005000000000001AAA`;
      return { body: { access_token: `00D000000000001!${this.tokens}`, instance_url: this.url, id, token_type: 'Bearer' } };
    }
    if (request.path === '/services/data/') return { body: [{ label: "Spring '26", url: '/services/data/v66.0', version: '66.0' }] };
    const described = /\/sobjects\/(\w+)\/describe$/.exec(request.path)?.[1];
    if (described) return { body: { name: described, label: described, fields: fieldsOf(described), childRelationships: [] } };
    return { status: 404, body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }] };
  }
}

export function field(name: string, type = 'string') {
  return {
    name,
    label: name,
    type,
    custom: name.endsWith('__c'),
    createable: true,
    updateable: true,
    nillable: true,
    referenceTo: [],
    picklistValues: [],
  };
}

function fieldsOf(sobject: string) {
  const names = [
    'Id',
    'Name',
    'Email',
    'StageName',
    'Amount',
    'LastStageChangeDate',
    'CreatedDate',
    'SystemModstamp',
    'Engagement_Code__c',
  ];
  return names.filter((name) => sobject === 'User' || name !== 'Email').map((name) => field(name));
}

export const settings = (org: ScriptedOrg) =>
  ({ loginUrl: org.url, flow: 'client-credentials', clientId: 'key', clientSecret: 'secret' }) as const;
