import type { CallLimit, SystemFacts } from '../../declarations/operation-facts.ts';
import { rowsPerPage } from '../salesforce-platform/bulk/query-job.ts';
import { bulkFrom, rowsPerJob } from '../salesforce-platform/bulk/upsert-bulk.ts';
import { largestPage, usualPage } from '../salesforce-platform/poll/page-size.ts';
import { mostInList } from '../salesforce-platform/query/soql-value.ts';
import { largestCollection } from '../salesforce-platform/write/upsert-collection.ts';
import { mostIds } from './opportunity-stream/heard-changes.ts';

const twice = 'the org’s automation runs again';
const inverse = {
  by: 'person',
  why: 'what the fields held before is not known: a record that was created is a person’s to delete',
} as const;

const reads: readonly CallLimit[] = [
  { most: usualPage, of: 'records', per: 'query, unless the flow says otherwise' },
  { most: largestPage, of: 'records', per: 'page' },
];
const deal = [
  'Read on Opportunity and Account, and on Engagement_Phase__c, Engagement_Task__c, Engagement_Milestone__c, Staffing_Need__c and Rate_Card_Line__c where they are used',
  'Read on each field that the run is to see',
  'Read on User, Organization and Product2, if wished: names',
];

/** What Salesforce is written, what each call costs, and why no write can be there twice. */
export const facts: SystemFacts = {
  rights: ['API Enabled', 'pre-authorized for the app, with the scope api'],
  ownWords: ['apex', 'soql', 'sobject', 'visualforce'],
  operations: {
    // sign-in, clock, descriptions of ten objects; at the end a page that is empty and a count
    'opportunity.poll': { rights: deal, limits: reads, calls: [{ once: 14, each: [{ calls: 1, per: 'deals', size: usualPage }] }] },
    // sign-in, clock, description; at the end a page that is empty and a count
    'account.poll': {
      rights: ['Read on Account and Opportunity', 'Read on each field that the run is to see'],
      limits: reads,
      calls: [{ once: 8, each: [{ calls: 1, per: 'accounts', size: usualPage }] }],
    },
    // as the poll, three times until it listens: before, when it has subscribed, when it hears the first answer; then the deals that an answer names
    'opportunity.stream': {
      rights: [...deal, 'View All on Opportunity for its change events, or Read on the platform event'],
      limits: [...reads, { most: mostIds, of: 'ids', per: 'answer of the stream' }],
      calls: [{ once: 20, each: [{ calls: 1, per: 'deals', size: usualPage }] }],
    },
    // the same of contracts, whose deals are read besides
    'contract.poll': {
      rights: ['Read on Contract, or the object and fields that the node names', ...deal],
      limits: reads,
      calls: [{ once: 16, each: [{ calls: 2, per: 'contracts', size: usualPage }] }],
    },
    'record.upsert': {
      rights: ['Read, Create and Edit on the object; Edit alone where nothing is created', 'Edit on each field that is written'],
      limits: [
        { most: largestCollection, of: 'records', per: 'call' },
        { most: rowsPerJob, of: 'records', per: `job, from ${bulkFrom.toLocaleString('en-US')} records on` },
      ],
      writes: [
        {
          keys: ['OBJECT KEY CONTENT'],
          settles: 'probe',
          twice,
          certain:
            'one record: it is read by its external id and holds the values that would be sent; one that refers to another by external id cannot be read back and is sent again. Whether it was created is then not known, and the undo says so (`CREATED_UNKNOWN`)',
          inverse,
          code: 'connectors/salesforce-platform/write/upsert-one.ts',
        },
        {
          keys: ['OBJECT collection …'],
          settles: 'repeat',
          twice,
          certain:
            '2 to 2,000 records, 200 at a time: each is found by its external id, and the same values are written over themselves; which of them the first call created is not known',
          inverse,
          code: 'connectors/salesforce-platform/write/upsert-collection.ts',
        },
        {
          keys: ['OBJECT bulk job …'],
          settles: 'repeat',
          twice,
          certain: 'more than 2,000 records: a second job does the same upserts as the first',
          inverse: { by: 'person', why: 'what the fields held before is not known' },
          code: 'connectors/salesforce-platform/bulk/upsert-bulk.ts',
        },
      ],
      calls: [
        { upTo: 1, once: 3 },
        // one that is left over goes alone
        { upTo: bulkFrom - 1, once: 2, each: [{ calls: 1, per: 'records', size: largestCollection }] },
        {
          once: 1,
          each: [{ calls: 6, per: 'records', size: rowsPerJob }],
          also: 'one for each time that the job is asked how far it is, after 0.5 s, 1 s, 2 s and so on, every 30 s at last',
        },
      ],
    },
    'record.query': {
      rights: ['Read on each object and field that the query names'],
      limits: [
        { most: mostInList, of: 'values', per: 'list of a query' },
        { most: largestPage, of: 'records', per: 'page' },
        { most: rowsPerPage, of: 'records', per: 'page of a job' },
      ],
      writes: [
        {
          keys: ['query OBJECT …'],
          settles: 'repeat',
          twice: 'harmless',
          certain:
            'nothing is changed there: it is remembered how the run has read, from which job, and what number and digest of records it has found',
          inverse: { by: 'nobody', why: 'nothing was changed; a job and its result are forgotten after seven days' },
          code: 'connectors/salesforce/record-query.ts',
        },
      ],
      calls: [
        {
          // sign-in, description, first page, job and its state
          once: 6,
          each: [{ calls: 1, per: 'records', size: largestPage }],
          also: 'one for the description of each object that the query names; of a job, one for each 10,000 records instead, and one for each time that it is asked how far it is',
        },
      ],
    },
    // sign-in, description, the record by its key; then what it holds, and the write
    'crm-invoice-status.write': {
      rights: ['Read and Edit on the object of the list', 'Edit on each field of the list', 'Read on the field that holds the key'],
      limits: [{ most: 1, of: 'record', per: 'write' }],
      writes: [
        {
          keys: ['OBJECT ID CONTENT'],
          settles: 'probe',
          twice,
          certain:
            'the record is read and holds the values that would be sent; a newer invoice or state than this one is never written over',
          inverse: { by: 'nobody', why: 'it says what the books say, whatever becomes of the run' },
          code: 'connectors/salesforce-platform/write/upsert-one.ts',
        },
      ],
      calls: [{ once: 5 }],
    },
  },
};
