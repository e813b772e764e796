import 'should';
import { netsuite } from '../../sandbox/netsuite/definition.ts';
import { type Answer, NetSuiteAccount, refusal } from './netsuite-account.ts';

describe('NetSuite simulator: who may come in', () => {
  let account: NetSuiteAccount;
  beforeEach(async () => {
    account = await new NetSuiteAccount().open();
  });
  afterEach(() => account.sim.stop());

  const list = (authorization: string): Promise<Answer> => account.call('GET', '/record/v1/currency', { authorization });

  it('gives an access token of one hour for an assertion signed with PS256, or ES256 with the other certificate', async () => {
    const rsa = await account.requestToken(await account.assertion());
    rsa.status.should.equal(200);
    rsa.body.should.have.properties({ expires_in: '3600', token_type: 'bearer' });
    rsa.body.should.not.have.property('refresh_token');
    const { ecCertificateId, ecPrivateKey } = netsuite.credentials(account.sim);
    const ec = await account.requestToken(await account.assertion({ alg: 'ES256', kid: ecCertificateId ?? '', key: ecPrivateKey ?? '' }));
    ec.status.should.equal(200);
    (await list(`Bearer ${ec.body.access_token}`)).status.should.equal(200);
  });

  for (const [why, changes] of Object.entries({
    'RS256 is used': { alg: 'RS256' },
    'the certificate id is unknown': { kid: 'another' },
    'the audience is another address': { audience: 'https://example.com/services/rest/auth/oauth2/v1/token' },
    'the client id is another': { issuer: 'somebody' },
    'it lives longer than 60 minutes': { lifetime: 3700 },
    'it has expired': { lifetime: -10 },
    'the scope is unknown': { scope: 'everything' },
  })) {
    it(`refuses an assertion when ${why}`, async () => {
      const refused = await account.requestToken(await account.assertion(changes));
      refused.status.should.equal(401);
      refused.body.should.deepEqual({ error: 'invalid_client' });
    });
  }

  it('calls a token request without the right grant type invalid', async () => {
    const refused = await account.requestToken(await account.assertion(), { grant_type: 'password' });
    refused.status.should.equal(400);
    refused.body.should.deepEqual({ error: 'invalid_request' });
  });

  it('answers an unknown, forgotten or expired token with the body and header of the vendor', async () => {
    const refused = await list('Bearer nonsense');
    refusal(refused).code.should.equal('INVALID_LOGIN');
    refused.body.title.should.equal('Unauthorized');
    refused.headers.get('content-type')?.should.equal('application/vnd.oracle.resource+json; type=error; charset=UTF-8');
    refused.headers.get('www-authenticate')?.should.startWith('OAuth realm="1234567_SB1", error="token_rejected"');
    const [token] = Object.values(account.sim.state.tokens);
    const lifetime = Date.parse(token?.expiresAt ?? '') - Date.now();
    lifetime.should.be.within(3_500_000, 3_600_000);
    for (const issued of Object.values(account.sim.state.tokens)) issued.expiresAt = new Date(Date.now() - 1).toISOString();
    (await account.record('GET', 'currency')).status.should.equal(401);
    for (const issued of Object.values(account.sim.state.tokens)) issued.expiresAt = new Date(Date.now() + 60_000).toISOString();
    (await account.record('GET', 'currency')).status.should.equal(200);
    account.sim.faults.add({ kind: 'expireToken' });
    (await account.record('GET', 'currency')).status.should.equal(401);
  });

  it('does not let a token for RESTlets into the web services', async () => {
    const token = await account.requestToken(await account.assertion({ scope: ['restlets'] }));
    (await list(`Bearer ${token.body.access_token}`)).status.should.equal(401);
  });

  describe('with Token-Based Authentication', () => {
    const path = '/record/v1/currency?limit=2&q=name%20START_WITH%20%22Swiss%22';
    const signed = (changes = {}): Promise<Answer> =>
      account.call('GET', path, { authorization: account.signature('GET', `${account.sim.url}/services/rest${path}`, changes) });

    it('accepts an HMAC-SHA256 signature over method, address and query', async () => {
      const found = await signed();
      found.status.should.equal(200);
      found.body.totalResults.should.equal(1);
    });

    it('accepts a nonce once', async () => {
      const nonce = 'a1b2c3d4e5f6';
      (await signed({ nonce })).status.should.equal(200);
      refusal(await signed({ nonce })).should.have.properties({ status: 401, code: 'INVALID_LOGIN_ATTEMPT' });
    });

    for (const [why, changes] of Object.entries({
      'the clock of the caller is six minutes slow': { timestamp: Math.floor(Date.now() / 1000) - 360 },
      'the realm is the host form of the account id': { realm: '1234567-sb1' },
      'the signature method is HMAC-SHA1': { method: 'HMAC-SHA1' },
      'the token secret is wrong': { tokenSecret: 'wrong' },
    })) {
      it(`refuses a signature when ${why}`, async () => {
        refusal(await signed(changes)).should.have.properties({ status: 401, code: 'INVALID_LOGIN_ATTEMPT' });
      });
    }

    it('refuses a signature made for another address', async () => {
      const authorization = account.signature('GET', `${account.sim.url}/services/rest/record/v1/currency`);
      (await account.call('GET', path, { authorization })).status.should.equal(401);
    });
  });

  it('judges logins by real time, so that a business day can be played at speed', async () => {
    account.sim.clock.set(new Date('2030-01-01T00:00:00Z'));
    (await account.record('GET', 'currency')).status.should.equal(200);
    (await account.requestToken(await account.assertion())).status.should.equal(200);
    const authorization = account.signature('GET', `${account.sim.url}/services/rest/record/v1/currency`);
    (await account.call('GET', '/record/v1/currency', { authorization })).status.should.equal(200);
  });

  it('keeps its certificates over a reset', async () => {
    const before = netsuite.credentials(account.sim);
    await fetch(`${account.sim.url}/__sandbox/reset`, { method: 'POST' });
    netsuite.credentials(account.sim).should.deepEqual(before);
    (await account.requestToken(await account.assertion())).status.should.equal(200);
  });
});
