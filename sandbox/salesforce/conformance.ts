import type { ConformanceData } from '../conformance.ts';

const account = {
  attributes: { type: 'Account' },
  Id: '001000000000101AAA',
  Name: 'Client',
  Account_Code__c: 'ACC-0101',
  CurrencyIsoCode: 'EUR',
};

const deal = (number: number) => ({
  attributes: { type: 'Opportunity' },
  Id: `006${String(number).padStart(12, '0')}AAA`,
  Name: `Deal ${number}`,
  AccountId: account.Id,
  StageName: 'Closed Won',
  CloseDate: '2025-03-20',
  CurrencyIsoCode: 'EUR',
  Amount: 12_000,
  Engagement_Code__c: `ENG-${number}`,
  Billing_Type__c: 'Fixed Price',
  Legal_Entity__c: 'DE01',
  LastStageChangeDate: `2025-03-1${number}T10:00:00.000Z`,
  SystemModstamp: `2025-03-1${number}T10:00:00.000Z`,
});

/** Its stamp is the moment at which it comes: whoever missed it in the stream finds it by that. */
function wonJustNow(number: number): object {
  const { SystemModstamp: _before, ...fields } = deal(number);
  return fields;
}

const contract = (number: number) => ({
  attributes: { type: 'Contract' },
  Id: `800${String(number).padStart(12, '0')}AAA`,
  AccountId: account.Id,
  Status: 'Activated',
  StartDate: '2025-01-01',
  Amendment_Number__c: number,
  Amendment_Effective_Date__c: '2025-04-01',
  SystemModstamp: `2025-03-1${number}T10:00:00.000Z`,
});

const upsert = (...records: object[]) => ({ type: 'Account', externalIdField: 'Account_Code__c', records });
const client = (number: number) => ({ Account_Code__c: `NEW-${number}`, Name: `New ${number}` });
const changedClient = (number: number) => ({
  ...account,
  ...client(number),
  Id: `001000000000${200 + number}AAA`,
  SystemModstamp: `2025-03-1${number}T10:00:00.000Z`,
});
const query = (by: 'pages' | 'job', deleted = false) => ({
  query: `SELECT Account_Code__c, Name, AnnualRevenue, IsDeleted, CreatedDate FROM Account WHERE Account_Code__c IN :codes`,
  values: { codes: ['NEW-1', 'NEW-2', "O'Neil \\"] },
  deleted,
  by,
  bulkFrom: 2,
  limit: 10,
  partSize: 10,
  repeat: 'tell',
});
const asked = [1, 2].map((number) => ({
  ...account,
  ...client(number),
  Id: `001000000000${200 + number}AAA`,
  AnnualRevenue: 1_000_001,
  CreatedDate: '2025-01-05T08:00:00.000Z',
}));
const reads = { why: 'it reads' };
const nobodyElses = { why: 'a record belongs to whoever knows its external id: writing it is what an upsert is asked for' };

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const invoice = {
  id: 'netsuite:1001',
  source: { system: 'netsuite', id: '1001' },
  number: 'INV-1001',
  legalEntity: 'DE01',
  customer: { id: '101', code: 'ACC-0101', legalEntity: 'DE01' },
  project: { id: '102', code: 'ENG-1', legalEntity: 'DE01', currency: 'EUR' },
  currency: 'EUR',
  invoiceDate: '2025-03-10',
  status: 'posted',
  net: eur('1000.00'),
  tax: eur('190.00'),
  gross: eur('1190.00'),
  open: eur('1190.00'),
  lines: [{ id: '1', amount: eur('1000.00') }],
  payments: [],
  credits: [],
  version: '2025-03-10T10:00:00.000Z',
};
const told = {
  invoice,
  type: 'Opportunity',
  keyField: 'Engagement_Code__c',
  key: 'ENG-1',
  fields: {
    Invoice_Id__c: 'id',
    Invoice_Version__c: 'version',
    Invoice_Date__c: 'invoiceDate',
    Invoice_Status__c: 'status',
    Invoice_Gross__c: 'gross',
    Invoice_Due_Date__c: 'dueDate',
  },
};

/** An org with one client and a few deals that were won. */
export const conformance: ConformanceData = {
  given: { records: [account] },
  answers: {
    401: { body: [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }] },
    503: { body: [{ message: 'We are down for maintenance.', errorCode: 'SERVER_UNAVAILABLE' }] },
  },
  operations: {
    'opportunity.poll': [
      {
        given: { records: [1, 2, 3].map(deal) },
        input: { rule: 'won', since: '2025-01-01T00:00:00Z', pageSize: 2 },
        makes: ['ENG-1', 'ENG-2', 'ENG-3'],
        others: reads,
        refused: reads,
      },
    ],
    'account.poll': [
      {
        given: { records: [1, 2, 3].map(changedClient) },
        input: { rule: { condition: "Account_Code__c LIKE 'NEW-%'" }, since: '2025-01-01T00:00:00Z', pageSize: 2 },
        makes: ['NEW-1', 'NEW-2', 'NEW-3'],
        others: reads,
        refused: reads,
      },
    ],
    'opportunity.stream': [
      {
        given: { records: [1, 2].map(deal) },
        input: { rule: 'won', since: '2025-01-01T00:00:00Z' },
        meanwhile: { records: [wonJustNow(3)] },
        makes: ['ENG-1', 'ENG-2', 'ENG-3'],
        others: reads,
        refused: reads,
      },
    ],
    'contract.poll': [
      {
        given: { records: [1, 2, 3].flatMap((number) => [contract(number), { ...deal(number), ContractId: contract(number).Id }]) },
        input: {
          ...{ rule: 'amended', object: 'Contract', numberField: 'Amendment_Number__c', deal: 'Opportunity.ContractId' },
          ...{ since: '2025-01-01T00:00:00Z', pageSize: 2 },
        },
        makes: ['ENG-1', 'ENG-2', 'ENG-3'],
        others: reads,
        refused: reads,
      },
    ],
    'record.query': [
      { title: 'page by page', given: { records: asked }, input: query('pages'), makes: ['NEW-1', 'NEW-2'], others: reads, refused: reads },
      { title: 'by a job', given: { records: asked }, input: query('job', true), makes: ['NEW-1', 'NEW-2'], others: reads, refused: reads },
    ],
    'crm-invoice-status.write': [
      {
        given: { records: [deal(1)] },
        input: told,
        makes: ['Opportunity ENG-1'],
        changes: true,
        others: {
          after: 'the sample',
          input: { ...told, invoice: { ...invoice, version: '2025-03-09T10:00:00.000Z' } },
          failure: {
            class: 'conflict.stale',
            code: 'INVOICE_STALE',
            record: 'Opportunity ENG-1',
            field: 'Invoice_Version__c',
            value: invoice.version,
          },
        },
        refused: {
          input: { ...told, fields: { ...told.fields, Invoice_Margin__c: 'margin' } },
          failure: {
            class: 'contract.drift',
            code: 'FIELD_NOT_WRITABLE',
            record: 'Opportunity ENG-1',
            field: 'Invoice_Margin__c',
            value: 'margin',
          },
        },
      },
    ],
    'record.upsert': [
      {
        title: 'one record',
        input: upsert(client(1)),
        makes: ['Account NEW-1'],
        others: nobodyElses,
        refused: {
          input: upsert({ ...client(1), CurrencyIsoCode: 'XXX' }),
          failure: {
            class: 'mapping.missing',
            code: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
            record: 'Account NEW-1',
            field: 'CurrencyIsoCode',
            value: 'XXX',
          },
        },
      },
      {
        title: 'several at once',
        input: upsert(client(1), client(2), client(3)),
        makes: ['Account NEW-1', 'Account NEW-2', 'Account NEW-3'],
        others: nobodyElses,
        refused: {
          input: upsert({ ...client(1), CurrencyIsoCode: 'XXX' }, { ...client(2), CurrencyIsoCode: 'XXX' }),
          failure: {
            class: 'mapping.missing',
            code: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
            record: 'Account NEW-1',
            field: 'CurrencyIsoCode',
            value: 'XXX',
          },
        },
      },
    ],
  },
};
