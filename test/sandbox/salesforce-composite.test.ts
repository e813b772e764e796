import should from 'should';
import { at, list, SalesforceClient } from './salesforce-client.ts';

describe('The Salesforce sandbox on the wire: composite', () => {
  let org: SalesforceClient;
  before(async () => {
    org = await new SalesforceClient().start();
  });
  after(() => org.stop());
  beforeEach(() => org.reset());

  const account = { method: 'POST', url: '/services/data/v66.0/sobjects/Account', referenceId: 'acc', body: { Name: 'Acme' } };
  const opportunity = (values: object = {}) => ({
    method: 'POST',
    url: '/services/data/v66.0/sobjects/Opportunity',
    referenceId: 'opp',
    body: { Name: 'Roll-out', StageName: 'Prospecting', CloseDate: '2026-12-31', AccountId: '@{acc.id}', ...values },
  });

  it('uses the answers of earlier requests', async () => {
    const read = { method: 'GET', url: '/services/data/v66.0/sobjects/Opportunity/@{opp.id}?fields=AccountId', referenceId: 'read' };
    const { status, body } = await org.call('POST', 'composite', { allOrNone: true, compositeRequest: [account, opportunity(), read] });
    should(status).equal(200);
    list(body, 'compositeResponse')
      .map((each) => at(each, 'httpStatusCode'))
      .should.eql([201, 201, 200]);
    should(at(body, 'compositeResponse.2.body.AccountId')).equal(at(body, 'compositeResponse.0.body.id'));
    should(at(body, 'compositeResponse.0.httpHeaders.Location')).match(/sobjects\/Account\/001/);
  });

  it('all or none takes everything back and says so of the innocent', async () => {
    const { body } = await org.call('POST', 'composite', {
      allOrNone: true,
      compositeRequest: [account, opportunity({ Billing_Type__c: 'Barter' })],
    });
    should(at(body, 'compositeResponse.0.body.0.errorCode')).equal('PROCESSING_HALTED');
    should(at(body, 'compositeResponse.1.body.0.errorCode')).equal('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
    should(at(await org.soql('SELECT Id FROM Account'), 'totalSize')).equal(0);
    org.sim.journal.entries.map((entry) => entry.outcome).should.eql(['refused', 'refused']);
  });

  it('all or none of an upsert says of each row taken back whether it would have been created', async () => {
    await org.call('PATCH', 'sobjects/Account/Account_Code__c/OLD', { Name: 'Old' });
    const row = (code: string, more: object) => ({ attributes: { type: 'Account' }, Account_Code__c: code, ...more });
    const records = [row('OLD', { Name: 'Older' }), row('NEW', { Name: 'New' }), row('BAD', {})];
    const { body } = await org.call('PATCH', 'composite/sobjects/Account/Account_Code__c', { allOrNone: true, records });
    should(body).match([
      { success: false, created: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
      { success: false, created: true, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
      { success: false, created: true, errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }] },
    ]);
    should(at(await org.soql('SELECT COUNT() FROM Account'), 'totalSize')).equal(1);
  });

  it('without it only the dependants of a failure stop', async () => {
    const other = { ...account, referenceId: 'other', body: { Name: 'Other' } };
    const broken = { ...account, body: {} };
    const { body } = await org.call('POST', 'composite', { compositeRequest: [broken, opportunity(), other] });
    list(body, 'compositeResponse')
      .map((each) => at(each, 'httpStatusCode'))
      .should.eql([400, 400, 201]);
    should(at(body, 'compositeResponse.1.body.0.errorCode')).equal('PROCESSING_HALTED');
  });

  it('is refused as a whole when a request has no reference', async () => {
    should(
      (await org.call('POST', 'composite', { compositeRequest: [{ method: 'GET', url: '/services/data/v66.0/limits' }] })).status,
    ).equal(400);
  });

  it('batch runs independent requests and can halt', async () => {
    const batchRequests = [
      { method: 'GET', url: 'v66.0/sobjects/Account/0015g00000zzzzz' },
      { method: 'GET', url: 'v66.0/limits' },
    ];
    const go = await org.call('POST', 'composite/batch', { batchRequests });
    list(go.body, 'results')
      .map((each) => at(each, 'statusCode'))
      .should.eql([404, 200]);
    const halt = await org.call('POST', 'composite/batch', { haltOnError: true, batchRequests });
    should(at(halt.body, 'results.1')).eql({
      statusCode: 412,
      result: [{ errorCode: 'BATCH_PROCESSING_HALTED', message: 'Batch processing halted per request' }],
    });
  });

  it('graphs are transactions of their own', async () => {
    const good = { graphId: 'good', compositeRequest: [account] };
    const bad = { graphId: 'bad', compositeRequest: [{ ...account, referenceId: 'a2' }, opportunity({ AccountId: 'nobody' })] };
    const { body } = await org.call('POST', 'composite/graph', { graphs: [good, bad] });
    list(body, 'graphs')
      .map((each) => at(each, 'isSuccessful'))
      .should.eql([true, false]);
    should(at(await org.soql('SELECT Id FROM Account'), 'totalSize')).equal(1);
  });
});
