import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { SignJWT } from 'jose';
import should from 'should';
import { salesforce } from '../../sandbox/salesforce/definition.ts';
import type { SalesforceState } from '../../sandbox/salesforce/store/state.ts';
import { Simulator } from '../../sandbox/simulator.ts';

/** A member of an answer, by a path such as `results.0.errors`; undefined where there is none. */
function at(body: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], body);
}

const list = (body: unknown, path: string): readonly unknown[] => at(body, path) as readonly unknown[];

const OTHER_KEY = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
}).privateKey;

describe('the Salesforce sandbox on the wire', () => {
  let sim: Simulator<SalesforceState>;
  let credentials: Record<string, string>;
  let token: string;

  before(async () => {
    sim = await new Simulator(salesforce, { port: 0 }).start();
  });

  after(() => sim.stop());

  beforeEach(async () => {
    sim.state = salesforce.emptyState();
    sim.journal.restore([]);
    sim.faults.clear();
    credentials = salesforce.credentials(sim);
    token = String(
      at(
        (
          await grant({
            grant_type: 'client_credentials',
            client_id: credentials['clientId']!,
            client_secret: credentials['clientSecret']!,
          })
        ).body,
        'access_token',
      ),
    );
  });

  async function grant(form: Record<string, string>, headers: Record<string, string> = {}): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${sim.url}/services/oauth2/token`, { method: 'POST', body: new URLSearchParams(form), headers });
    return { status: response.status, body: await response.json() };
  }

  async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}, version = '66.0') {
    const response = await fetch(`${sim.url}${path.startsWith('/services') ? path : `/services/data/v${version}/${path}`}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body) }),
    } as RequestInit);
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    return { status: response.status, headers: response.headers, body: (isJson && text !== '' ? JSON.parse(text) : text) as unknown };
  }

  const soql = async (query: string) => (await call('GET', `query?q=${encodeURIComponent(query)}`)).body;

  describe('access', () => {
    const audience = (): string => sim.url;
    const assertion = (claims: Record<string, unknown> = {}, key = credentials['privateKey']!) =>
      new SignJWT({
        iss: credentials['clientId']!,
        sub: credentials['username']!,
        aud: audience(),
        exp: Math.floor(Date.now() / 1000) + 180,
        ...claims,
      })
        .setProtectedHeader({ alg: 'RS256' })
        .sign(createPrivateKey(key));
    const jwt = async (signed: Promise<string>) =>
      grant({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: await signed });

    it('is given for a signed assertion, without signature, issue time or expiry', async () => {
      const { status, body } = await jwt(assertion());
      should(status).equal(200);
      Object.keys(body as object)
        .sort()
        .should.eql(['access_token', 'id', 'instance_url', 'scope', 'token_type']);
      should(at(body, 'access_token')).startWith(`${credentials['orgId']!.slice(0, 15)}!AQ`);
      should(at(body, 'instance_url')).equal(sim.url);
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
        Authorization: `Basic ${Buffer.from(`${credentials['clientId']}:${secret}`).toString('base64')}`,
      });
      const { body } = await grant({ grant_type: 'client_credentials' }, basic(credentials['clientSecret']!));
      should(body).have.properties(['issued_at', 'signature', 'api_instance_url']);
      should(at((await grant({ grant_type: 'client_credentials' }, basic('no'))).body, 'error')).equal('invalid_client');
      const refresh = { grant_type: 'refresh_token', client_id: credentials['clientId']! };
      should((await grant({ ...refresh, refresh_token: credentials['refreshToken']! })).status).equal(200);
      should((await grant({ ...refresh, refresh_token: 'gone' })).body).eql({
        error: 'invalid_grant',
        error_description: 'expired access/refresh token',
      });
      should(at((await grant({ grant_type: 'magic' })).body, 'error')).equal('unsupported_grant_type');
    });

    it('can be inspected and revoked', async () => {
      const post = (path: string, form: Record<string, string>) =>
        fetch(`${sim.url}${path}`, { method: 'POST', body: new URLSearchParams(form) });
      const client = { client_id: credentials['clientId']!, client_secret: credentials['clientSecret']! };
      const active = (await (
        await post('/services/oauth2/introspect', { token, token_type_hint: 'access_token', ...client })
      ).json()) as unknown;
      should(active).containEql({ active: true, username: credentials['username'] });
      should(at(active, 'exp')).be.above(Date.now() / 1000);
      const user = (await (
        await fetch(`${sim.url}/services/oauth2/userinfo`, { headers: { Authorization: `Bearer ${token}` } })
      ).json()) as unknown;
      should(user).containEql({ organization_id: credentials['orgId'], preferred_username: credentials['username'] });
      should((await post('/services/oauth2/revoke', { token })).status).equal(200);
      should(await (await post('/services/oauth2/introspect', { token, ...client })).json()).eql({ active: false });
      const { status, body } = await call('GET', 'limits');
      should(status).equal(401);
      should(body).eql([{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]);
    });
  });

  describe('versions', () => {
    it('31 to 68 are listed without a session and served', async () => {
      const response = await fetch(`${sim.url}/services/data/`);
      const versions = (await response.json()) as { version: string; label: string; url: string }[];
      should(response.headers.get('sforce-limit-info')).equal(null);
      should(versions[0]).eql({ label: "Summer '14", url: '/services/data/v31.0', version: '31.0' });
      should(versions.at(-1)).eql({ label: "Winter '27", url: '/services/data/v68.0', version: '68.0' });
      should((await call('GET', 'limits', undefined, {}, '31.0')).status).equal(200);
      should((await call('GET', 'limits', undefined, {}, '30.0')).status).equal(404);
    });
  });

  describe('one record', () => {
    const upsert = (version: string, name: string) => call('PATCH', 'sobjects/Account/Account_Code__c/ACME', { Name: name }, {}, version);

    it('upserted answers 201, then 200 since 46.0 and 204 before', async () => {
      const created = await upsert('66.0', 'Acme');
      should(created.status).equal(201);
      should(created.body).containEql({ success: true, errors: [], created: true });
      const updated = await upsert('66.0', 'Acme AG');
      should(updated.status).equal(200);
      should(updated.body).eql({ id: at(created.body, 'id'), success: true, errors: [], created: false });
      should((await upsert('45.0', 'Acme SE')).status).equal(204);
    });

    it('upserted must not repeat its key, may be held to an update, and needs a key field', async () => {
      const repeated = await call('PATCH', 'sobjects/Account/Account_Code__c/ACME', { Name: 'x', Account_Code__c: 'ACME' });
      should(at(repeated.body, '0.errorCode')).equal('INVALID_FIELD');
      should((await call('PATCH', 'sobjects/Account/Account_Code__c/ACME?updateOnly=true', { Name: 'x' })).status).equal(404);
      const unknown = await call('PATCH', 'sobjects/Account/Phone/1', { Name: 'x' });
      should(unknown.body).eql([
        { message: 'Provided external ID field does not exist or is not accessible: Phone', errorCode: 'NOT_FOUND' },
      ]);
    });

    it('whose key ends like a file is not found by its address, and is by a call for several', async () => {
      const key = 'a/b.acme.inc';
      should((await call('PATCH', `sobjects/Account/Account_Code__c/${encodeURIComponent(key)}`, { Name: 'Acme' })).status).equal(404);
      const records = [{ attributes: { type: 'Account' }, Account_Code__c: key, Name: 'Acme' }];
      const several = await call('PATCH', 'composite/sobjects/Account/Account_Code__c', { records });
      should(several.body).match([{ success: true, created: true }]);
      should((await call('GET', 'sobjects/Account/Account_Code__c/acme.inc')).status).equal(404);
    });

    it('asked for by too long an address, or too long a query, is refused', async () => {
      const long = (length: number) => `SELECT Id FROM Account WHERE Name = '${'x'.repeat(length)}'`;
      should((await call('GET', `query?q=${encodeURIComponent(long(17_000))}`)).status).equal(431);
      const url = `/services/data/v66.0/query?q=${encodeURIComponent(long(100_000))}`;
      const body = (await call('POST', 'composite', { compositeRequest: [{ method: 'GET', url, referenceId: 'q' }] })).body;
      should(at(body, 'compositeResponse.0.body.0.errorCode')).equal('MALFORMED_QUERY');
    });

    it('whose key is not unique answers 300 with the addresses', async () => {
      for (const LastName of ['One', 'Two']) await call('POST', 'sobjects/Contact', { LastName, Email: 'a@example.com' });
      const { status, body } = await call('GET', 'sobjects/Contact/Email/a@example.com');
      should(status).equal(300);
      should(body).have.length(2);
      should(at(body, '0')).match(/^\/services\/data\/v66\.0\/sobjects\/Contact\/003/);
    });

    it('is answered with the fields asked for, or 304 when it has not changed', async () => {
      const { body } = await call('POST', 'sobjects/Account', { name: 'Acme', billingcity: 'Bonn' });
      const read = await call('GET', `sobjects/Account/${at(body, 'id')}?fields=Name,BillingAddress,Phone`);
      should(read.body).eql({
        attributes: { type: 'Account', url: `/services/data/v66.0/sobjects/Account/${at(body, 'id')}` },
        Name: 'Acme',
        BillingAddress: {
          city: 'Bonn',
          country: null,
          geocodeAccuracy: null,
          latitude: null,
          longitude: null,
          postalCode: null,
          state: null,
          street: null,
        },
        Phone: null,
      });
      const since = { 'If-Modified-Since': read.headers.get('last-modified')! };
      should((await call('GET', `sobjects/Account/${at(body, 'id')}`, undefined, since)).status).equal(304);
      should((await call('GET', 'sobjects/Account/describe', undefined, { 'If-Modified-Since': new Date().toUTCString() })).status).equal(
        304,
      );
      should((await call('PATCH', `sobjects/Account/${at(body, 'id')}`, { Name: 'x' }, { 'If-Match': '"other"' })).status).equal(412);
    });

    it('has datetimes in seconds, with +0000', async () => {
      const { body } = await call('POST', 'sobjects/Account', { Name: 'Acme' });
      const read = await call('GET', `sobjects/Account/${at(body, 'id')}`);
      should(at(read.body, 'SystemModstamp')).match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+0000$/);
    });

    it('gone, unknown or malformed is told apart', async () => {
      const { body } = await call('POST', 'sobjects/Account', { Name: 'Acme' });
      should((await call('DELETE', `sobjects/Account/${at(body, 'id')}`)).status).equal(204);
      should(at((await call('DELETE', `sobjects/Account/${at(body, 'id')}`)).body, '0.errorCode')).equal('ENTITY_IS_DELETED');
      should(at((await call('GET', 'sobjects/Account/0015g00000zzzzz')).body, '0.message')).equal('The requested resource does not exist');
      should(at((await call('GET', 'sobjects/Account/nonsense')).body, '0.message')).match(/external ID field does not exist/);
      should((await call('GET', 'sobjects/Nothing__c/describe')).body).eql([
        { message: 'The requested resource does not exist', errorCode: 'NOT_FOUND' },
      ]);
    });

    it('may be sent compressed; what is not JSON is refused', async () => {
      const zipped = gzipSync(JSON.stringify({ Name: 'Zipped' }));
      should((await call('POST', 'sobjects/Account', zipped, { 'Content-Encoding': 'gzip' })).status).equal(201);
      should(at((await call('POST', 'sobjects/Account', '{"Name":')).body, '0.errorCode')).equal('JSON_PARSER_ERROR');
      should((await call('POST', 'sobjects/Account', 'x', { 'Content-Type': 'text/plain' })).status).equal(415);
      const put = await call('PUT', 'sobjects/Account', {});
      should(put.status).equal(405);
      should(at(put.body, '0')).eql({ message: "HTTP Method 'PUT' not allowed. Allowed are GET,POST", errorCode: 'METHOD_NOT_ALLOWED' });
    });

    it('deleted takes what belongs to it along, and shows in queryAll and /deleted', async () => {
      const { body } = await call('POST', 'sobjects/Opportunity', { Name: 'x', StageName: 'Prospecting', CloseDate: '2026-12-31' });
      await call('POST', 'sobjects/Rate_Card_Line__c', { Opportunity__c: at(body, 'id'), Rate__c: 120 });
      await call('DELETE', `sobjects/Opportunity/${at(body, 'id')}`);
      should(at(await soql('SELECT Id FROM Rate_Card_Line__c'), 'totalSize')).equal(0);
      const all = (await call('GET', `queryAll?q=${encodeURIComponent('SELECT Id, IsDeleted FROM Rate_Card_Line__c')}`)).body;
      should(at(all, 'records.0.IsDeleted')).equal(true);
      const window = `start=${encodeURIComponent(new Date(Date.now() - 600_000).toISOString())}&end=${encodeURIComponent(new Date(Date.now() + 120_000).toISOString())}`;
      const gone = (await call('GET', `sobjects/Opportunity/deleted/?${window}`)).body;
      should(at(gone, 'deletedRecords.0.id')).equal(at(body, 'id'));
      should(at((await call('GET', `sobjects/Opportunity/updated/?${window}`)).body, 'ids')).eql([]);
    });
  });

  describe('composite', () => {
    const account = { method: 'POST', url: '/services/data/v66.0/sobjects/Account', referenceId: 'acc', body: { Name: 'Acme' } };
    const opportunity = (values: object = {}) => ({
      method: 'POST',
      url: '/services/data/v66.0/sobjects/Opportunity',
      referenceId: 'opp',
      body: { Name: 'Roll-out', StageName: 'Prospecting', CloseDate: '2026-12-31', AccountId: '@{acc.id}', ...values },
    });

    it('uses the answers of earlier requests', async () => {
      const read = { method: 'GET', url: '/services/data/v66.0/sobjects/Opportunity/@{opp.id}?fields=AccountId', referenceId: 'read' };
      const { status, body } = await call('POST', 'composite', { allOrNone: true, compositeRequest: [account, opportunity(), read] });
      should(status).equal(200);
      list(body, 'compositeResponse')
        .map((each) => at(each, 'httpStatusCode'))
        .should.eql([201, 201, 200]);
      should(at(body, 'compositeResponse.2.body.AccountId')).equal(at(body, 'compositeResponse.0.body.id'));
      should(at(body, 'compositeResponse.0.httpHeaders.Location')).match(/sobjects\/Account\/001/);
    });

    it('all or none takes everything back and says so of the innocent', async () => {
      const { body } = await call('POST', 'composite', {
        allOrNone: true,
        compositeRequest: [account, opportunity({ Billing_Type__c: 'Barter' })],
      });
      should(at(body, 'compositeResponse.0.body.0.errorCode')).equal('PROCESSING_HALTED');
      should(at(body, 'compositeResponse.1.body.0.errorCode')).equal('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
      should(at(await soql('SELECT Id FROM Account'), 'totalSize')).equal(0);
      sim.journal.entries.map((entry) => entry.outcome).should.eql(['refused', 'refused']);
    });

    it('all or none of an upsert says of each row taken back whether it would have been created', async () => {
      await call('PATCH', 'sobjects/Account/Account_Code__c/OLD', { Name: 'Old' });
      const row = (code: string, more: object) => ({ attributes: { type: 'Account' }, Account_Code__c: code, ...more });
      const records = [row('OLD', { Name: 'Older' }), row('NEW', { Name: 'New' }), row('BAD', {})];
      const { body } = await call('PATCH', 'composite/sobjects/Account/Account_Code__c', { allOrNone: true, records });
      should(body).match([
        { success: false, created: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
        { success: false, created: true, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
        { success: false, created: true, errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }] },
      ]);
      should(at(await soql('SELECT COUNT() FROM Account'), 'totalSize')).equal(1);
    });

    it('without it only the dependants of a failure stop', async () => {
      const other = { ...account, referenceId: 'other', body: { Name: 'Other' } };
      const broken = { ...account, body: {} };
      const { body } = await call('POST', 'composite', { compositeRequest: [broken, opportunity(), other] });
      list(body, 'compositeResponse')
        .map((each) => at(each, 'httpStatusCode'))
        .should.eql([400, 400, 201]);
      should(at(body, 'compositeResponse.1.body.0.errorCode')).equal('PROCESSING_HALTED');
    });

    it('is refused as a whole when a request has no reference', async () => {
      should((await call('POST', 'composite', { compositeRequest: [{ method: 'GET', url: '/services/data/v66.0/limits' }] })).status).equal(
        400,
      );
    });

    it('batch runs independent requests and can halt', async () => {
      const batchRequests = [
        { method: 'GET', url: 'v66.0/sobjects/Account/0015g00000zzzzz' },
        { method: 'GET', url: 'v66.0/limits' },
      ];
      const go = await call('POST', 'composite/batch', { batchRequests });
      list(go.body, 'results')
        .map((each) => at(each, 'statusCode'))
        .should.eql([404, 200]);
      const halt = await call('POST', 'composite/batch', { haltOnError: true, batchRequests });
      should(at(halt.body, 'results.1')).eql({
        statusCode: 412,
        result: [{ errorCode: 'BATCH_PROCESSING_HALTED', message: 'Batch processing halted per request' }],
      });
    });

    it('graphs are transactions of their own', async () => {
      const good = { graphId: 'good', compositeRequest: [account] };
      const bad = { graphId: 'bad', compositeRequest: [{ ...account, referenceId: 'a2' }, opportunity({ AccountId: 'nobody' })] };
      const { body } = await call('POST', 'composite/graph', { graphs: [good, bad] });
      list(body, 'graphs')
        .map((each) => at(each, 'isSuccessful'))
        .should.eql([true, false]);
      should(at(await soql('SELECT Id FROM Account'), 'totalSize')).equal(1);
    });
  });

  describe('limits and faults', () => {
    it('a spent daily allocation refuses every call', async () => {
      const load = JSON.stringify({ limits: { DailyApiRequests: { Max: 10, Remaining: 1 } } });
      await fetch(`${sim.url}/__sandbox/load`, { method: 'POST', body: load });
      should((await call('GET', 'limits')).headers.get('sforce-limit-info')).equal('api-usage=10/10');
      const { status, body } = await call('GET', 'limits');
      should(status).equal(403);
      should(body).eql([{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }]);
    });

    it('an answer lost after the write leaves one record, marked in the journal', async () => {
      sim.faults.add({ kind: 'dropAfter', match: { method: 'PATCH' } });
      const write = () => call('PATCH', 'sobjects/Account/Account_Code__c/ACME', { Name: 'Acme' });
      await write().should.be.rejected();
      should((await write()).status).equal(200);
      sim.journal.entries
        .map(({ outcome, answerLost }) => [outcome, answerLost])
        .should.eql([
          ['created', true],
          ['updated', undefined],
        ]);
    });

    it('a refused record can have the fault’s own error, in a collection too', async () => {
      const body = [{ errorCode: 'UNABLE_TO_LOCK_ROW', message: 'unable to obtain exclusive access to this record', fields: [] }];
      sim.faults.add({ kind: 'refuseRecord', match: { bodyContains: 'Two' }, body });
      const records = ['One', 'Two'].map((Name) => ({ attributes: { type: 'Account' }, Name }));
      const rows = (await call('POST', 'composite/sobjects', { records })).body;
      should(at(rows, '1.errors.0.statusCode')).equal('UNABLE_TO_LOCK_ROW');
    });
  });

  it('loaded records keep their ids and dates, and survive a restart with the credentials', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'salesforce-'));
    try {
      const first = await new Simulator(salesforce, { port: 0, dir }).start();
      const id = '0015g000000000AAAQ';
      first.definition.load(first, {
        records: [{ attributes: { type: 'Account' }, Id: id, Name: 'Old', Account_Code__c: 'OLD', SystemModstamp: '2026-01-02T03:04:05Z' }],
      });
      const key = salesforce.credentials(first)['privateKey'];
      await first.stop();
      const second = await new Simulator(salesforce, { port: 0, dir }).start();
      should(salesforce.credentials(second)['privateKey']).equal(key);
      should(second.state.records['Account']![id]).containEql({ Name: 'Old', SystemModstamp: '2026-01-02T03:04:05.000+0000' });
      await second.stop();
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  it('answers single-record calls quickly among 100,000 records', async function () {
    this.timeout(60_000);
    const records = Array.from({ length: 100_000 }, (_each, n) => ({
      attributes: { type: 'Account' },
      Name: `Account ${n}`,
      Account_Code__c: `A-${n}`,
    }));
    sim.definition.load(sim, { records });
    const start = performance.now();
    for (let n = 0; n < 50; n += 1) {
      should((await call('PATCH', `sobjects/Account/Account_Code__c/A-${n * 1999}`, { Phone: String(n) })).status).equal(200);
      should(at(await soql(`SELECT Phone FROM Account WHERE Account_Code__c = 'a-${n * 1999}'`), 'records.0.Phone')).equal(String(n));
    }
    // A scan of 100,000 rows takes tens of milliseconds; an indexed call must stay far below.
    should((performance.now() - start) / 100).be.below(20);
  });
});
