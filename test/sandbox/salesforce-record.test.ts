import { gzipSync } from 'node:zlib';
import should from 'should';
import { at, SalesforceClient } from './salesforce-client.ts';

describe('The Salesforce sandbox on the wire: one record', () => {
  let org: SalesforceClient;
  before(async () => {
    org = await new SalesforceClient().start();
  });
  after(() => org.stop());
  beforeEach(() => org.reset());

  const upsert = (version: string, name: string) => org.call('PATCH', 'sobjects/Account/Account_Code__c/ACME', { Name: name }, {}, version);

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
    const repeated = await org.call('PATCH', 'sobjects/Account/Account_Code__c/ACME', { Name: 'x', Account_Code__c: 'ACME' });
    should(at(repeated.body, '0.errorCode')).equal('INVALID_FIELD');
    should((await org.call('PATCH', 'sobjects/Account/Account_Code__c/ACME?updateOnly=true', { Name: 'x' })).status).equal(404);
    const unknown = await org.call('PATCH', 'sobjects/Account/Phone/1', { Name: 'x' });
    should(unknown.body).eql([
      { message: 'Provided external ID field does not exist or is not accessible: Phone', errorCode: 'NOT_FOUND' },
    ]);
  });

  it('whose key ends like a file is not found by its address, and is by a call for several', async () => {
    const key = 'a/b.acme.inc';
    should((await org.call('PATCH', `sobjects/Account/Account_Code__c/${encodeURIComponent(key)}`, { Name: 'Acme' })).status).equal(404);
    const records = [{ attributes: { type: 'Account' }, Account_Code__c: key, Name: 'Acme' }];
    const several = await org.call('PATCH', 'composite/sobjects/Account/Account_Code__c', { records });
    should(several.body).match([{ success: true, created: true }]);
    should((await org.call('GET', 'sobjects/Account/Account_Code__c/acme.inc')).status).equal(404);
  });

  it('asked for by too long an address, or too long a query, is refused', async () => {
    const long = (length: number) => `SELECT Id FROM Account WHERE Name = '${'x'.repeat(length)}'`;
    should((await org.call('GET', `query?q=${encodeURIComponent(long(17_000))}`)).status).equal(431);
    const url = `/services/data/v66.0/query?q=${encodeURIComponent(long(100_000))}`;
    const body = (await org.call('POST', 'composite', { compositeRequest: [{ method: 'GET', url, referenceId: 'q' }] })).body;
    should(at(body, 'compositeResponse.0.body.0.errorCode')).equal('MALFORMED_QUERY');
  });

  it('whose key is not unique answers 300 with the addresses', async () => {
    for (const LastName of ['One', 'Two']) await org.call('POST', 'sobjects/Contact', { LastName, Email: 'a@example.com' });
    const { status, body } = await org.call('GET', 'sobjects/Contact/Email/a@example.com');
    should(status).equal(300);
    should(body).have.length(2);
    should(at(body, '0')).match(/^\/services\/data\/v66\.0\/sobjects\/Contact\/003/);
  });

  it('is answered with the fields asked for, or 304 when it has not changed', async () => {
    const { body } = await org.call('POST', 'sobjects/Account', { name: 'Acme', billingcity: 'Bonn' });
    const read = await org.call('GET', `sobjects/Account/${at(body, 'id')}?fields=Name,BillingAddress,Phone`);
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
    should((await org.call('GET', `sobjects/Account/${at(body, 'id')}`, undefined, since)).status).equal(304);
    should((await org.call('GET', 'sobjects/Account/describe', undefined, { 'If-Modified-Since': new Date().toUTCString() })).status).equal(
      304,
    );
    should((await org.call('PATCH', `sobjects/Account/${at(body, 'id')}`, { Name: 'x' }, { 'If-Match': '"other"' })).status).equal(412);
  });

  it('has datetimes in seconds, with +0000', async () => {
    const { body } = await org.call('POST', 'sobjects/Account', { Name: 'Acme' });
    const read = await org.call('GET', `sobjects/Account/${at(body, 'id')}`);
    should(at(read.body, 'SystemModstamp')).match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+0000$/);
  });

  it('gone, unknown or malformed is told apart', async () => {
    const { body } = await org.call('POST', 'sobjects/Account', { Name: 'Acme' });
    should((await org.call('DELETE', `sobjects/Account/${at(body, 'id')}`)).status).equal(204);
    should(at((await org.call('DELETE', `sobjects/Account/${at(body, 'id')}`)).body, '0.errorCode')).equal('ENTITY_IS_DELETED');
    should(at((await org.call('GET', 'sobjects/Account/0015g00000zzzzz')).body, '0.message')).equal(
      'The requested resource does not exist',
    );
    should(at((await org.call('GET', 'sobjects/Account/nonsense')).body, '0.message')).match(/external ID field does not exist/);
    should((await org.call('GET', 'sobjects/Nothing__c/describe')).body).eql([
      { message: 'The requested resource does not exist', errorCode: 'NOT_FOUND' },
    ]);
  });

  it('may be sent compressed; what is not JSON is refused', async () => {
    const zipped = gzipSync(JSON.stringify({ Name: 'Zipped' }));
    should((await org.call('POST', 'sobjects/Account', zipped, { 'Content-Encoding': 'gzip' })).status).equal(201);
    should(at((await org.call('POST', 'sobjects/Account', '{"Name":')).body, '0.errorCode')).equal('JSON_PARSER_ERROR');
    should((await org.call('POST', 'sobjects/Account', 'x', { 'Content-Type': 'text/plain' })).status).equal(415);
    const put = await org.call('PUT', 'sobjects/Account', {});
    should(put.status).equal(405);
    should(at(put.body, '0')).eql({ message: "HTTP Method 'PUT' not allowed. Allowed are GET,POST", errorCode: 'METHOD_NOT_ALLOWED' });
  });

  it('deleted takes what belongs to it along, and shows in queryAll and /deleted', async () => {
    const { body } = await org.call('POST', 'sobjects/Opportunity', { Name: 'x', StageName: 'Prospecting', CloseDate: '2026-12-31' });
    await org.call('POST', 'sobjects/Rate_Card_Line__c', { Opportunity__c: at(body, 'id'), Rate__c: 120 });
    await org.call('DELETE', `sobjects/Opportunity/${at(body, 'id')}`);
    should(at(await org.soql('SELECT Id FROM Rate_Card_Line__c'), 'totalSize')).equal(0);
    const all = (await org.call('GET', `queryAll?q=${encodeURIComponent('SELECT Id, IsDeleted FROM Rate_Card_Line__c')}`)).body;
    should(at(all, 'records.0.IsDeleted')).equal(true);
    const window = `start=${encodeURIComponent(new Date(Date.now() - 600_000).toISOString())}&end=${encodeURIComponent(new Date(Date.now() + 120_000).toISOString())}`;
    const gone = (await org.call('GET', `sobjects/Opportunity/deleted/?${window}`)).body;
    should(at(gone, 'deletedRecords.0.id')).equal(at(body, 'id'));
    should(at((await org.call('GET', `sobjects/Opportunity/updated/?${window}`)).body, 'ids')).eql([]);
  });
});
