import type { SystemFacts, WriteFacts } from '../../declarations/operation-facts.ts';

const taken = 'refused: the external id is taken';
const unique = 'the external id is unique for the record type; SuiteQL or a read by `eid:` finds it';

/** A record that is made when it is not there. */
const made = (keys: readonly string[], how: string): WriteFacts => ({
  keys,
  settles: 'probe',
  twice: taken,
  certain: unique,
  inverse: { by: 'system', how },
  code: 'connectors/kit/ensure-record.ts',
});

/** What NetSuite is written, what each call costs, and why no write can be there twice. */
export const facts: SystemFacts = {
  ownWords: ['restlet', 'suiteql', 'suitescript', 'suitetalk'],
  operations: {
    'customer.ensure': {
      writes: [
        made(['customer ACC@ENTITY'], 'deleted, or inactive where NetSuite will not; left where another project uses it'),
        {
          keys: ['customer ACC@ENTITY currency CODE'],
          settles: 'probe',
          twice: 'harmless',
          certain: 'the customer shows its currencies',
          inverse: { by: 'nobody', why: 'a further currency bills nothing by itself, and others may use it meanwhile' },
          code: 'connectors/netsuite/customer-ensure.ts',
        },
      ],
      // sign-in, subsidiaries, currencies, terms, customers by key, customers by CRM id
      calls: [{ once: 6, each: [{ calls: 1, per: 'customer' }] }],
    },
    'erp-project.create': {
      writes: [
        made(['billingSchedule CODE/BILLING', 'job CODE'], 'deleted, or inactive where NetSuite will not'),
        made(['projectTask CODE/PHASE[/TASK]'], 'deleted'),
        {
          keys: ['job CODE billingSchedule'],
          settles: 'probe',
          twice: 'harmless',
          certain: 'the project shows the schedule it is linked to, its billing type and price',
          inverse: { by: 'system', how: 'emptied, where it still holds what was filled in' },
          code: 'connectors/netsuite/erp-project-create/fill-in-billing.ts',
        },
      ],
      // sign-in, subsidiaries, currencies, managers, customers, projects, other projects of the deal
      calls: [
        {
          once: 7,
          each: [
            { calls: 1, per: 'record' },
            { calls: 1, per: 'records', size: 250 },
            { calls: 2, per: 'billing schedule', type: 'billingSchedule' },
          ],
        },
      ],
    },
    'time.post': {
      writes: [
        {
          keys: ['timeBill ENTRY'],
          settles: 'probe',
          twice: 'refused: the external id is taken; a correction is harmless',
          certain:
            'the external id is the entry’s id; the content is compared too, so a corrected entry is sent and an unchanged one is not',
          inverse: { by: 'system', how: 'deleted; what was corrected is for a person' },
          code: 'connectors/netsuite/time-post.ts',
        },
      ],
      // sign-in, subsidiaries, currencies, employees, service item; then projects, tasks, and what is posted already
      calls: [
        {
          once: 5,
          each: [
            { calls: 1, per: 'entry' },
            { calls: 3, per: 'entries', size: 250 },
          ],
        },
      ],
    },
    // sign-in, subsidiaries, currencies; of each page the changes, what payments and credits are applied to, settlements, lines, projects, customers
    'invoice.poll': {
      calls: [
        {
          once: 4,
          each: [
            { calls: 1, per: 'invoice' },
            { calls: 6, per: 'changes', size: 200 },
          ],
        },
      ],
    },
    'posted-time.list': { calls: [{ once: 3, each: [{ calls: 1, per: 'entries', size: 1_000 }] }] },
  },
  undo: {
    keys: ['undo KEY'],
    settles: 'probe',
    twice: 'harmless',
    certain: 'the record is gone or inactive, or the fields are empty; looked at before and after',
    inverse: { by: 'nobody', why: 'it is the undoing' },
    code: 'connectors/netsuite/undo.ts',
  },
};
