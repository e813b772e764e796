import should from 'should';
import type { SalesforceConnector } from '../../connectors/salesforce/connector.ts';
import { InMemoryEffects } from './in-memory-effects.ts';
import { accounts, anewWithDeals, failureOf } from './salesforce-deals.ts';
import { contextOf, SalesforceSandbox, signal } from './salesforce-sandbox.ts';

describe('Thousands of records in Salesforce', function () {
  this.timeout(60_000);
  const org = new SalesforceSandbox();
  let crm: SalesforceConnector;
  anewWithDeals(org, (connector) => (crm = connector));

  it('go by a bulk job; refused ones are named, and null empties a field', async () => {
    const many = accounts(2100, (at) =>
      at === 7 ? { Name: 'x'.repeat(300) } : { Legal_Name__c: at === 3 ? null : `Say "${at}", please\nTwice` },
    );
    const results = await crm.operations['record.upsert'](many, contextOf(new InMemoryEffects()));
    should(results.filter((result) => result.created)).have.length(2099);
    should(results[7]?.failure).match({ class: 'contract.invalid', code: 'STRING_TOO_LONG', field: 'Name', record: 'Account NEW-8' });
    should(await org.only("SELECT Name, Legal_Name__c FROM Account WHERE Account_Code__c = 'NEW-5'")).eql({
      Name: 'New 5',
      Legal_Name__c: 'Say "4", please\nTwice',
    });
    should((await org.only("SELECT Legal_Name__c FROM Account WHERE Account_Code__c = 'NEW-4'"))['Legal_Name__c']).be.null();
  });

  it('a run killed after the upload reads the same job again and sends nothing', async () => {
    const effects = new InMemoryEffects();
    org.fault({ kind: 'status', status: 503, match: { method: 'GET', path: 'successfulResults' } });
    await failureOf(crm.operations['record.upsert'](accounts(2001), contextOf(effects)));
    const results = await org.connector().operations['record.upsert'](accounts(2001), contextOf(effects));
    should(results.filter((result) => result.created)).have.length(2001);
    should(org.changes('Account')).have.length(2001);
  });

  it('delivered again with another value for one are written by another job', async () => {
    const effects = new InMemoryEffects();
    await crm.operations['record.upsert'](accounts(2001), contextOf(effects));
    await org.connector().operations['record.upsert'](
      accounts(2001, (at) => (at === 4 ? { Name: 'Corrected' } : {})),
      contextOf(effects),
    );
    should(await org.only("SELECT Name FROM Account WHERE Account_Code__c = 'NEW-5'")).eql({ Name: 'Corrected' });
  });

  it('a record refused in a job is written by a later delivery', async () => {
    const effects = new InMemoryEffects();
    org.fault({ kind: 'refuseRecord', match: { bodyContains: 'NEW-77"' } });
    should(
      (await crm.operations['record.upsert'](accounts(2001), contextOf(effects)))
        .filter((result) => result.failure)
        .map((result) => result.key),
    ).eql(['NEW-77']);
    should((await org.connector().operations['record.upsert'](accounts(2001), contextOf(effects))).filter((result) => result.failure)).eql(
      [],
    );
    should(org.changes('Account')).have.length(2001);
  });

  it('reading follows every page', async () => {
    await crm.operations['record.upsert'](accounts(2300), contextOf(new InMemoryEffects()));
    const names = new Set<unknown>();
    for await (const record of crm.query('SELECT Name FROM Account', signal)) names.add(record['Name']);
    should(names.size).equal(2301);
  });
});
