import should from 'should';
import { createSalesforce, salesforceOn } from '../../connectors/salesforce/connector.ts';
import { readRecords } from '../../connectors/salesforce-platform/query/query.ts';
import { OrgSession } from '../../connectors/salesforce-platform/session/org-session.ts';
import { Failure } from '../../model/failure.ts';
import { SalesforceSandbox, signal } from './salesforce-sandbox.ts';
import { ScriptedOrg, settings } from './salesforce-scripted-org.ts';

describe('connecting to Salesforce', () => {
  let org: SalesforceSandbox;
  before(async () => {
    org = await new SalesforceSandbox().start();
  });
  after(() => org.stop());

  const failureOf = async (work: Promise<unknown>): Promise<Failure> =>
    work.then(
      () => {
        throw new Error('did not fail');
      },
      (error: unknown) => Failure.from(error),
    );

  for (const flow of ['jwt-bearer', 'client-credentials', 'refresh-token', 'username-password'] as const) {
    it(`works by ${flow.replaceAll('-', ' ')}, and the test says as whom`, async () => {
      const { password, securityToken, refreshToken, username, orgId } = org.credentials();
      const crm = org.connector({ flow, refreshToken, password: `${password}${securityToken}` });
      const result = await crm.test();
      should(result.message).equal(`Connected to Northwind Consulting (Sandbox) (${orgId}) as ${username}, API v66.0`);
      should(result.ok).be.true();
      should(crm.health()).match({ inFlight: 0, apiRequestsMax: 1_000_000 });
    });
  }

  it('a wrong secret is denied with a remedy, and never tried for ever', async () => {
    const crm = org.connector({ flow: 'client-credentials', clientSecret: 'wrong' });
    should(await failureOf(crm.serverTime())).match({ class: 'auth.denied', code: /invalid_client/, remedy: /consumer key/ });
    should(await crm.test()).match({ ok: false, message: /refused the sign-in/ });
    should(JSON.stringify(crm.health())).not.match(/wrong/);
  });

  it('a user that the app does not know, and an assertion for another address, are denied', async () => {
    should((await failureOf(org.connector({ username: 'nobody@else.example' }).serverTime())).class).equal('auth.denied');
    should(await failureOf(org.connector({ audience: 'https://elsewhere.example' }).serverTime())).match({
      class: 'auth.denied',
      remedy: /audience/,
    });
  });

  it('an API version that the org does not serve is told', async () => {
    should(await org.connector({ apiVersion: '99.0' }).test()).match({ ok: false, message: /v99\.0/ });
  });

  it('many calls at once share one sign-in', async () => {
    const scripted = await new ScriptedOrg(() => undefined).start();
    const crm = createSalesforce(settings(scripted));
    await Promise.all(Array.from({ length: 10 }, () => crm.serverTime()));
    should(scripted.tokens).equal(1);
    should(scripted.requests.at(-1)?.headers).match({
      authorization: 'Bearer 00D000000000001!1',
      'sforce-call-options': 'client=psconnect',
    });
    await scripted.stop();
  });

  it('another product in the org stands on the same session: one sign-in, one limit of calls, one view of the quota', async () => {
    const nothing = { body: { totalSize: 0, done: true, records: [] }, headers: { 'Sforce-Limit-Info': 'api-usage=18/15000' } };
    const scripted = await new ScriptedOrg((request) => (request.query.has('q') ? nothing : undefined)).start();
    const session = new OrgSession({ ...settings(scripted), concurrency: 2 });
    const crm = salesforceOn(session);
    const calls = Array.from({ length: 5 }, () => [crm.serverTime(), readRecords(session.rest, 'SELECT Id FROM Project__c', signal)]);
    should(crm.health()).match({ inFlight: 2 });
    await Promise.all(calls.flat());
    should(scripted.tokens).equal(1);
    should(crm.health()).match({ inFlight: 0, apiRequestsUsed: 18, apiRequestsMax: 15_000 });
    await scripted.stop();
  });

  const refusing = (message: string, times: number) => {
    let left = times;
    return new ScriptedOrg((request) =>
      request.query.has('q') && left-- > 0 ? { status: 401, body: [{ errorCode: 'INVALID_SESSION_ID', message }] } : undefined,
    ).start();
  };
  const read = (scripted: ScriptedOrg) =>
    createSalesforce(settings(scripted)).query('SELECT Id FROM Account', signal)[Symbol.asyncIterator]().next();

  it('a session that ended is renewed once', async () => {
    const scripted = await refusing('Session expired or invalid', 1);
    await failureOf(read(scripted));
    should(scripted.tokens).equal(2);
    await scripted.stop();
  });

  it('a session refused again after the renewal is not renewed a second time', async () => {
    const scripted = await refusing('Session expired or invalid', 9);
    should((await failureOf(read(scripted))).code).equal('INVALID_SESSION_ID');
    should(scripted.tokens).equal(2);
    await scripted.stop();
  });

  it('a session that may not use the API at all is not renewed', async () => {
    const scripted = await refusing('This session is not valid for use with the REST API', 9);
    should((await failureOf(read(scripted))).class).equal('auth.denied');
    should(scripted.tokens).equal(1);
    await scripted.stop();
  });

  it('an answer without a token is not kept: the next call signs in again', async () => {
    let empty = true;
    const scripted = await new ScriptedOrg((request) => {
      if (request.path !== '/services/oauth2/token' || !empty) return undefined;
      empty = false;
      return { body: { access_token: '', instance_url: '' } };
    }).start();
    const crm = createSalesforce(settings(scripted));
    should((await failureOf(crm.serverTime())).code).equal('TOKEN_INCOMPLETE');
    should((await crm.serverTime()).toISOString()).equal('2026-11-23T10:00:00.000Z');
    await scripted.stop();
  });

  it('objects and fields can be picked from the org', async () => {
    const crm = org.connector();
    should((await crm.listObjects()).find((object) => object.name === 'Staffing_Need__c')).match({ custom: true, queryable: true });
    const { fields, children } = await crm.describe('Opportunity');
    should(fields.find((field) => field.name === 'Engagement_Code__c')).match({ externalId: true, required: false, type: 'string' });
    should(fields.filter((field) => field.required).map((field) => field.name)).containDeep(['Name', 'StageName', 'CloseDate']);
    should(children.map((child) => child.relationshipName)).containDeep(['Engagement_Phases__r', 'OpportunityLineItems']);
    should(fields.find((field) => field.name === 'Billing_Type__c')?.picklist.map((entry) => entry.value)).eql([
      'Time and Materials',
      'Fixed Price',
      'Retainer',
    ]);
  });

  it('a query that is wrong names the column; the day’s quota used up is told as such', async () => {
    const crm = org.connector();
    const first = (soql: string) => failureOf(crm.query(soql, signal)[Symbol.asyncIterator]().next());
    should(await first('SELECT Nope__c FROM Opportunity')).match({ class: 'contract.drift', code: 'INVALID_FIELD', field: 'Nope__c' });
    should(await first('SELECT Id FROM')).match({ class: 'contract.invalid', code: 'MALFORMED_QUERY' });
    org.sim.state.limits['DailyApiRequests'] = { Max: 5, Used: 5 };
    const spent = await first('SELECT Id FROM Account');
    org.sim.state.limits['DailyApiRequests'] = { Max: 1_000_000, Used: 0 };
    should(spent).match({ class: 'quota.exhausted', code: 'REQUEST_LIMIT_EXCEEDED' });
    should(spent.retryAfterMs).be.above(60_000);
  });
});
