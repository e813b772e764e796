import should from 'should';
import type { SalesforceConnector } from '../../connectors/salesforce/connector.ts';
import type { JsonObject } from '../../model/json.ts';
import type { UpsertRequest } from '../../model/operations.ts';
import { InMemoryEffects } from './in-memory-effects.ts';
import { accounts, anewWithDeals, failureOf, request } from './salesforce-deals.ts';
import { contextOf, SalesforceSandbox } from './salesforce-sandbox.ts';

describe('A record written to Salesforce by its business id', function () {
  this.timeout(60_000);
  const org = new SalesforceSandbox();
  let crm: SalesforceConnector;
  anewWithDeals(org, (connector) => (crm = connector));

  for (const key of [
    'acme.inc',
    'x@y.xml',
    'a/b',
    '..',
    '.',
    'a%2Fb',
    'a?b=c',
    'a#b',
    "O'Neil & Söhne",
    'ENG:1',
    'a;b',
    '日本',
    'a b+c',
    '"quoted"',
  ]) {
    it(`with the key ${key} is written once, and found again, like any other`, async () => {
      const one: UpsertRequest = { ...accounts(1), records: [{ Account_Code__c: key, Name: 'x' }] };
      const [made] = await crm.operations['record.upsert'](one, contextOf(new InMemoryEffects()));
      should(made).match({ key, created: true });
      should((await crm.operations['record.upsert'](one, contextOf(new InMemoryEffects())))[0]).match({ key, id: made?.id });
      should(org.changes('Account')).have.length(1);
      const changed = { ...one, records: [{ Account_Code__c: key, Name: 'y' }] };
      should((await crm.operations['record.upsert'](changed, contextOf(new InMemoryEffects())))[0]).match({
        key,
        id: made?.id,
        created: false,
      });
      should(org.changes('Account').map((entry) => entry.outcome)).eql(['created', 'updated']);
    });
  }

  it('with a key that is no name in an address is refused with field and value, and tried again when it was locked', async () => {
    const one = (more: JsonObject): UpsertRequest => ({ ...accounts(1), records: [{ Account_Code__c: 'acme.inc', Name: 'x', ...more }] });
    const refused = await crm.operations['record.upsert'](one({ Nope__c: 'y' }), contextOf(new InMemoryEffects()));
    should(refused[0]?.failure).match({ code: 'INVALID_FIELD', field: 'Nope__c', value: 'y', record: 'Account acme.inc' });
    const body = [{ message: 'unable to obtain exclusive access to this record', errorCode: 'UNABLE_TO_LOCK_ROW', fields: [] }];
    org.fault({ kind: 'refuseRecord', match: { bodyContains: 'acme.inc' }, body });
    const effects = new InMemoryEffects();
    should(await failureOf(crm.operations['record.upsert'](one({}), contextOf(effects)))).match({
      class: 'transient.locked',
      outcome: 'not-made',
    });
    should((await crm.operations['record.upsert'](one({}), contextOf(effects)))[0]?.created).be.true();
  });

  it('by a record id that is none is refused, whatever it looks like', async () => {
    for (const key of ['../describe', 'x.json']) {
      const byId: UpsertRequest = {
        type: 'Opportunity',
        externalIdField: 'Id',
        records: [{ Id: key, Integration_Status__c: 'Failed' }],
      };
      should((await crm.operations['record.upsert'](byId, contextOf(new InMemoryEffects())))[0]?.failure).match({
        record: `Opportunity ${key}`,
      });
    }
    should(org.changes()).have.length(0);
  });

  it('a record without its business id is refused before anything is sent', async () => {
    const [result] = await crm.operations['record.upsert'](request({ Integration_Status__c: 'x' }), contextOf(new InMemoryEffects()));
    should(result?.failure).match({ code: 'EXTERNAL_ID_MISSING', field: 'Engagement_Code__c' });
  });

  it('a record whose business id has half of a character is refused in words, and the others are written', async () => {
    const [wrong, right] = await crm.operations['record.upsert'](
      request({ Engagement_Code__c: '\ud800', Integration_Status__c: 'x' }, { Engagement_Code__c: 'ENG-1', Integration_Status__c: 'x' }),
      contextOf(new InMemoryEffects()),
    );
    should(wrong?.failure).match({ class: 'contract.invalid', code: 'EXTERNAL_ID_WRONG', field: 'Engagement_Code__c' });
    should(right?.failure).equal(undefined);
  });
});
