import 'should';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { connectionEnvironment } from '../../scripts/start/environment.ts';
import { tab } from './flow-parts.ts';
import { LiveNodeRed } from './live-node-red.ts';

interface Tested {
  ok: boolean;
  message: string;
  details?: { typeAnew?: string };
}

/** Where somebody would like to have secrets sent. */
class OtherAddress {
  readonly heard: string[] = [];
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const said = `${request.url} ${JSON.stringify(request.headers)} ${Buffer.concat(chunks).toString()}`;
        this.heard.push(said);
        response
          .writeHead(400, { 'Content-Type': 'application/json' })
          .end(JSON.stringify({ error: 'invalid_client', error_description: said, errors: [{ message: said }] }));
      });
    });
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

const type = 'system-connection';
const crm = {
  ...{ id: 'crm', type, name: 'CRM', system: 'salesforce' },
  ...{ salesforceEnvironment: 'SALESFORCE', salesforceLoginUrl: '', salesforceFlow: 'client-credentials', salesforceAudience: '' },
  salesforceApiVersion: '66.0',
};
const psa = {
  ...{ id: 'psa', type, name: 'PSA', system: 'kantata', kantataEnvironment: '', kantataSettleAfterMs: 0 },
};
const erp = {
  ...{ id: 'erp', type, name: 'ERP', system: 'netsuite' },
  ...{ netsuiteEnvironment: 'NETSUITE', netsuiteAccountId: '', netsuiteBaseUrl: '', netsuiteAuth: 'tba', netsuiteServiceItem: 'x' },
};

describe('Testing a connection', function () {
  this.timeout(60_000);
  const other = new OtherAddress();
  let sandbox: Sandbox;
  let live: LiveNodeRed;
  let psaUrl = '';
  let psaToken = '';

  before(async () => {
    await other.open();
    sandbox = await startSandbox({ basePort: 0, empty: true });
    const environment = connectionEnvironment(sandbox.access);
    psaUrl = environment['KANTATA_BASE_URL']!;
    psaToken = environment['KANTATA_ACCESS_TOKEN']!;
    live = await LiveNodeRed.start({
      environment: {
        ...environment,
        VAULT_CLIENT_ID: 'vault-id',
        VAULT_CLIENT_SECRET: 'vault-secret',
        VAULT_LOGIN_URL: other.url,
        VAULT_ACCESS_TOKEN: 'vault-token',
      },
    });
    await live.deploy([tab(), crm, { ...psa, kantataBaseUrl: psaUrl, credentials: { kantataAccessToken: psaToken } }, erp]);
  });
  beforeEach(() => other.heard.splice(0));
  after(async () => {
    await live?.end();
    await sandbox?.stop();
    other.close();
  });

  const test = async (id: string, config?: object, credentials?: object, ofType: string = type): Promise<Tested> => {
    const response = await live.call('/ps-connect/api/v1/connections/test', {
      method: 'POST',
      body: { type: ofType, id, ...(config ? { config } : {}), ...(credentials ? { credentials } : {}) },
    });
    response.status.should.equal(200);
    return (await response.json()) as Tested;
  };
  const salesforce = (config: object, credentials?: object, id = 'crm') => test(id, { ...crm, ...config }, credentials);
  const kantata = (config: object, credentials?: object, id = 'psa') =>
    test(id, { ...psa, kantataBaseUrl: psaUrl, ...config }, credentials);

  it('uses what is stored, or in the environment, for the address that it is deployed with', async () => {
    for (const answer of [
      await test('crm'),
      await salesforce({ name: 'renamed' }),
      await kantata({}),
      await test('psa'),
      await salesforce({ salesforceLoginUrl: sandbox.access.salesforce.url }),
    ]) {
      answer.should.have.property('ok', true);
    }
  });

  it('sends none of it to another address, and names what to type', async () => {
    const answers = [
      await salesforce({ salesforceLoginUrl: other.url }),
      await salesforce({ salesforceLoginUrl: other.url, salesforceEnvironment: '' }),
      await kantata({ kantataBaseUrl: other.url }),
      await test('erp', { ...erp, netsuiteBaseUrl: other.url }),
      await test('erp', { ...erp, netsuiteAccountId: 'ATTACKER' }),
      await salesforce({ salesforceFlow: 'jwt-bearer', salesforceAudience: other.url }),
    ];
    answers.map(({ ok }) => ok).should.deepEqual([false, false, false, false, false, false]);
    answers
      .map(({ details }) => details?.typeAnew)
      .should.deepEqual([
        'salesforceClientId,salesforceClientSecret',
        'salesforceClientId,salesforceClientSecret',
        'kantataAccessToken',
        'netsuiteAccountId,netsuiteConsumerKey,netsuiteConsumerSecret,netsuiteTokenId,netsuiteTokenSecret',
        'netsuiteConsumerKey,netsuiteConsumerSecret,netsuiteTokenId,netsuiteTokenSecret',
        'salesforceLoginUrl,salesforceClientId,salesforceUsername,salesforcePrivateKey',
      ]);
    answers[2]!.message.should.match(/kantataBaseUrl is another than the deployed one\. Type anew for this test: kantataAccessToken/);
    other.heard.should.deepEqual([]);
  });

  it('lends what is stored, or in the environment, for one system to no other', async () => {
    for (const [id, system, environment] of [
      ['psa', 'salesforce', 'KANTATA'],
      ['crm', 'kantata', 'SALESFORCE'],
      ['erp', 'salesforce', 'NETSUITE'],
    ] as const) {
      const config = {
        ...crm,
        ...erp,
        ...psa,
        system,
        salesforceLoginUrl: other.url,
        kantataBaseUrl: other.url,
        [`${system}Environment`]: environment,
      };
      const { ok, details } = await test(id, config);
      ok.should.equal(false);
      details!.typeAnew!.should.match(/AccessToken|ClientSecret/);
    }
    other.heard.should.deepEqual([]);
  });

  it('tries the form of a version before, too', async () => {
    const former = { name: 'PSA', system: 'kantata', environment: '', baseUrl: psaUrl, settleAfterMs: 0 };
    (await test('psa', former, {}, 'psa-connection')).should.have.property('ok', true);
    const elsewhere = await test('psa', { ...former, baseUrl: other.url }, { accessToken: 'typed-t0ken' }, 'psa-connection');
    elsewhere.ok.should.equal(false);
    other.heard.join().should.containEql('typed-t0ken').and.not.containEql(psaToken);
  });

  it('reads no other variables of the environment, whatever prefix is asked for', async () => {
    const answers = [
      await salesforce({ salesforceEnvironment: 'VAULT' }),
      await salesforce({ salesforceEnvironment: 'VAULT', salesforceLoginUrl: other.url }),
      await salesforce({ salesforceEnvironment: 'VAULT', salesforceLoginUrl: other.url }, undefined, 'nobody'),
      await kantata({ kantataEnvironment: 'VAULT', kantataBaseUrl: other.url }),
      await kantata({ kantataEnvironment: 'VAULT' }, { kantataAccessToken: '' }),
    ];
    for (const { ok, message, details } of answers) {
      ok.should.equal(false);
      details!.typeAnew!.should.match(/ClientSecret|AccessToken/);
      message.should.not.match(/vault/);
    }
    other.heard.should.deepEqual([]);
  });

  it('lends the secrets of a node to no other, and to none that is not deployed', async () => {
    for (const id of ['nobody', 'crm', '', '__proto__']) {
      const { ok, details } = await kantata({}, undefined, id);
      ok.should.equal(false);
      details!.typeAnew!.should.equal('kantataAccessToken');
    }
    (await test('psa', undefined, undefined, 'dead-letter')).ok.should.equal(false);
  });

  it('sends what was typed to where it was typed for, nothing else with it, and repeats none of it', async () => {
    const typed = await salesforce(
      { salesforceLoginUrl: other.url },
      { salesforceClientId: 'typed-id', salesforceClientSecret: 'typed-s3cret/+&' },
    );
    typed.ok.should.equal(false);
    other.heard.join().should.containEql('typed-id');
    other.heard.join().should.not.containEql(sandbox.access.salesforce.clientSecret);
    typed.message.should.not.match(/typed-s3cret/);
    const token = await kantata({ kantataBaseUrl: other.url }, { kantataAccessToken: 'typed-t0ken' });
    other.heard.join().should.containEql('typed-t0ken').and.not.containEql(psaToken);
    token.message.should.not.match(/typed-t0ken/);
    (await kantata({}, { kantataAccessToken: psaToken }, 'new')).should.have.property('ok', true);
  });

  it('asks nobody to type what has a default', async () => {
    const sparse = { system: 'kantata', kantataBaseUrl: psaUrl };
    (await test('new', sparse, { kantataAccessToken: psaToken })).should.have.property('ok', true);
  });

  it('uses the refresh token that an earlier sign-in has left, over a restart, until the connection is deleted', async () => {
    const { url } = sandbox.access.salesforce;
    const load = {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ app: { rotatesRefreshTokens: true } }),
    };
    (await fetch(`${url}/__sandbox/load`, load)).ok.should.equal(true);
    const state = async () => (await (await fetch(`${url}/__sandbox/state`)).json()) as { refreshTokens: Record<string, object> };
    const refreshToken = Object.keys((await state()).refreshTokens)[0]!;
    const rotating = { ...crm, id: 'rotating', salesforceFlow: 'refresh-token', credentials: { salesforceRefreshToken: refreshToken } };
    const flows = [tab(), crm, { ...psa, kantataBaseUrl: psaUrl, credentials: { kantataAccessToken: psaToken } }, erp];
    await live.deploy([...flows, rotating]);
    for (let signIn = 0; signIn < 2; signIn++) (await test('rotating')).should.have.property('ok', true);
    await live.stop();
    await live.restart();
    (await test('rotating')).should.have.property('ok', true);
    live.log.join('').should.not.containEql(refreshToken);
    await live.deploy(flows);
    await live.deploy([...flows, rotating]);
    (await test('rotating')).should.match({ ok: false, message: /revoked or has expired/ });
  });

  it('says what is wrong with a secret that has half of a character, too', async () => {
    const answer = await salesforce(
      { salesforceLoginUrl: other.url, salesforceFlow: 'jwt-bearer' },
      { salesforceClientId: 'typed', salesforceUsername: 'typed', salesforcePrivateKey: '\ud800 four' },
    );
    answer.should.have.property('ok', false);
    answer.message.should.match(/private key is not one in PEM form/);
  });

  it('says which field has no text where an address is an object, whatever that says of itself', async () => {
    for (const address of [{ toString: 1, valueOf: 2, toJSON: 3 }, ['https://a.example'], {}]) {
      const answer = await kantata({ kantataBaseUrl: address }, { kantataAccessToken: 'typed' }, 'new');
      answer.should.have.properties({ ok: false });
      answer.message.should.containEql('is not a web address');
    }
  });

  it('takes fields only as fields', async () => {
    for (const body of [
      { type, id: 'psa', config: [] },
      { type, id: 'psa', credentials: 'accessToken' },
    ]) {
      (await live.call('/ps-connect/api/v1/connections/test', { method: 'POST', body })).status.should.equal(400);
    }
    const smuggled = await kantata({ kantataBaseUrl: other.url, kantataAccessToken: 'in the fields', kantataEnvironment: 'KANTATA' });
    smuggled.ok.should.equal(false);
    other.heard.should.deepEqual([]);
  });
});
