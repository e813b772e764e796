import should from 'should';
import type { SalesforceConnector } from '../../connectors/salesforce/connector.ts';
import type { UpsertRequest } from '../../model/operations.ts';
import { InMemoryEffects, ProcessDied } from './in-memory-effects.ts';
import { accounts, anewWithDeals, deal, failureOf, request, status } from './salesforce-deals.ts';
import { contextOf, SalesforceSandbox } from './salesforce-sandbox.ts';

describe('One record written to Salesforce', function () {
  this.timeout(60_000);
  const org = new SalesforceSandbox();
  let crm: SalesforceConnector;
  anewWithDeals(org, (connector) => (crm = connector));

  it('is found by its business id and changed', async () => {
    const [result] = await crm.operations['record.upsert'](
      request(status(1, 'Provisioned', { ERP_Project_Id__c: '4711' })),
      contextOf(new InMemoryEffects()),
    );
    should(result).match({ key: 'ENG-1', id: deal(1)['Id'], created: false });
    should(await org.only("SELECT Integration_Status__c, ERP_Project_Id__c FROM Opportunity WHERE Engagement_Code__c = 'ENG-1'")).eql({
      Integration_Status__c: 'Provisioned',
      ERP_Project_Id__c: '4711',
    });
  });

  it('is created when there is none', async () => {
    const [result] = await crm.operations['record.upsert'](accounts(1), contextOf(new InMemoryEffects()));
    should(result?.created).be.true();
    should(await org.only("SELECT Id, Name FROM Account WHERE Account_Code__c = 'NEW-1'")).eql({ Id: result?.id, Name: 'New 1' });
  });

  it('can be named by its record id', async () => {
    const byId: UpsertRequest = {
      type: 'Opportunity',
      externalIdField: 'Id',
      records: [{ Id: deal(2)['Id'], Integration_Status__c: 'Failed' }],
    };
    should((await crm.operations['record.upsert'](byId, contextOf(new InMemoryEffects())))[0]).match({
      id: deal(2)['Id'],
      created: false,
    });
    should(await org.only("SELECT Integration_Status__c FROM Opportunity WHERE Name = 'Deal 2'")).eql({
      Integration_Status__c: 'Failed',
    });
  });

  it('written again by the same run, or by a run whose store was lost, is written once', async () => {
    const effects = new InMemoryEffects();
    const first = await crm.operations['record.upsert'](request(status(1, 'Provisioned')), contextOf(effects));
    should(await crm.operations['record.upsert'](request(status(1, 'Provisioned')), contextOf(effects))).eql(first);
    await crm.operations['record.upsert'](request(status(1, 'Provisioned')), contextOf(new InMemoryEffects()));
    should(org.changes()).have.length(1);
  });

  for (const when of ['before-send', 'after-send'] as const) {
    it(`is written once when the process is killed ${when.replace('-', ' the ')}`, async () => {
      const effects = new InMemoryEffects();
      effects.crash = { atSend: 1, when };
      await should(crm.operations['record.upsert'](accounts(1), contextOf(effects))).be.rejectedWith(ProcessDied);
      effects.crash = undefined;
      const [result] = await org.connector().operations['record.upsert'](accounts(1), contextOf(effects));
      should(result?.id).be.a.String();
      should(org.changes('Account')).have.length(1);
    });
  }

  it('whose answer was lost is in doubt, and found when it is settled', async () => {
    org.fault({ kind: 'dropAfter', match: { method: 'PATCH' } });
    const effects = new InMemoryEffects();
    const failure = await failureOf(crm.operations['record.upsert'](accounts(1), contextOf(effects)));
    should(failure).match({ class: 'transient.timeout', outcome: 'unknown', record: 'Account NEW-1' });
    await crm.operations['record.upsert'](accounts(1), contextOf(effects));
    should(org.changes('Account')).have.length(1);
  });

  it('whose request was lost on the way is sent again', async () => {
    org.fault({ kind: 'dropBefore', match: { method: 'PATCH' } });
    const effects = new InMemoryEffects();
    should((await failureOf(crm.operations['record.upsert'](accounts(1), contextOf(effects)))).outcome).equal('unknown');
    await crm.operations['record.upsert'](accounts(1), contextOf(effects));
    should(org.changes('Account')).have.length(1);
  });

  it('with so many fields that no address holds their names is looked up in parts', async () => {
    // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_basic_info.htm: names are of 40 letters at most
    const fields = Object.fromEntries(Array.from({ length: 400 }, (_, at) => [`Field_with_a_name_of_forty_letters_${at}__c`, 'x']));
    const [result] = await crm.operations['record.upsert'](request(status(1, 'a', fields)), contextOf(new InMemoryEffects()));
    should(result?.failure?.code).equal('INVALID_FIELD');
  });

  for (const [code, cls] of [
    [429, 'transient.throttled'],
    [503, 'transient.unavailable'],
  ] as const) {
    it(`waits as long as it is told at status ${code}`, async () => {
      org.fault({ kind: 'status', status: code, headers: { 'Retry-After': '7' }, match: { method: 'PATCH' } });
      const effects = new InMemoryEffects();
      should(await failureOf(crm.operations['record.upsert'](accounts(1), contextOf(effects)))).match({
        class: cls,
        retryAfterMs: 7000,
        outcome: 'not-made',
      });
      await crm.operations['record.upsert'](accounts(1), contextOf(effects));
      should(org.changes('Account')).have.length(1);
    });
  }

  it('passes although the session ended, with one new sign-in', async () => {
    await crm.serverTime();
    org.fault({ kind: 'expireToken', match: { method: 'PATCH' } });
    await crm.operations['record.upsert'](accounts(1), contextOf(new InMemoryEffects()));
    should(org.changes('Account')).have.length(1);
  });
});
