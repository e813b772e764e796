import type { ConformanceData, Refusal } from '../conformance.ts';

const account = { code: 'ACC-0001', name: 'Acme', legalName: 'Acme Werke AG', taxId: 'DE123456789' };
const customers = { account, entities: ['DE01', 'NL01'].map((legalEntity) => ({ legalEntity, currency: 'EUR' })) };
const eur = (amount: string) => ({ amount, currency: 'EUR' });

const project = {
  code: 'ENG-0001',
  name: 'ERP rollout',
  engagementCode: 'ENG-0001',
  account,
  legalEntity: 'DE01',
  currency: 'EUR',
  main: true,
  rateCard: [],
  start: '2026-03-01',
  end: '2026-09-30',
  billing: { type: 'fixed-price' },
  amount: eur('33333.33'),
  phases: [
    {
      code: 'P1',
      name: 'Design',
      start: '2026-03-01',
      end: '2026-04-30',
      legalEntity: 'DE01',
      tasks: [{ code: 'T1', name: 'Workshops', plannedMinutes: 2_400 }],
    },
  ],
  milestones: [{ code: 'M1', name: 'Design accepted', phase: 'P1', due: '2026-04-30', amount: eur('33333.33') }],
};

/** An approved entry as the firm's PSA gives it. */
export const approvedEntry = (id: string) => ({
  id: `kantata:${id}`,
  source: { system: 'kantata', id: id },
  resource: { id: '11', email: 'ada.berg@firm.example', name: 'Ada Berg' },
  project: { id: '900', code: 'ENG-0001' },
  task: { id: '901', code: 'ENG-0001/P1/T1' },
  workDate: '2026-03-10',
  minutes: 450,
  billable: true,
  rate: eur('160.00'),
  note: 'Workshop',
  status: 'approved',
  version: 'v1',
});

/** An approved expense as the firm's PSA gives it. */
export const approvedExpense = (id: string, amount: { amount: string; currency: string } = eur('48.90')) => ({
  id: `kantata:expense-${id}`,
  source: { system: 'kantata', id },
  resource: { id: '11', email: 'ada.berg@firm.example', name: 'Ada Berg' },
  report: { id: '77' },
  project: { id: '900', code: 'ENG-0001' },
  day: '2026-03-10',
  category: 'Travel',
  amount,
  receipt: { id: '5501' },
  billable: true,
  note: 'Train to the workshop',
  status: 'approved',
  version: 'v1',
});

const subsidiary = { externalId: 'DE01' };
const customer = { externalId: 'ACC-0001____DE01', companyName: 'Acme', subsidiary };
const changedCustomer = (entity: string) => ({
  ...{ externalId: `ACC-0001____${entity}`, entityId: `ACC-0001@${entity}`, subsidiary: { externalId: entity }, phone: '+49 30 1234567' },
});
/** Time as it stands in the account. */
const postedEntry = (id: string) => ({
  externalId: `kantata___${id}`,
  employee: { externalId: 'EMP-001' },
  customer: { externalId: 'ENG-0001' },
  caseTaskEvent: { externalId: 'ENG-0001__P1__T1' },
  subsidiary,
  tranDate: '2026-03-10',
  hours: '7:30',
  isBillable: false,
});
/** An expense as it stands there, with its one line. */
const postedReport = (id: string) => ({
  externalId: `kantata___expense-${id}`,
  entity: { externalId: 'EMP-001' },
  subsidiary,
  tranDate: '2026-03-10',
  memo: 'kantata 77',
  expense: {
    items: [{ category: { id: '1' }, amount: 48.9, customer: { externalId: 'ENG-0001' }, isBillable: true, receipt: true }],
  },
});
const running = {
  records: {
    customer: [customer],
    job: [
      { externalId: 'ENG-0001', entityId: 'ENG-0001', companyName: 'ERP rollout', parent: { externalId: customer.externalId }, subsidiary },
    ],
    projectTask: [{ externalId: 'ENG-0001__P1__T1', title: 'Workshops', project: { externalId: 'ENG-0001' } }],
  },
};

/** A project with its days, beside another. */
const ownProject = { ...running.records.job[0], startDate: '2026-03-01', projectedEndDate: '2026-09-30' };
const otherProject = { ...ownProject, externalId: 'ENG-0002', entityId: 'ENG-0002', companyName: 'Audit' };
const planned = { records: { customer: [customer], job: [ownProject, otherProject] } };
const termsOf = { project: 'ENG-0001', legalEntity: 'DE01', currency: 'EUR', version: 1 };
const terms = {
  ...termsOf,
  type: 'milestones',
  amount: eur('10000.00'),
  lines: [
    { code: 'M1', name: 'Design accepted', due: '2026-04-30', percent: '33.3333' },
    { code: 'M2', name: 'Go-live', due: '2026-09-30', percent: '66.6667' },
  ],
};
const byMilestones = {
  externalId: 'ENG-0001__BILLING',
  name: 'ENG-0001 billing',
  scheduleType: { id: 'FBM' },
  milestone: {
    items: [
      { milestoneAmount: 25, milestoneDate: '2026-04-30', comments: 'M1 Design accepted: 2500.00 EUR' },
      { milestoneAmount: 75, milestoneDate: '2026-09-30', comments: 'M2 Go-live: 7500.00 EUR' },
    ],
  },
};
const milestone = {
  id: 'kantata:77',
  source: { system: 'kantata', id: '77' },
  project: { id: '900', code: 'ENG-0001' },
  code: 'ENG-0001/M1',
  state: 'reached',
  reachedOn: '2026-04-28',
  version: 'v1',
};

const assignment = {
  id: 'kantata:701',
  source: { system: 'kantata', id: '701' },
  resource: { id: '301', email: 'ada.berg@firm.example' },
  role: 'Senior Consultant',
  project: { id: '501', code: 'ENG-0001' },
  start: '2026-12-01',
  end: '2026-12-31',
  minutes: 4800,
  booking: 'hard',
  status: 'assigned',
  version: 'v1',
  sourceUpdatedAt: '2026-11-20T10:00:00.000Z',
};

const schedule = {
  externalId: 'ENG-0001__BILLING',
  name: 'ENG-0001 billing',
  scheduleType: 'FBM',
  milestone: { items: [{ milestoneAmount: 100, milestoneDate: '2026-04-30', comments: 'M1 Design accepted (ENG-0001/P1): 33333.33 EUR' }] },
};
const setUp = {
  ...{ externalId: 'ENG-0001', entityId: 'ENG-0001', companyName: 'ERP rollout', jobPrice: 33333.33, jobBillingType: { id: 'FBM' } },
  ...{ startDate: '2026-03-01', projectedEndDate: '2026-09-30', billingSchedule: { externalId: schedule.externalId } },
  ...{ parent: { externalId: customer.externalId }, subsidiary },
};
const phase = {
  ...{ externalId: 'ENG-0001__P1', title: 'Concept', startDate: '2026-03-01', finishByDate: '2026-04-30' },
  project: { externalId: 'ENG-0001' },
};

/** The project ends later, its phase is called otherwise, its task is new: as it was shown, and approved. */
const change = (more: object = {}) => ({
  amendment: { number: 1, effective: '2026-06-01' },
  projects: [{ ...project, end: '2026-10-31', ...more }],
  approved: [
    { record: 'project ENG-0001', field: 'projectedEndDate', there: '2026-09-30', wanted: '2026-10-31', message: 'later' },
    { record: 'phase ENG-0001/P1', field: 'title', there: 'Concept', wanted: 'Design', message: 'called otherwise' },
    { record: 'task ENG-0001/P1/T1', field: 'title', wanted: 'Workshops', message: 'new' },
  ],
});

const billed = (tranId: string, day: string, of: object = {}) => ({
  tranId,
  entity: { externalId: customer.externalId },
  subsidiary,
  tranDate: '2025-03-10',
  item: { items: [{ item: { externalId: 'SVC-CONSULTING' }, quantity: 8, rate: 150 }] },
  lastModifiedDate: `2025-03-${day}T10:00:00Z`,
  ...of,
});

const reads = { why: 'it reads' };

/** What labour on the project has cost, as the books take it from wages. */
export const labour = (amount: number, more: object = {}) => ({
  subsidiary,
  tranDate: '2026-03-31',
  line: {
    items: [
      { account: { id: '5' }, debit: amount, entity: { externalId: 'ENG-0001' } },
      { account: { id: '7' }, credit: amount },
    ],
  },
  ...more,
});

/** The project's schedule is linked to another project. */
const scheduleOfAnother: Refusal = {
  given: { records: { billingSchedule: [{ ...byMilestones, project: { externalId: otherProject.externalId } }] } },
  failure: {
    class: 'conflict.duplicate',
    code: 'RECORD_OF_ANOTHER',
    record: 'billing schedule ENG-0001/BILLING',
    field: 'project',
    value: 'ENG-0002 (id 104)',
  },
};

/** A small firm with two legal entities; January is closed. */
export const conformance: ConformanceData = {
  given: {
    records: {
      employee: [{ externalId: 'EMP-001', firstName: 'Ada', lastName: 'Berg', email: 'Ada.Berg@firm.example', subsidiary }],
    },
    periods: [{ start: '2026-01-01', closed: true }],
  },
  operations: {
    'customer.ensure': [
      {
        input: customers,
        makes: ['customer ACC-0001____DE01', 'customer ACC-0001____NL01'],
        others: {
          after: 'the sample',
          input: { ...customers, account: { ...account, code: 'acc-0001' } },
          failure: {
            class: 'conflict.duplicate',
            code: 'EXTERNAL_ID_CASE',
            record: 'customer acc-0001@DE01',
            field: 'externalId',
            value: 'ACC-0001____DE01',
          },
        },
        refused: {
          rule: {
            kind: 'refuseRecord',
            times: -1,
            match: { bodyContains: 'Acme Werke AG' },
            body: {
              status: 400,
              'o:errorDetails': [
                { detail: 'Company names end in their legal form.', 'o:errorCode': 'USER_ERROR', 'o:errorPath': 'companyName' },
              ],
            },
          },
          failure: {
            class: 'business.rejected',
            code: 'USER_ERROR',
            record: 'customer ACC-0001@DE01',
            field: 'companyName',
            value: 'Acme Werke AG',
          },
        },
      },
    ],
    'erp-project.create': [
      {
        given: { records: { customer: [customer] } },
        input: [project],
        makes: ['billingSchedule ENG-0001__BILLING', 'job ENG-0001', 'projectTask ENG-0001__P1', 'projectTask ENG-0001__P1__T1'],
        others: {
          after: 'the sample',
          given: { records: { customer: [{ externalId: 'ACC-0002____DE01', companyName: 'Other', subsidiary }] } },
          input: [{ ...project, account: { code: 'ACC-0002', name: 'Other' } }],
          failure: {
            class: 'conflict.duplicate',
            code: 'RECORD_OF_ANOTHER',
            record: 'project ENG-0001',
            field: 'parent',
            value: 'Acme (id 102)',
          },
        },
        refused: {
          rule: {
            kind: 'refuseRecord',
            times: -1,
            match: { bodyContains: 'ENG-0001 billing' },
            body: {
              status: 400,
              'o:errorDetails': [{ detail: 'Milestones are not used here.', 'o:errorCode': 'USER_ERROR', 'o:errorPath': 'name' }],
            },
          },
          failure: {
            class: 'business.rejected',
            code: 'USER_ERROR',
            record: 'billing schedule ENG-0001/BILLING',
            field: 'name',
            value: 'ENG-0001 billing',
          },
        },
      },
    ],
    'billing-schedule.set': [
      {
        title: 'a new one',
        given: planned,
        input: terms,
        changes: true,
        makes: ['billingSchedule ENG-0001__BILLING', 'job ENG-0001'],
        others: scheduleOfAnother,
        refused: {
          input: { ...terms, lines: [terms.lines[0], { ...terms.lines[1], due: '2027-01-31' }] },
          failure: {
            class: 'business.rejected',
            code: 'SCHEDULE_OUTSIDE_PROJECT',
            record: 'billing schedule of project ENG-0001',
            field: 'lines[1].due',
            value: '2027-01-31',
          },
        },
      },
      {
        title: 'a newer version',
        given: { records: { ...planned.records, billingSchedule: [byMilestones] } },
        input: { ...terms, version: 2 },
        changes: true,
        makes: ['billingSchedule ENG-0001__BILLING', 'job ENG-0001'],
        others: { why: 'the first sample' },
        refused: {
          after: 'the sample',
          input: terms,
          failure: {
            class: 'business.rejected',
            code: 'SCHEDULE_OLDER',
            record: 'billing schedule ENG-0001/BILLING',
            field: 'version',
            value: '1',
          },
        },
      },
      {
        title: 'time with a cap',
        given: planned,
        input: { ...termsOf, type: 'time-and-materials', cap: eur('5000.00') },
        changes: true,
        makes: ['job ENG-0001'],
        others: { why: 'the first sample' },
        refused: {
          given: { records: { job: [{ ...ownProject, jobBillingType: { id: 'FBM' } }] } },
          failure: {
            class: 'business.rejected',
            code: 'RECORD_DIFFERS',
            record: 'project ENG-0001',
            field: 'jobBillingType',
            value: 'FBM',
          },
        },
      },
    ],
    'milestone.reach': [
      {
        given: { records: { ...planned.records, billingSchedule: [byMilestones] } },
        input: milestone,
        changes: true,
        makes: ['billingSchedule ENG-0001__BILLING'],
        others: scheduleOfAnother,
        refused: {
          input: { ...milestone, code: 'ENG-0001/M9' },
          failure: {
            class: 'mapping.missing',
            code: 'MILESTONE_UNKNOWN',
            record: 'milestone ENG-0001/M9',
            field: 'code',
            value: 'ENG-0001/M9',
          },
        },
      },
    ],
    'erp-project.change': [
      {
        given: { records: { customer: [customer], billingSchedule: [schedule], job: [setUp], projectTask: [phase] } },
        input: change(),
        makes: ['projectTask ENG-0001__P1__T1'],
        others: {
          given: { records: { customer: [{ externalId: 'ACC-0002____DE01', companyName: 'Other', subsidiary }] } },
          input: change({ account: { code: 'ACC-0002', name: 'Other' } }),
          failure: {
            class: 'conflict.duplicate',
            code: 'RECORD_OF_ANOTHER',
            record: 'project ENG-0001',
            field: 'parent',
            value: 'Acme (id 102)',
          },
        },
        refused: {
          input: change({ end: '2027-01-31' }),
          failure: {
            class: 'conflict.stale',
            code: 'CHANGE_NOT_APPROVED',
            record: 'project ENG-0001',
            field: 'projectedEndDate',
            value: '2026-09-30',
          },
        },
      },
    ],
    'time.post': [
      {
        given: running,
        input: [approvedEntry('1'), approvedEntry('2'), approvedEntry('a3')],
        makes: ['timeBill kantata___1', 'timeBill kantata___2', 'timeBill kantata___a3'],
        others: {
          after: 'the sample',
          input: [approvedEntry('A3')],
          failure: {
            class: 'conflict.duplicate',
            code: 'EXTERNAL_ID_CASE',
            record: 'time entry kantata:A3',
            field: 'externalId',
            value: 'kantata___a3',
          },
        },
        refused: {
          input: [{ ...approvedEntry('1'), workDate: '2026-01-15' }],
          failure: {
            class: 'business.rejected',
            code: 'PERIOD_CLOSED',
            record: 'time entry kantata:1',
            field: 'workDate',
            value: '2026-01-15',
          },
        },
      },
      {
        // one that is posted, one that never was
        title: 'taken back',
        given: { records: { ...running.records, timeBill: [postedEntry('7'), postedEntry('8')] } },
        input: [
          { ...approvedEntry('7'), status: 'withdrawn' },
          { ...approvedEntry('9'), status: 'withdrawn' },
        ],
        changes: true,
        makes: ['timeBill kantata___7'],
        others: { why: 'it is found by the id of the entry alone' },
        refused: {
          given: { records: { timeBill: [{ externalId: 'kantata___8', status: 'Billed' }] } },
          input: [{ ...approvedEntry('8'), status: 'withdrawn' }],
          failure: {
            class: 'business.rejected',
            code: 'TIME_WITHDRAWN',
            record: 'time entry kantata:8',
            field: 'status',
            value: 'withdrawn',
          },
        },
      },
    ],
    'assignment.record': [
      {
        given: running,
        input: assignment,
        makes: ['customrecord_psc_assignment kantata___701'],
        others: {
          after: 'the sample',
          input: { ...assignment, id: 'KANTATA:701' },
          failure: {
            class: 'conflict.duplicate',
            code: 'EXTERNAL_ID_CASE',
            record: 'assignment KANTATA:701',
            field: 'externalId',
            value: 'kantata___701',
          },
        },
        refused: {
          rule: {
            kind: 'refuseRecord',
            times: -1,
            match: { bodyContains: 'kantata:701' },
            body: {
              status: 400,
              'o:errorDetails': [
                { detail: 'No bookings before the kick-off.', 'o:errorCode': 'USER_ERROR', 'o:errorPath': 'custrecord_psc_start' },
              ],
            },
          },
          failure: {
            class: 'business.rejected',
            code: 'USER_ERROR',
            record: 'assignment kantata:701',
            field: 'custrecord_psc_start',
            value: '2026-12-01',
          },
        },
      },
    ],
    'expense.post': [
      {
        given: {
          records: {
            ...running.records,
            currencyRate: [
              {
                baseCurrency: { externalId: 'EUR' },
                transactionCurrency: { externalId: 'GBP' },
                exchangeRate: 1.17,
                effectiveDate: '2026-03-09',
              },
            ],
          },
        },
        input: [
          approvedExpense('1'),
          approvedExpense('2', { amount: '120.00', currency: 'GBP' }),
          { ...approvedExpense('a3', eur('119.00')), tax: { code: 'DE-19', amount: eur('19.00') } },
        ],
        makes: ['expenseReport kantata___expense-1', 'expenseReport kantata___expense-2', 'expenseReport kantata___expense-a3'],
        others: {
          after: 'the sample',
          input: [approvedExpense('A3')],
          failure: {
            class: 'conflict.duplicate',
            code: 'EXTERNAL_ID_CASE',
            record: 'expense kantata:expense-A3',
            field: 'externalId',
            value: 'kantata___expense-a3',
          },
        },
        refused: {
          input: [{ ...approvedExpense('1'), day: '2026-01-15' }],
          failure: {
            class: 'business.rejected',
            code: 'PERIOD_CLOSED',
            record: 'expense kantata:expense-1',
            field: 'day',
            value: '2026-01-15',
          },
        },
      },
    ],
    'invoice.poll': [
      {
        given: {
          records: {
            ...running.records,
            invoice: [billed('INV-1', '10', { job: { externalId: 'ENG-0001' } }), billed('INV-2', '11'), billed('INV-3', '12')],
          },
        },
        input: { since: '2025-01-01T00:00:00Z', pageSize: 2 },
        makes: ['netsuite:1001', 'netsuite:1002', 'netsuite:1003'],
        others: { why: 'it reads' },
        refused: { why: 'it reads' },
      },
    ],
    'posted-expense.list': [
      {
        given: { records: { ...running.records, expenseReport: ['1', '2'].map(postedReport) } },
        input: { from: '2026-03-01', to: '2026-03-31' },
        makes: ['kantata:expense-1', 'kantata:expense-2'],
        others: { why: 'it reads' },
        refused: { why: 'it reads' },
      },
    ],
    'customer.change': [
      {
        given: { records: { customer: ['DE01', 'NL01'].map((entity) => ({ ...customer, ...changedCustomer(entity) })) } },
        input: {
          account: { code: 'ACC-0001' },
          fields: { name: 'Acme SE', phone: null, creditHold: 'on' },
          legalEntities: ['DE01', 'NL01'],
        },
        makes: ['customer ACC-0001____DE01', 'customer ACC-0001____NL01'],
        changes: true,
        others: {
          given: { records: { customer: [{ ...customer, ...changedCustomer('DE01'), comments: 'CRM id 001000000000002AAA' }] } },
          input: { account: { code: 'ACC-0001', id: '001000000000001AAA' }, fields: { name: 'Acme SE' }, legalEntities: ['DE01'] },
          failure: {
            class: 'conflict.duplicate',
            code: 'RECORD_OF_ANOTHER',
            record: 'customer ACC-0001@DE01',
            field: 'account.code',
            value: 'Acme (CRM id 001000000000002AAA)',
          },
        },
        refused: {
          input: { account: { code: 'ACC-0009' }, fields: { name: 'Nine' }, legalEntities: ['DE01'] },
          failure: {
            class: 'mapping.missing',
            code: 'CUSTOMER_UNKNOWN',
            record: 'customer ACC-0009@DE01',
            field: 'account.code',
            value: 'ACC-0009',
          },
        },
      },
    ],
    'customer.poll': [
      {
        given: {
          records: {
            customer: ['1', '2', '3'].map((number) => ({
              externalId: `ACC-000${number}____DE01`,
              companyName: `Client ${number}`,
              subsidiary,
              lastModifiedDate: `2025-03-1${number}T10:00:00Z`,
            })),
          },
        },
        input: { since: '2025-01-01T00:00:00Z', pageSize: 2 },
        makes: ['ACC-0001', 'ACC-0002', 'ACC-0003'],
        others: { why: 'it reads' },
        refused: { why: 'it reads' },
      },
    ],
    'customer.find': [
      {
        given: { records: { customer: [customer] } },
        input: { account: 'ACC-0001', legalEntity: 'DE01' },
        ...{ makes: ['ACC-0001@DE01'], others: reads, refused: reads },
      },
    ],
    'period.find': [{ input: { day: '2026-01-15', legalEntity: 'DE01' }, makes: ['2026-01-15'], others: reads, refused: reads }],
    'posted-time.sum': [
      {
        given: { records: { ...running.records, timeBill: ['1', '2'].map(postedEntry) } },
        input: { project: 'ENG-0001', legalEntity: 'DE01', account: 'ACC-0001', byDay: true },
        ...{ makes: ['ENG-0001'], others: reads, refused: reads },
      },
    ],
    'project-invoices.find': [
      {
        given: {
          records: {
            ...running.records,
            invoice: [
              billed('INV-1', '10', { job: { externalId: 'ENG-0001' } }),
              billed('INV-2', '11', { job: { externalId: 'ENG-0001' } }),
            ],
          },
        },
        input: { project: 'ENG-0001', legalEntity: 'DE01', account: 'ACC-0001' },
        ...{ makes: ['ENG-0001'], others: reads, refused: reads },
      },
    ],
    'project-finances.find': [
      {
        given: {
          records: {
            ...running.records,
            invoice: [billed('INV-1', '10', { job: { externalId: 'ENG-0001' } })],
            journalEntry: [labour(500)],
          },
        },
        input: { project: 'ENG-0001', legalEntity: 'DE01', account: 'ACC-0001', asOf: '2026-03-31T10:00:00Z' },
        ...{ makes: ['ENG-0001'], others: reads, refused: reads },
      },
    ],
    'posted-time.list': [
      {
        given: {
          records: {
            ...running.records,
            timeBill: ['1', '2'].map(postedEntry),
          },
        },
        input: { from: '2026-03-01', to: '2026-03-31' },
        makes: ['kantata:1', 'kantata:2'],
        others: { why: 'it reads' },
        refused: { why: 'it reads' },
      },
    ],
  },
};
