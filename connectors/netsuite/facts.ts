import type { CallLimit, SystemFacts, WriteFacts } from '../../declarations/operation-facts.ts';
import { batchFields } from '../../declarations/shared-fields.ts';
import { usualCustomerPage } from './customer-poll.ts';
import { usualPage } from './invoice-poll.ts';
import { largestPage, listSize, mostRows } from './wire/suiteql.ts';

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

/** Fields of a record that is there already. */
const changed = (keys: readonly string[], certain: string, how: string): WriteFacts => ({
  ...{ keys, certain },
  settles: 'probe',
  twice: 'harmless',
  inverse: { by: 'system', how },
  code: 'connectors/kit/change-record.ts',
});

const reads: readonly CallLimit[] = [
  { most: listSize, of: 'ids', per: 'query' },
  { most: largestPage, of: 'rows', per: 'page' },
  { most: mostRows, of: 'rows', per: 'query, page after page' },
];
const oneRecord: CallLimit = { most: 1, of: 'record', per: 'write' };
const lines: CallLimit = { most: batchFields[0].max, of: 'lines', per: 'batch of the node' };

const period = 'Manage Accounting Periods (view), only to say which period is closed';
const invoiceRights = [
  'Invoice (view)',
  'Customer Payment (view)',
  'Credit Memo (view)',
  'Find Transaction (view)',
  'Customers (view)',
  'Projects (view)',
];
const projects = ['Projects (view)', 'Project Tasks (view)'];

/** What NetSuite is written, what each call costs, and why no write can be there twice. */
export const facts: SystemFacts = {
  rights: [
    'REST Web Services (full)',
    'Log in using OAuth 2.0 Access Tokens, or Log in using Access Tokens (full)',
    'SuiteAnalytics Workbook (view)',
    'Subsidiaries, and to see each that delivers (view)',
    'Currency (view)',
  ],
  ownWords: ['restlet', 'suiteql', 'suitescript', 'suitetalk'],
  operations: {
    'customer.ensure': {
      rights: ['Customers (full)', 'Accounting Lists (view), if wished: payment terms'],
      limits: [oneRecord, ...reads],
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
    'customer.change': {
      rights: ['Customers (full)', 'Accounting Lists (view), for payment terms'],
      limits: [oneRecord, ...reads],
      writes: [
        {
          keys: ['change customer ACC@ENTITY'],
          settles: 'probe',
          twice: 'harmless',
          certain: 'the customer shows each field that was to be changed',
          inverse: { by: 'system', how: 'each field gets back what it held, where it still holds what it was changed to' },
          code: 'connectors/kit/change-record.ts',
        },
      ],
      // sign-in, subsidiaries, terms, customers by key, customers by CRM id; of each its state, before it is written, the write, and after it
      calls: [{ once: 5, each: [{ calls: 5, per: 'customer' }] }],
    },
    // sign-in, subsidiaries, currencies, fields of a customer; of each page the changes, and the customers of the same clients
    'customer.poll': {
      rights: ['Customers (view)'],
      limits: reads,
      calls: [
        {
          once: 4,
          each: [
            { calls: 1, per: 'customer' },
            { calls: 2, per: 'changes', size: usualCustomerPage },
          ],
        },
      ],
    },
    'erp-project.create': {
      rights: [
        'Projects (full)',
        'Project Tasks (full)',
        'Billing Schedules (full)',
        'Customers (view)',
        'Employees (view), if wished: the manager',
      ],
      limits: [oneRecord, ...reads],
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
    'erp-project.change': {
      rights: [
        'Projects (full)',
        'Project Tasks (full)',
        'Billing Schedules (full)',
        'Customers (view)',
        'Employees (view), if wished: the manager',
        'Invoice (view)',
        'Credit Memo (view)',
        'Cash Sale (view) and Cash Refund (view), where clients are billed so',
        'Track Time (view)',
      ],
      limits: [oneRecord, ...reads],
      writes: [
        changed(
          ['change job CODE', 'change billingSchedule CODE/BILLING', 'change projectTask CODE/PHASE[/TASK]'],
          'the record shows each field that was to be changed',
          'each field gets back what it held, where it still holds what it was changed to; a price and its billing schedule only together',
        ),
        made(['projectTask CODE/PHASE[/TASK]'], 'deleted'),
      ],
      // sign-in, subsidiaries, currencies, managers, customers, projects twice, other projects of the deal, tasks twice, time, invoices, the project, its schedule
      calls: [{ once: 20, each: [{ calls: 3, per: 'record' }], also: 'of more than two records that are changed, four for each' }],
    },
    'billing-schedule.set': {
      rights: ['Projects (full)', 'Billing Schedules (full)', 'Track Time (view), only for a cap'],
      limits: [oneRecord, ...reads],
      writes: [
        changed(
          ['billingSchedule CODE/BILLING version VERSION'],
          'the schedule shows its version in its name, and its lines; a new one has a unique external id',
          'deleted where it was new (inactive where NetSuite will not); else the lines of before, unless somebody has changed it since',
        ),
        changed(
          ['job CODE billing version VERSION'],
          'the project shows its schedule, billing type, price and comments',
          'what it held before, unless somebody has changed it since',
        ),
      ],
      // sign-in, subsidiaries, currencies, the project twice, its schedule twice, time that is capped; then both looked at twice, written, and looked at again
      calls: [{ once: 15 }],
    },
    'milestone.reach': {
      rights: ['Projects (view)', 'Billing Schedules (full)', 'Invoice (view)', 'Find Transaction (view)'],
      limits: [oneRecord, ...reads],
      writes: [
        changed(
          ['milestone CODE/MILESTONE STATE VERSION'],
          'the line of the schedule shows whether it is completed',
          'as it was before, unless the project was invoiced since',
        ),
      ],
      // sign-in, the project twice, the schedule twice, invoices; then looked at, written and looked at again
      calls: [{ once: 10 }],
    },
    'time.post': {
      rights: [
        'Track Time (full)',
        'Enter Time for others, as the account names it (full)',
        'Employees (view)',
        'Items (view)',
        ...projects,
        period,
      ],
      limits: [lines, oneRecord, ...reads],
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
        {
          keys: ['withdraw timeBill ENTRY'],
          settles: 'probe',
          twice: 'harmless',
          certain: 'nothing carries the entry’s id as external id any more; looked at before and after',
          inverse: { by: 'nobody', why: 'time that is not approved is not billed; approved anew, it is posted anew' },
          code: 'connectors/netsuite/time-post/withdrawn-time.ts',
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
    'assignment.record': {
      rights: ['Full in the permission list of the record type of assignments', 'Employees (view)', 'Projects (view)'],
      limits: [oneRecord, ...reads],
      writes: [
        {
          keys: ['assignment ID'],
          settles: 'probe',
          twice: 'refused: the external id is taken; a change is harmless',
          certain:
            'the external id is the assignment’s id; the content is compared too, so what was changed or released is sent and what stands so is not',
          inverse: { by: 'system', how: 'deleted; what was changed or released is for a person' },
          code: 'connectors/netsuite/assignment-record.ts',
        },
      ],
      // sign-in, subsidiaries, currencies, employees, the project, the record, and once more just before it is written; then others on the same days
      calls: [{ once: 8, each: [{ calls: 1, per: 'record' }] }],
    },
    'expense.post': {
      rights: [
        'Expense Reports (full)',
        'Expense Categories (view)',
        'Tax Codes (view)',
        'Currency Exchange Rates (view)',
        'Employees (view)',
        ...projects,
        period,
      ],
      limits: [lines, oneRecord, ...reads],
      writes: [
        {
          keys: ['expenseReport EXPENSE'],
          settles: 'probe',
          twice: 'refused: the external id is taken; a correction is harmless',
          certain:
            'each expense is a report of its own with the expense’s id as external id; the content is compared too, so a corrected expense is sent and an unchanged one is not',
          inverse: { by: 'system', how: 'deleted; what was corrected is for a person' },
          code: 'connectors/netsuite/expense-post.ts',
        },
      ],
      // sign-in, subsidiaries, currencies, employees, categories, tax codes; then projects, tasks, what is posted already; of each expense the rates of its day
      calls: [
        {
          once: 6,
          each: [
            { calls: 2, per: 'expense' },
            { calls: 3, per: 'expenses', size: 250 },
          ],
        },
      ],
    },
    // sign-in, subsidiaries, currencies; of each page the changes, what payments and credits are applied to, settlements, lines, projects, customers
    'invoice.poll': {
      rights: invoiceRights,
      limits: reads,
      calls: [
        {
          once: 4,
          each: [
            { calls: 1, per: 'invoice' },
            { calls: 6, per: 'changes', size: usualPage },
          ],
        },
      ],
    },
    // sign-in, subsidiaries, currencies; a page of reports, each read by itself, and of those read at once their projects
    'posted-expense.list': {
      rights: ['Expense Reports (view)', 'Employees (view)', 'Projects (view)'],
      limits: [{ most: largestPage, of: 'rows', per: 'page' }],
      calls: [{ once: 4, each: [{ calls: 2, per: 'expense' }] }],
    },
    // sign-in, subsidiaries, currencies, the customer and its record
    'customer.find': { rights: ['Customers (view)'], limits: reads, calls: [{ once: 5 }] },
    'period.find': { rights: ['Manage Accounting Periods (view)'], limits: reads, calls: [{ once: 3 }] },
    // sign-in, subsidiaries, currencies, the project twice, its client; then its time
    'posted-time.sum': {
      rights: ['Track Time (view)', 'Employees (view)', 'Customers (view)', ...projects],
      limits: [{ most: largestPage, of: 'rows', per: 'page' }],
      calls: [{ once: 6, each: [{ calls: 1, per: 'entries', size: largestPage }] }],
    },
    // the same; then lines of its invoices, each invoice, what is applied to it, lines, projects, customers
    'project-invoices.find': {
      rights: invoiceRights,
      limits: reads,
      calls: [{ once: 13, each: [{ calls: 1, per: 'invoice' }] }],
    },
    // the same; then billed lines, and what is posted to accounts
    'project-finances.find': {
      rights: [...invoiceRights, 'Accounts (view)', 'Financial Statements (view), as the account names what shows the ledger'],
      limits: reads,
      calls: [{ once: 15, each: [{ calls: 1, per: 'invoice' }] }],
    },
    'posted-time.list': {
      rights: ['Track Time (view)', 'Employees (view)', ...projects],
      limits: [{ most: largestPage, of: 'rows', per: 'page' }],
      calls: [{ once: 3, each: [{ calls: 1, per: 'entries', size: largestPage }] }],
    },
  },
  undo: {
    keys: ['undo KEY'],
    settles: 'probe',
    twice: 'harmless',
    certain: 'the record is gone or inactive, or the fields are empty or hold what they held; looked at before and after',
    inverse: { by: 'nobody', why: 'it is the undoing' },
    code: 'connectors/netsuite/undo.ts',
  },
};
