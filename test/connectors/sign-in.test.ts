import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateKeyPairSync } from 'node:crypto';
import should from 'should';
import { createNetSuite } from '../../connectors/netsuite/connector.ts';
import { createSalesforce } from '../../connectors/salesforce/connector.ts';
import { Failure } from '../../model/failure.ts';
import { InMemoryEffects } from './in-memory-effects.ts';
import { signal } from './salesforce-sandbox.ts';
import { type ScriptedAnswer, ScriptedOrg, settings } from './salesforce-scripted-org.ts';

interface Answer {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
  /** resolves when it may be sent */
  when?: Promise<unknown>;
}

const privateKey = generateKeyPairSync('rsa', { modulusLength: 3072 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** A token endpoint of both systems, and an API behind it that answers to the last token. */
class TokenServer {
  signIns = 0;
  calls = 0;
  url = '';
  /** what the token endpoint says instead of giving a token */
  says: (signIn: number) => Answer | undefined = () => undefined;
  /** what the API says instead of its usual */
  apiSays: () => Answer | undefined = () => undefined;
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      request.resume();
      request.on('end', () => {
        const isSignIn = /\/oauth2\/(v1\/)?token$/.test(request.url ?? '');
        const answer = (isSignIn ? this.says(++this.signIns) : this.apiSays()) ?? (isSignIn ? this.token() : this.usual(request.url));
        if (!isSignIn) this.calls++;
        void Promise.resolve(answer.when).then(() => {
          const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {});
          response.writeHead(answer.status ?? 200, { 'Content-Type': 'application/json', ...answer.headers });
          response.end(text);
        });
      });
    });
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private token(): Answer {
    const id = `${this.url}/id/00D000000000001AAA/005000000000001AAA`;
    return { body: { access_token: `00D000000000001!${this.signIns}`, expires_in: 3600, instance_url: this.url, id } };
  }

  private usual(path: string | undefined): Answer {
    return { body: path === '/services/data/' ? [{ version: '66.0' }] : { items: [], hasMore: false } };
  }
}

async function all(list: AsyncIterable<unknown>): Promise<unknown[]> {
  const items: unknown[] = [];
  for await (const item of list) items.push(item);
  return items;
}

/** One harmless call of each system that signs in. */
const systems: Record<string, (url: string) => (abort?: AbortSignal) => Promise<unknown>> = {
  Salesforce: (url) => {
    const crm = createSalesforce({ loginUrl: url, flow: 'client-credentials', clientId: 'key', clientSecret: 'secret', timeoutMs: 5_000 });
    return (abort) => crm.serverTime(abort);
  },
  NetSuite: (url) => {
    const auth = { kind: 'oauth2', clientId: 'id', certificateId: 'certificate', privateKey } as const;
    const erp = createNetSuite({ accountId: '1234567', baseUrl: url, auth, timeoutMs: 5_000 });
    return (abort = signal) => all(erp.operations['posted-time.list']({ from: '2026-11-01', to: '2026-11-01' }, abort));
  },
};

const failureOf = async (work: Promise<unknown>): Promise<Failure> =>
  work.then(
    () => {
      throw new Error('did not fail');
    },
    (error: unknown) => Failure.from(error),
  );

const page = '<!DOCTYPE html><html><body>We are down for maintenance.</body></html>';

for (const [name, connect] of Object.entries(systems)) {
  describe(`Signing in to ${name}`, () => {
    let server: TokenServer;
    beforeEach(async () => {
      server = await new TokenServer().start();
    });
    afterEach(() => server.stop());

    for (const [what, answer, wanted] of [
      [
        '400 unknown_error',
        { status: 400, body: { error: 'unknown_error', error_description: 'retry your request' } },
        'transient.unavailable',
      ],
      ['400 server_error', { status: 400, body: { error: 'server_error' } }, 'transient.unavailable'],
      ['400 temporarily_unavailable', { status: 400, body: { error: 'temporarily_unavailable' } }, 'transient.unavailable'],
      ['400 with an error that nobody knows', { status: 400, body: { error: 'something_new' } }, 'transient.unavailable'],
      ['500 with JSON', { status: 500, body: { error: 'server_error', error_description: 'x' } }, 'transient.unavailable'],
      ['503 with the words of a refusal', { status: 503, body: { error: 'invalid_grant' } }, 'transient.unavailable'],
      ['408', { status: 408, body: '' }, 'transient.timeout'],
      ['429 with the words of a refusal', { status: 429, body: { error: 'invalid_grant' } }, 'transient.throttled'],
      ['a page with status 200', { body: page, headers: { 'Content-Type': 'text/html' } }, 'transient.unavailable'],
      ['a page with status 403', { status: 403, body: page, headers: { 'Content-Type': 'text/html' } }, 'transient.unavailable'],
      ['a page with status 404', { status: 404, body: page, headers: { 'Content-Type': 'text/html' } }, 'transient.unavailable'],
      ['nothing with status 200', { body: '' }, 'transient.unavailable'],
      ['a list with status 200', { body: [] }, 'transient.unavailable'],
      ['an error with status 200', { body: { error: 'invalid_grant' } }, 'auth.denied'],
      [
        '400 login rate exceeded',
        { status: 400, body: { error: 'invalid_grant', error_description: 'login rate exceeded' } },
        'transient.throttled',
      ],
      ['400 invalid_grant', { status: 400, body: { error: 'invalid_grant', error_description: 'no' } }, 'auth.denied'],
      ['401 invalid_client', { status: 401, body: { error: 'invalid_client' } }, 'auth.denied'],
      ['401 without words', { status: 401, body: '' }, 'auth.denied'],
    ] as [string, Answer, string][]) {
      it(`is ${wanted} when it is answered with ${what}`, async () => {
        server.says = () => answer;
        const failure = await failureOf(connect(server.url)());
        should(failure.class).equal(wanted, `${failure.code}: ${failure.message}`);
        should(failure.remedy ?? '').not.equal('');
      });
    }

    it('goes on by itself after a page that came once', async () => {
      server.says = (signIn) => (signIn === 1 ? { body: page } : undefined);
      const call = connect(server.url);
      await failureOf(call());
      await call();
    });

    it('that is refused is refused for all that wait for it, after one attempt', async () => {
      let send: (value?: unknown) => void = () => undefined;
      const when = new Promise((resolve) => (send = resolve));
      server.says = () => ({ status: 400, body: { error: 'invalid_client' }, when });
      const call = connect(server.url);
      const calls = Array.from({ length: 50 }, () => failureOf(call()));
      setImmediate(send);
      should((await Promise.all(calls)).map((failure) => failure.class)).deepEqual(Array(50).fill('auth.denied'));
      should(server.signIns).equal(1);
      await failureOf(call());
      should(server.signIns).equal(1, 'asked again at once: this is how users are locked out');
    });

    it('lets a call go at once that is given up, and the others have their token', async () => {
      let send: (value?: unknown) => void = () => undefined;
      const when = new Promise((resolve) => (send = resolve));
      server.says = () => ({ body: { access_token: 't', instance_url: server.url }, when });
      const call = connect(server.url);
      const other = call();
      const abort = new AbortController();
      const given = failureOf(call(abort.signal));
      abort.abort();
      should(await given).match({ class: 'transient.unavailable', code: 'ABORTED' });
      send();
      await other;
      should(server.signIns).equal(1);
    });
  });
}

describe('A Salesforce sign-in that is refused', () => {
  const refused = async (body: object) => {
    const org = await new ScriptedOrg((request) => (request.path === '/services/oauth2/token' ? { status: 400, body } : undefined)).start();
    try {
      return await failureOf(createSalesforce(settings(org)).serverTime());
    } finally {
      await org.stop();
    }
  };

  for (const [error, description, wanted, remedy] of [
    ['invalid_grant', 'ip restricted', 'auth.denied', /login IP ranges/],
    ['invalid_grant', 'ip restricted or invalid login hours', 'auth.denied', /login hours/],
    ['invalid_grant', 'user is locked', 'auth.denied', /unlock/],
    ['invalid_grant', 'inactive user', 'auth.denied', /activate/],
    ['invalid_grant', 'token request is already being processed', 'transient.unavailable', /try again/],
    ['invalid_grant', 'concurrent refresh', 'transient.unavailable', /try again/],
    ['invalid_request', 'login rate exceeded', 'transient.throttled', /too often/],
    ['rate_limit_exceeded', 'login rate exceeded', 'transient.throttled', /too often/],
  ] as const) {
    it(`with "${description}" is ${wanted}`, async () => {
      should(await refused({ error, error_description: description })).match({ class: wanted, remedy });
    });
  }

  it('by a redirect names the address that it leads to', async () => {
    const org = await new ScriptedOrg(() => ({ status: 302, headers: { Location: 'https://acme.my.salesforce.com/x' } })).start();
    const failure = await failureOf(createSalesforce(settings(org)).serverTime());
    should(failure).match({ class: 'transient.unavailable', remedy: /acme\.my\.salesforce\.com/ });
    await org.stop();
  });
});

describe('A Salesforce org that is moved to another instance', () => {
  const answers = (query: URLSearchParams, method: string) =>
    query.get('q') ? { body: { totalSize: 0, done: true, records: [] } } : method === 'PATCH' ? { status: 204 } : undefined;

  /** Signs in at one address; the org is at a second one, and later at a third. */
  async function moving(kind: 'URL_NOT_RESET' | 'redirect' | 'gone' | 'page', stays = false) {
    let isMoved = false;
    const fresh = await new ScriptedOrg((request) => answers(request.query, request.method)).start();
    const old = await new ScriptedOrg((request) => {
      if (!isMoved) return answers(request.query, request.method);
      if (kind === 'URL_NOT_RESET') return { status: 400, body: [{ errorCode: 'URL_NOT_RESET', message: 'Destination URL not reset.' }] };
      if (kind === 'page') return { status: 404, body: page };
      return { status: 302, headers: { Location: `${fresh.url}${request.path}` }, body: '' };
    }).start();
    const login: ScriptedOrg = await new ScriptedOrg((request, { url, requests }): ScriptedAnswer | undefined => {
      if (request.path !== '/services/oauth2/token') return undefined;
      const id = `${url}/id/00D000000000001AAA/005000000000001AAA`;
      const instance = isMoved && !stays ? fresh.url : old.url;
      return { body: { access_token: `00D000000000001!${requests.length}`, instance_url: instance, id } };
    }).start();
    const crm = createSalesforce(settings(login));
    return {
      crm,
      fresh,
      login,
      poll: () => crm.operations['opportunity.poll']({ version: 1, watermark: '2026-11-23T09:00:00.000Z' }, { rule: 'won' }, signal),
      async move() {
        isMoved = true;
        if (kind === 'gone') await old.stop();
      },
      async stop() {
        await Promise.all([login.stop(), fresh.stop(), kind === 'gone' && isMoved ? undefined : old.stop()]);
      },
    };
  }

  for (const [kind, words] of [
    ['URL_NOT_RESET', 'says so'],
    ['redirect', 'sends calls on'],
    ['gone', 'has left no host behind'],
  ] as const) {
    it(`and ${words} is signed in to once more, and found at its new address`, async () => {
      const org = await moving(kind);
      await org.poll();
      await org.move();
      await org.poll();
      should(org.login.requests).have.length(2);
      const request = { type: 'Opportunity', externalIdField: 'Id', records: [{ Id: '006000000000001AAA', StageName: 'Won' }] };
      const [written] = await org.crm.operations['record.upsert'](request, { effects: new InMemoryEffects(), signal });
      should(written?.failure).equal(undefined);
      should(org.fresh.requests.filter(({ method }) => method === 'PATCH')).have.length(1);
      should(org.login.requests).have.length(2);
      await org.stop();
    });
  }

  it('and whose old host shows a page is found at its new address by the next call', async () => {
    const org = await moving('page');
    await org.poll();
    await org.move();
    await failureOf(org.poll());
    await org.poll();
    should(org.login.requests).have.length(2);
    await org.stop();
  });

  it('but whose sign-in still gives the old address makes runs wait', async () => {
    const org = await moving('URL_NOT_RESET', true);
    await org.poll();
    await org.move();
    should(await failureOf(org.poll())).match({ class: 'transient.unavailable', code: 'URL_NOT_RESET' });
    should(org.login.requests).have.length(2);
    await org.stop();
  });
});

it('A description of a Salesforce object that two ask for is read on when the first one gives up', async () => {
  let send: (value?: unknown) => void = () => undefined;
  const asked = new Promise((resolve) => (send = resolve));
  const org = await new ScriptedOrg((request) => {
    if (request.path.endsWith('/describe')) send();
    return undefined;
  }).start();
  const crm = createSalesforce(settings(org));
  const abort = new AbortController();
  const first = failureOf(crm.describe('Opportunity', abort.signal));
  const second = crm.describe('Opportunity', signal);
  await asked;
  abort.abort();
  should(await first).match({ class: 'transient.unavailable', code: 'ABORTED' });
  should((await second).name).equal('Opportunity');
  await org.stop();
});

describe('The Salesforce org that a sign-in leads to', () => {
  const connect = async (token: object, organization: object[]) => {
    const org = await new ScriptedOrg((request, { url }) => {
      if (request.path === '/services/oauth2/token') return { body: { instance_url: url, ...token } };
      const query = request.query.get('q') ?? '';
      if (!query) return undefined;
      return { body: { totalSize: 1, done: true, records: query.includes('FROM Organization') ? organization : [] } };
    }).start();
    return { org, result: await createSalesforce(settings(org)).test() };
  };

  it('is asked for when the token does not say it, and the token is told nowhere', async () => {
    const opaque = 'eyJhbGciOiJSUzI1NiJ9.opaque-token-without-an-org';
    const { org, result } = await connect({ access_token: opaque }, [{ Id: '00D000000000007', Name: 'Acme' }]);
    should(result).match({ ok: true, details: { orgId: '00D000000000007EAA' } });
    should(JSON.stringify(result)).not.containEql('eyJ');
    await org.stop();
  });

  it('is not taken from what stands before an exclamation mark in another kind of token', async () => {
    const { org, result } = await connect({ access_token: 'not-an-org!abc' }, [{ Id: '00D000000000007EAA', Name: 'Acme' }]);
    should(result).match({ details: { orgId: '00D000000000007EAA' } });
    await org.stop();
  });
});
