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

const crm = {
  id: 'crm',
  type: 'salesforce-connection',
  name: 'CRM',
  environment: 'SALESFORCE',
  loginUrl: '',
  flow: 'client-credentials',
  audience: '',
  apiVersion: '66.0',
};
const psa = {
  id: 'psa',
  type: 'psa-connection',
  name: 'PSA',
  system: 'kantata',
  environment: '',
  approverIds: '',
  serviceName: '',
  settleAfterMs: 0,
};
const erp = {
  id: 'erp',
  type: 'erp-connection',
  name: 'ERP',
  system: 'netsuite',
  environment: 'NETSUITE',
  accountId: '',
  baseUrl: '',
  auth: 'tba',
  serviceItem: 'x',
  concurrency: 2,
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
    await live.deploy([tab(), crm, { ...psa, baseUrl: psaUrl, credentials: { accessToken: psaToken } }, erp]);
  });
  beforeEach(() => other.heard.splice(0));
  after(async () => {
    await live?.end();
    await sandbox?.stop();
    other.close();
  });

  const test = async (type: string, id: string, config?: object, credentials?: object): Promise<Tested> => {
    const response = await live.call('/ps-connect/api/v1/connections/test', {
      method: 'POST',
      body: { type, id, ...(config ? { config } : {}), ...(credentials ? { credentials } : {}) },
    });
    response.status.should.equal(200);
    return (await response.json()) as Tested;
  };
  const salesforce = (config: object, credentials?: object, id = 'crm') => test(crm.type, id, { ...crm, ...config }, credentials);
  const kantata = (config: object, credentials?: object, id = 'psa') =>
    test(psa.type, id, { ...psa, baseUrl: psaUrl, ...config }, credentials);

  it('uses what is stored, or in the environment, for the address that it is deployed with', async () => {
    for (const answer of [
      await test(crm.type, 'crm'),
      await salesforce({ name: 'renamed' }),
      await kantata({}),
      await test(psa.type, 'psa'),
      await salesforce({ loginUrl: sandbox.access.salesforce.url }),
    ]) {
      answer.should.have.property('ok', true);
    }
  });

  it('sends none of it to another address, and names what to type', async () => {
    const answers = [
      await salesforce({ loginUrl: other.url }),
      await salesforce({ loginUrl: other.url, environment: '' }),
      await kantata({ baseUrl: other.url }),
      await test(erp.type, 'erp', { ...erp, baseUrl: other.url }),
      await test(erp.type, 'erp', { ...erp, accountId: 'ATTACKER' }),
      await salesforce({ flow: 'jwt-bearer', audience: other.url }),
    ];
    answers.map(({ ok }) => ok).should.deepEqual([false, false, false, false, false, false]);
    answers
      .map(({ details }) => details?.typeAnew)
      .should.deepEqual([
        'clientId,clientSecret',
        'clientId,clientSecret',
        'accessToken',
        'accountId,consumerKey,consumerSecret,tokenId,tokenSecret',
        'consumerKey,consumerSecret,tokenId,tokenSecret',
        'loginUrl,clientId,username,privateKey',
      ]);
    answers[2]!.message.should.match(/baseUrl is another than the deployed one\. Type anew for this test: accessToken/);
    other.heard.should.deepEqual([]);
  });

  it('reads no other variables of the environment, whatever prefix is asked for', async () => {
    const answers = [
      await salesforce({ environment: 'VAULT' }),
      await salesforce({ environment: 'VAULT', loginUrl: other.url }),
      await salesforce({ environment: 'VAULT', loginUrl: other.url }, undefined, 'nobody'),
      await kantata({ environment: 'VAULT', baseUrl: other.url }),
      await kantata({ environment: 'VAULT' }, { accessToken: '' }),
    ];
    for (const { ok, message, details } of answers) {
      ok.should.equal(false);
      details!.typeAnew!.should.match(/clientSecret|accessToken/);
      message.should.not.match(/vault/);
    }
    other.heard.should.deepEqual([]);
  });

  it('lends the secrets of a node to no other, and to none that is not deployed', async () => {
    for (const id of ['nobody', 'crm', '', '__proto__']) {
      const { ok, details } = await kantata({}, undefined, id);
      ok.should.equal(false);
      details!.typeAnew!.should.equal('accessToken');
    }
    (await test('dead-letter', 'psa')).ok.should.equal(false);
  });

  it('sends what was typed to where it was typed for, nothing else with it, and repeats none of it', async () => {
    const typed = await salesforce({ loginUrl: other.url }, { clientId: 'typed-id', clientSecret: 'typed-s3cret/+&' });
    typed.ok.should.equal(false);
    other.heard.join().should.containEql('typed-id');
    other.heard.join().should.not.containEql(sandbox.access.salesforce.clientSecret);
    typed.message.should.not.match(/typed-s3cret/);
    const token = await kantata({ baseUrl: other.url }, { accessToken: 'typed-t0ken' });
    other.heard.join().should.containEql('typed-t0ken').and.not.containEql(psaToken);
    token.message.should.not.match(/typed-t0ken/);
    (await kantata({}, { accessToken: psaToken }, 'new')).should.have.property('ok', true);
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
    const rotating = { ...crm, id: 'rotating', flow: 'refresh-token', credentials: { refreshToken } };
    const flows = [tab(), crm, { ...psa, baseUrl: psaUrl, credentials: { accessToken: psaToken } }, erp];
    await live.deploy([...flows, rotating]);
    for (let signIn = 0; signIn < 2; signIn++) (await test(crm.type, 'rotating')).should.have.property('ok', true);
    await live.stop();
    await live.restart();
    (await test(crm.type, 'rotating')).should.have.property('ok', true);
    live.log.join('').should.not.containEql(refreshToken);
    await live.deploy(flows);
    await live.deploy([...flows, rotating]);
    (await test(crm.type, 'rotating')).should.match({ ok: false, message: /revoked or has expired/ });
  });

  it('says what is wrong with a secret that has half of a character, too', async () => {
    const answer = await salesforce(
      { loginUrl: other.url, flow: 'jwt-bearer' },
      { clientId: 'typed', username: 'typed', privateKey: '\ud800 four' },
    );
    answer.should.have.property('ok', false);
    answer.message.should.match(/private key is not one in PEM form/);
  });

  it('takes fields only as fields', async () => {
    for (const body of [
      { type: psa.type, id: 'psa', config: [] },
      { type: psa.type, id: 'psa', credentials: 'accessToken' },
    ]) {
      (await live.call('/ps-connect/api/v1/connections/test', { method: 'POST', body })).status.should.equal(400);
    }
    const smuggled = await kantata({ baseUrl: other.url, accessToken: 'in the fields', environment: 'KANTATA' });
    smuggled.ok.should.equal(false);
    other.heard.should.deepEqual([]);
  });
});
