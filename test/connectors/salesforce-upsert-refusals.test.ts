import should from 'should';
import type { SalesforceConnector } from '../../connectors/salesforce/connector.ts';
import type { Failure } from '../../model/failure.ts';
import type { UpsertRequest } from '../../model/operations.ts';
import { InMemoryEffects } from './in-memory-effects.ts';
import { accounts, anewWithDeals, request, status } from './salesforce-deals.ts';
import { contextOf, SalesforceSandbox } from './salesforce-sandbox.ts';

describe('A record that Salesforce refuses', function () {
  this.timeout(60_000);
  const org = new SalesforceSandbox();
  let crm: SalesforceConnector;
  anewWithDeals(org, (connector) => (crm = connector));

  const refusals: [string, UpsertRequest, Partial<Failure>][] = [
    [
      'an unknown field',
      request(status(1, 'Failed', { Nope__c: 'x' })),
      { class: 'contract.drift', code: 'INVALID_FIELD', field: 'Nope__c', value: 'x' },
    ],
    [
      'a text that is too long',
      request(status(1, 'Failed', { ERP_Project_Id__c: 'x'.repeat(81) })),
      { class: 'contract.invalid', code: 'STRING_TOO_LONG', field: 'ERP_Project_Id__c' },
    ],
    [
      'a missing required field',
      { ...accounts(1), records: [{ Account_Code__c: 'X-1' }] },
      { class: 'contract.invalid', code: 'REQUIRED_FIELD_MISSING', field: 'Name' },
    ],
    [
      'a reference to nothing',
      request(status(1, 'Failed', { AccountId: '001000000000999AAA' })),
      { class: 'mapping.missing', code: 'INVALID_CROSS_REFERENCE_KEY' },
    ],
    [
      'an external id field that is none',
      {
        ...request(status(1, 'Failed')),
        externalIdField: 'Integration_Message__c',
        records: [{ Integration_Message__c: 'a', Name: 'b' }],
      },
      { class: 'contract.drift', code: 'NOT_FOUND' },
    ],
  ];
  for (const [what, refused, wanted] of refusals) {
    it(`${what} is refused with field and remedy`, async () => {
      const [result] = await crm.operations['record.upsert'](refused, contextOf(new InMemoryEffects()));
      should(result?.failure).match({ ...wanted, system: 'salesforce', remedy: /\w/, record: /^(Opportunity|Account) / });
      should(org.changes()).have.length(0);
    });
  }

  it('a record that a validation rule refused passes after the cause was removed', async () => {
    org.fault({ kind: 'refuseRecord', match: { bodyContains: 'Provisioned' } });
    const effects = new InMemoryEffects();
    const [refused] = await crm.operations['record.upsert'](request(status(1, 'Provisioned')), contextOf(effects));
    should(refused?.failure).match({ class: 'business.rejected', code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' });
    should((await crm.operations['record.upsert'](request(status(1, 'Provisioned')), contextOf(effects)))[0]?.failure).be.undefined();
  });
});
