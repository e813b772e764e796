import type { SalesforceConnector } from '../../connectors/salesforce/connector.ts';
import type { Failure } from '../../model/failure.ts';
import type { JsonObject } from '../../model/json.ts';
import type { UpsertRequest } from '../../model/operations.ts';
import type { SalesforceSandbox } from './salesforce-sandbox.ts';

/** A client with won deals, and what a test writes of them. */
export const account = {
  attributes: { type: 'Account' },
  Id: '001000000000101AAA',
  Name: 'Client',
  Account_Code__c: 'ACC-0101',
  CurrencyIsoCode: 'EUR',
};
export const deal = (number: number): JsonObject => ({
  attributes: { type: 'Opportunity' },
  Id: `006${String(number).padStart(12, '0')}AAA`,
  Name: `Deal ${number}`,
  AccountId: account.Id,
  StageName: 'Closed Won',
  CloseDate: '2026-11-20',
  CurrencyIsoCode: 'EUR',
  Engagement_Code__c: `ENG-${number}`,
});
/** The org holds the client and five deals before each test of this place, and is asked by a new connector. */
export function anewWithDeals(org: SalesforceSandbox, use: (connector: SalesforceConnector) => void): void {
  before(() => org.start());
  after(() => org.stop());
  beforeEach(async () => {
    await org.reset([account, ...[1, 2, 3, 4, 5].map(deal)]);
    use(org.connector());
  });
}

export const status = (number: number, value: string, more: JsonObject = {}): JsonObject => ({
  Engagement_Code__c: `ENG-${number}`,
  Integration_Status__c: value,
  ...more,
});
export const request = (...records: JsonObject[]): UpsertRequest => ({
  type: 'Opportunity',
  externalIdField: 'Engagement_Code__c',
  records,
});
export const accounts = (count: number, more: (at: number) => JsonObject = () => ({})): UpsertRequest => ({
  type: 'Account',
  externalIdField: 'Account_Code__c',
  records: Array.from({ length: count }, (_, at) => ({ Account_Code__c: `NEW-${at + 1}`, Name: `New ${at + 1}`, ...more(at) })),
});

export const failureOf = async (work: Promise<unknown>): Promise<Failure> =>
  work.then(
    () => {
      throw new Error('did not fail');
    },
    (error: Failure) => error,
  );
