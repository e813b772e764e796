import type { Refusal } from '../../conformance.ts';

export const account = { code: 'ACC-0001', name: 'Acme', legalName: 'Acme Werke AG', taxId: 'DE123456789' };
export const customers = { account, entities: ['DE01', 'NL01'].map((legalEntity) => ({ legalEntity, currency: 'EUR' })) };
export const eur = (amount: string) => ({ amount, currency: 'EUR' });

export const project = {
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

export const subsidiary = { externalId: 'DE01' };
export const customer = { externalId: 'ACC-0001____DE01', companyName: 'Acme', subsidiary };
export const changedCustomer = (entity: string) => ({
  ...{ externalId: `ACC-0001____${entity}`, entityId: `ACC-0001@${entity}`, subsidiary: { externalId: entity }, phone: '+49 30 1234567' },
});
/** Time as it stands in the account. */
export const postedEntry = (id: string) => ({
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
export const postedReport = (id: string) => ({
  externalId: `kantata___expense-${id}`,
  entity: { externalId: 'EMP-001' },
  subsidiary,
  tranDate: '2026-03-10',
  memo: 'kantata 77',
  expense: {
    items: [{ category: { id: '1' }, amount: 48.9, customer: { externalId: 'ENG-0001' }, isBillable: true, receipt: true }],
  },
});
export const running = {
  records: {
    customer: [customer],
    job: [
      { externalId: 'ENG-0001', entityId: 'ENG-0001', companyName: 'ERP rollout', parent: { externalId: customer.externalId }, subsidiary },
    ],
    projectTask: [{ externalId: 'ENG-0001__P1__T1', title: 'Workshops', project: { externalId: 'ENG-0001' } }],
  },
};

/** A project with its days, beside another. */
export const ownProject = { ...running.records.job[0], startDate: '2026-03-01', projectedEndDate: '2026-09-30' };
export const otherProject = { ...ownProject, externalId: 'ENG-0002', entityId: 'ENG-0002', companyName: 'Audit' };
export const planned = { records: { customer: [customer], job: [ownProject, otherProject] } };
export const termsOf = { project: 'ENG-0001', legalEntity: 'DE01', currency: 'EUR', version: 1 };
export const terms = {
  ...termsOf,
  type: 'milestones',
  amount: eur('10000.00'),
  lines: [
    { code: 'M1', name: 'Design accepted', due: '2026-04-30', percent: '33.3333' },
    { code: 'M2', name: 'Go-live', due: '2026-09-30', percent: '66.6667' },
  ],
};
export const byMilestones = {
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
export const milestone = {
  id: 'kantata:77',
  source: { system: 'kantata', id: '77' },
  project: { id: '900', code: 'ENG-0001' },
  code: 'ENG-0001/M1',
  state: 'reached',
  reachedOn: '2026-04-28',
  version: 'v1',
};

export const assignment = {
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

export const schedule = {
  externalId: 'ENG-0001__BILLING',
  name: 'ENG-0001 billing',
  scheduleType: 'FBM',
  milestone: { items: [{ milestoneAmount: 100, milestoneDate: '2026-04-30', comments: 'M1 Design accepted (ENG-0001/P1): 33333.33 EUR' }] },
};
export const setUp = {
  ...{ externalId: 'ENG-0001', entityId: 'ENG-0001', companyName: 'ERP rollout', jobPrice: 33333.33, jobBillingType: { id: 'FBM' } },
  ...{ startDate: '2026-03-01', projectedEndDate: '2026-09-30', billingSchedule: { externalId: schedule.externalId } },
  ...{ parent: { externalId: customer.externalId }, subsidiary },
};
export const phase = {
  ...{ externalId: 'ENG-0001__P1', title: 'Concept', startDate: '2026-03-01', finishByDate: '2026-04-30' },
  project: { externalId: 'ENG-0001' },
};

/** The project ends later, its phase is called otherwise, its task is new: as it was shown, and approved. */
export const change = (more: object = {}) => ({
  amendment: { number: 1, effective: '2026-06-01' },
  projects: [{ ...project, end: '2026-10-31', ...more }],
  approved: [
    { record: 'project ENG-0001', field: 'projectedEndDate', there: '2026-09-30', wanted: '2026-10-31', message: 'later' },
    { record: 'phase ENG-0001/P1', field: 'title', there: 'Concept', wanted: 'Design', message: 'called otherwise' },
    { record: 'task ENG-0001/P1/T1', field: 'title', wanted: 'Workshops', message: 'new' },
  ],
});

export const billed = (tranId: string, day: string, of: object = {}) => ({
  tranId,
  entity: { externalId: customer.externalId },
  subsidiary,
  tranDate: '2025-03-10',
  item: { items: [{ item: { externalId: 'SVC-CONSULTING' }, quantity: 8, rate: 150 }] },
  lastModifiedDate: `2025-03-${day}T10:00:00Z`,
  ...of,
});

export const reads = { why: 'it reads' };

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
export const scheduleOfAnother: Refusal = {
  given: { records: { billingSchedule: [{ ...byMilestones, project: { externalId: otherProject.externalId } }] } },
  failure: {
    class: 'conflict.duplicate',
    code: 'RECORD_OF_ANOTHER',
    record: 'billing schedule ENG-0001/BILLING',
    field: 'project',
    value: 'ENG-0002 (id 104)',
  },
};
