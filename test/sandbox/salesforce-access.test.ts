import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import should from 'should';
import { at, SalesforceClient } from './salesforce-client.ts';

const OTHER_KEY = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
}).privateKey;

describe('The Salesforce sandbox on the wire', () => {
  let org: SalesforceClient;
  before(async () => {
    org = await new SalesforceClient().start();
  });
  after(() => org.stop());
  beforeEach(() => org.reset());

  describe('access', () => {
    const audience = (): string => org.sim.url;
    const assertion = (claims: Record<string, unknown> = {}, key = org.credentials['privateKey']!) =>
      new SignJWT({
        iss: org.credentials['clientId']!,
        sub: org.credentials['username']!,
        aud: audience(),
        exp: Math.floor(Date.now() / 1000) + 180,
        ...claims,
      })
        .setProtectedHeader({ alg: 'RS256' })
        .sign(createPrivateKey(key));
    const jwt = async (signed: Promise<string>) =>
      org.grant({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: await signed });

    it('is given for a signed assertion, without signature, issue time or expiry', async () => {
      const { status, body } = await jwt(assertion());
      should(status).equal(200);
      Object.keys(body as object)
        .sort()
        .should.eql(['access_token', 'id', 'instance_url', 'scope', 'token_type']);
      should(at(body, 'access_token')).startWith(`${org.credentials['orgId']!.slice(0, 15)}!AQ`);
      should(at(body, 'instance_url')).equal(org.sim.url);
    });

    it('is given for the login host as audience too', async () => {
      should((await jwt(assertion({ aud: 'https://login.salesforce.com' }))).status).equal(200);
    });

    it('is refused for a wrong audience, consumer, user, signature or time', async () => {
      const cases: [Promise<string>, string, string][] = [
        [assertion({ aud: 'https://example.com' }), 'invalid_grant', 'audience is invalid'],
        [assertion({ iss: 'nobody' }), 'invalid_client_id', 'client identifier invalid'],
        [assertion({ sub: 'nobody@example.com' }), 'invalid_grant', "user hasn't approved this consumer"],
        [assertion({}, OTHER_KEY), 'invalid_grant', 'invalid assertion'],
        [assertion({ exp: Math.floor(Date.now() / 1000) - 60 }), 'invalid_grant', 'expired authorization code'],
      ];
      for (const [signed, error, description] of cases) {
        const { status, body } = await jwt(signed);
        should(status).equal(400);
        should(body).eql({ error, error_description: description });
      }
    });

    it('is given by HTTP Basic and by refresh token, and refused for a bad secret', async () => {
      const basic = (secret: string) => ({
        Authorization: `Basic ${Buffer.from(`${org.credentials['clientId']}:${secret}`).toString('base64')}`,
      });
      const { body } = await org.grant({ grant_type: 'client_credentials' }, basic(org.credentials['clientSecret']!));
      should(body).have.properties(['issued_at', 'signature', 'api_instance_url']);
      should(at((await org.grant({ grant_type: 'client_credentials' }, basic('no'))).body, 'error')).equal('invalid_client');
      const refresh = { grant_type: 'refresh_token', client_id: org.credentials['clientId']! };
      should((await org.grant({ ...refresh, refresh_token: org.credentials['refreshToken']! })).status).equal(200);
      should((await org.grant({ ...refresh, refresh_token: 'gone' })).body).eql({
        error: 'invalid_grant',
        error_description: 'expired access/refresh token',
      });
      should(at((await org.grant({ grant_type: 'magic' })).body, 'error')).equal('unsupported_grant_type');
    });

    it('can be inspected and revoked', async () => {
      const post = (path: string, form: Record<string, string>) =>
        fetch(`${org.sim.url}${path}`, { method: 'POST', body: new URLSearchParams(form) });
      const client = { client_id: org.credentials['clientId']!, client_secret: org.credentials['clientSecret']! };
      const active = (await (
        await post('/services/oauth2/introspect', { token: org.token, token_type_hint: 'access_token', ...client })
      ).json()) as unknown;
      should(active).containEql({ active: true, username: org.credentials['username'] });
      should(at(active, 'exp')).be.above(Date.now() / 1000);
      const user = (await (
        await fetch(`${org.sim.url}/services/oauth2/userinfo`, { headers: { Authorization: `Bearer ${org.token}` } })
      ).json()) as unknown;
      should(user).containEql({ organization_id: org.credentials['orgId'], preferred_username: org.credentials['username'] });
      should((await post('/services/oauth2/revoke', { token: org.token })).status).equal(200);
      should(await (await post('/services/oauth2/introspect', { token: org.token, ...client })).json()).eql({ active: false });
      const { status, body } = await org.call('GET', 'limits');
      should(status).equal(401);
      should(body).eql([{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]);
    });
  });

  describe('versions', () => {
    it('31 to 68 are listed without a session and served', async () => {
      const response = await fetch(`${org.sim.url}/services/data/`);
      const versions = (await response.json()) as { version: string; label: string; url: string }[];
      should(response.headers.get('sforce-limit-info')).equal(null);
      should(versions[0]).eql({ label: "Summer '14", url: '/services/data/v31.0', version: '31.0' });
      should(versions.at(-1)).eql({ label: "Winter '27", url: '/services/data/v68.0', version: '68.0' });
      should((await org.call('GET', 'limits', undefined, {}, '31.0')).status).equal(200);
      should((await org.call('GET', 'limits', undefined, {}, '30.0')).status).equal(404);
    });
  });
});
