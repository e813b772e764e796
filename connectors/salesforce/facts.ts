import type { SystemFacts } from '../../declarations/operation-facts.ts';

const twice = 'the org’s automation runs again';
const inverse = {
  by: 'person',
  why: 'what the fields held before is not known: a record that was created is a person’s to delete',
} as const;

/** What Salesforce is written, what each call costs, and why no write can be there twice. */
export const facts: SystemFacts = {
  ownWords: ['apex', 'soql', 'sobject', 'visualforce'],
  operations: {
    // sign-in, clock, descriptions of ten objects; at the end a page that is empty and a count
    'opportunity.poll': { calls: [{ once: 14, each: [{ calls: 1, per: 'deals', size: 200 }] }] },
    // sign-in, clock, description; at the end a page that is empty and a count
    'account.poll': { calls: [{ once: 8, each: [{ calls: 1, per: 'accounts', size: 200 }] }] },
    // as the poll, three times until it listens: before, when it has subscribed, when it hears the first answer; then the deals that an answer names
    'opportunity.stream': { calls: [{ once: 20, each: [{ calls: 1, per: 'deals', size: 200 }] }] },
    // the same of contracts, whose deals are read besides
    'contract.poll': { calls: [{ once: 16, each: [{ calls: 2, per: 'contracts', size: 200 }] }] },
    'record.upsert': {
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
        { upTo: 2_000, once: 2, each: [{ calls: 1, per: 'records', size: 200 }] },
        {
          once: 1,
          each: [{ calls: 6, per: 'records', size: 50_000 }],
          also: 'one for each time that the job is asked how far it is, after 0.5 s, 1 s, 2 s and so on, every 30 s at last',
        },
      ],
    },
    'record.query': {
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
          each: [{ calls: 1, per: 'records', size: 2_000 }],
          also: 'one for the description of each object that the query names; of a job, one for each 10,000 records instead, and one for each time that it is asked how far it is',
        },
      ],
    },
    // sign-in, description, the record by its key; then what it holds, and the write
    'crm-invoice-status.write': {
      writes: [
        {
          keys: ['OBJECT ID CONTENT'],
          settles: 'probe',
          twice,
          certain: 'the record is read and holds the values that would be sent; a newer state than this one is never written over',
          inverse: { by: 'nobody', why: 'it says what the books say, whatever becomes of the run' },
          code: 'connectors/salesforce-platform/write/upsert-one.ts',
        },
      ],
      calls: [{ once: 5 }],
    },
  },
};
