import type { ConformanceData } from '../conformance.ts';

const eur = (amount: string) => ({ amount, currency: 'EUR' });

const project = {
  code: 'ENG-0001',
  name: 'ERP rollout',
  engagementCode: 'ENG-0001',
  account: { code: 'ACC-0001', name: 'Nordwind GmbH' },
  legalEntity: 'DE01',
  currency: 'EUR',
  billing: { type: 'fixed-price' },
  amount: eur('30000.00'),
  start: '2026-12-01',
  end: '2027-03-31',
  main: true,
  phases: [
    {
      code: 'P1',
      name: 'Discovery',
      start: '2026-12-01',
      end: '2026-12-31',
      legalEntity: 'DE01',
      tasks: [{ code: 'T1', name: 'Workshops', plannedMinutes: 4800 }],
    },
  ],
  milestones: [{ code: 'M1', name: 'Design signed', phase: 'P1', due: '2026-12-31', amount: eur('30000.00') }],
  rateCard: [],
};

const demand = {
  code: 'ENG-0001/S1',
  projectCode: 'ENG-0001',
  phase: 'P1',
  role: 'Senior Consultant',
  skills: ['SAP'],
  region: 'DE',
  start: '2026-12-01',
  end: '2026-12-31',
  effortMinutes: 9600,
  headcount: 1,
};

const reference = (id: string, subject: string, subject_id: number, model: string, code: string) => ({
  ...{ id, subject_type: subject, subject_id, service_name: 'ps-connect', service_model: model, service_model_ref: code },
});

const running = {
  workspaces: [
    { id: '501', title: 'ENG-0001 · ERP rollout', currency: 'EUR', start_date: '2026-12-01', due_date: '2027-03-31' },
    { id: '502', title: 'ENG-0002 · Audit', currency: 'EUR' },
  ],
  stories: [{ id: '601', workspace_id: '501', title: 'P1/T1 · Workshops', story_type: 'task' }],
  external_references: [
    reference('901', 'Workspace', 501, 'project', 'ENG-0001'),
    reference('902', 'Story', 601, 'task', 'ENG-0001/P1/T1'),
    reference('903', 'Workspace', 502, 'project', 'ENG-0002'),
  ],
};

const approved = {
  ...running,
  users: [{ id: '301', full_name: 'Jane Doe', email_address: 'jane@firm.example' }],
  time_entries: [1, 2, 3].map((number) => ({
    id: String(700 + number),
    workspace_id: '501',
    story_id: '601',
    user_id: '301',
    date_performed: '2025-03-10',
    time_in_minutes: 60 * number,
    billable: true,
    rate_in_cents: 15000,
    currency: 'EUR',
    approved: true,
    is_invoiced: false,
    created_at: `2025-03-1${number}T10:00:00Z`,
    updated_at: `2025-03-1${number}T10:00:00Z`,
  })),
};

const deletedTime = {
  ...approved,
  time_entries: approved.time_entries.slice(0, 1),
  subscribed_events: [2, 3, 2].map((number, index) => ({
    id: String(790 + index),
    event_type: 'time_entry:deleted',
    subject_type: 'TimeEntry',
    subject_id: 700 + number,
    subject_changed_at: `2025-04-0${number}T10:00:00Z`,
    previous_payload: approved.time_entries[number - 1],
    current_payload: null,
  })),
};

const milestones = {
  ...running,
  stories: ['completed', 'started', 'completed'].map((state, index) => ({
    id: String(611 + index),
    workspace_id: '501',
    title: `M${index + 1} · Part ${index + 1}`,
    story_type: 'milestone',
    state,
    created_at: `2025-03-1${index}T10:00:00Z`,
    updated_at: `2025-03-1${index}T10:00:00Z`,
  })),
};

const stamped = (id: number, day: number) => ({
  id: String(id),
  created_at: `2025-03-0${day}T10:00:00Z`,
  updated_at: `2025-03-0${day}T10:00:00Z`,
});

const week = Object.fromEntries(['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => [`${day}_minutes`, 480]));

/** Two people who work 40 hours a week, one of whom is booked and has a day off. */
const staffed = {
  ...running,
  users: [
    { id: '301', full_name: 'Jane Doe', email_address: 'jane@firm.example' },
    { id: '302', full_name: 'Tom Roe', email_address: 'tom@firm.example' },
  ],
  workweeks: [{ id: '401', default: false, ...week }],
  account_memberships: ['301', '302'].map((user) => ({
    ...{ id: `9${user}`, user_id: user, default_role_id: '102', effective_workweek_id: '401', created_at: '2020-01-06T09:00:00Z' },
  })),
  skill_memberships: ['301', '302'].map((user) => ({ id: `8${user}`, user_id: user, skill_id: '201', level: 3 })),
  workspace_resources: ['301', '302'].map((user) => ({
    ...stamped(7000 + Number(user), 1),
    workspace_id: '501',
    user_id: user,
    role_id: '102',
  })),
  workspace_allocations: [1, 2, 3].map((number) => ({
    ...stamped(600 + number, number),
    workspace_id: '501',
    workspace_resource_id: number === 3 ? '7302' : '7301',
    start_date: `2026-12-0${number}`,
    end_date: '2026-12-31',
    minutes: 480 * number,
    hard: true,
  })),
  time_off_entries: [{ id: '611', user_id: '301', hours: 4, requested_date: '2026-12-02' }],
};

const setUp = {
  workspaces: [{ id: '501', title: 'ENG-0001 · ERP rollout', currency: 'EUR', start_date: '2026-12-01', due_date: '2027-03-31' }],
  stories: [
    { id: '600', workspace_id: '501', title: 'P1 · Analysis', story_type: 'deliverable', start_date: '2026-12-01', due_date: '2026-12-31' },
    {
      ...{ id: '601', workspace_id: '501', parent_id: '600', title: 'P1/T1 · Workshops', story_type: 'task' },
      ...{ billable: true, time_estimate_in_minutes: 4800 },
    },
  ],
  external_references: [
    reference('901', 'Workspace', 501, 'project', 'ENG-0001'),
    reference('902', 'Story', 601, 'task', 'ENG-0001/P1/T1'),
    reference('904', 'Story', 600, 'task', 'ENG-0001/P1'),
  ],
};

/** The project ends later, its phase is called otherwise, its milestone is new: as it was shown, and approved. */
const change = (more: object = {}) => ({
  amendment: { number: 1, effective: '2027-01-01' },
  projects: [{ ...project, end: '2027-04-30', ...more }],
  approved: [
    { record: 'project ENG-0001', field: 'due_date', there: '2027-03-31', wanted: '2027-04-30', message: 'later' },
    { record: 'phase ENG-0001/P1', field: 'title', there: 'Analysis', wanted: 'Discovery', message: 'called otherwise' },
    { record: 'milestone ENG-0001/M1', field: 'title', wanted: 'Design signed', message: 'new' },
  ],
});

/** Somebody is asked for already, for a month less; somebody else is new. */
const asked = {
  ...setUp,
  workspace_resources: [{ id: '701', workspace_id: '501', role_id: '102' }],
  workspace_allocations: [
    {
      ...{ id: '702', workspace_id: '501', workspace_resource_id: '701', start_date: '2026-12-01', end_date: '2026-12-31' },
      ...{ minutes: 4800, hard: false, notes: 'Staffing demand ENG-0001/S1' },
    },
  ],
  external_references: [
    ...setUp.external_references,
    reference('905', 'WorkspaceResource', 701, 'staffing', 'ENG-0001/S1'),
    reference('906', 'WorkspaceAllocation', 702, 'allocation', 'ENG-0001/S1'),
  ],
};
const staffing = 'staffing demand ENG-0001/S1';
const changeOfPeople = (end = '2027-01-31') => ({
  ...change(),
  demands: [
    { ...demand, code: 'ENG-0001/S1', skills: [], start: '2026-12-01', end, effortMinutes: 4800 },
    { ...demand, code: 'ENG-0001/S2' },
  ],
  approved: [
    ...change().approved,
    { record: staffing, field: 'end_date', there: '2026-12-31', wanted: '2027-01-31', message: 'longer' },
    {
      record: staffing,
      field: 'notes',
      there: 'Staffing demand ENG-0001/S1',
      wanted: 'Staffing demand ENG-0001/S1 · Phase P1 · Region DE',
      message: 'noted',
    },
    {
      record: 'staffing demand ENG-0001/S2',
      field: 'title',
      wanted: 'Senior Consultant, 2026-12-01 – 2026-12-31, 160:00 h',
      message: 'new',
    },
  ],
});

const handedIn = {
  ...running,
  users: approved.users,
  expense_report_submissions: [
    { id: '801', workspace_id: '501', user_id: '301', status: 'approved', expense_ids: ['811', '812'] },
    { id: '802', workspace_id: '501', user_id: '301', status: 'cancelled', expense_ids: ['813'] },
    { id: '803', workspace_id: '501', user_id: '301', status: 'pending', expense_ids: ['814'] },
  ],
  expenses: [1, 2, 3, 4].map((number) => ({
    id: String(810 + number),
    workspace_id: '501',
    story_id: '601',
    user_id: '301',
    date: '2025-03-10',
    category: 'Travel',
    amount_in_cents: 4890 * number,
    currency: 'EUR',
    is_billable: true,
    approved: number < 3,
    is_invoiced: false,
    active_submission_id: number === 3 ? null : number === 4 ? '803' : '801',
    recent_submission_id: number === 3 ? '802' : number === 4 ? '803' : '801',
    created_at: `2025-03-1${number}T10:00:00Z`,
    updated_at: `2025-03-1${number}T10:00:00Z`,
  })),
};

const reads = { why: 'it reads' };

const invoice = {
  id: 'netsuite:1001',
  source: { system: 'netsuite', id: '1001' },
  number: 'INV-1001',
  legalEntity: 'DE01',
  customer: { id: '101', code: 'ACC-0001', legalEntity: 'DE01' },
  project: { id: '102', code: 'ENG-0001', legalEntity: 'DE01', currency: 'EUR' },
  currency: 'EUR',
  invoiceDate: '2026-03-10',
  status: 'posted',
  net: eur('1000.00'),
  tax: eur('190.00'),
  gross: eur('1190.00'),
  open: eur('1190.00'),
  lines: [{ id: '1', amount: eur('1000.00') }],
  payments: [],
  credits: [],
  version: '2026-03-10T10:00:00.000Z',
};
const customField = (id: string, name: string, value_type: string) => ({ id, name, value_type });
const billed = {
  ...running,
  custom_fields: [
    customField('801', 'Invoice', 'string'),
    customField('802', 'Invoice version', 'string'),
    customField('803', 'Invoice status', 'string'),
    customField('804', 'Invoice open', 'currency'),
    customField('805', 'Invoice date', 'date'),
  ],
};
const shownFields = {
  Invoice: 'id',
  'Invoice version': 'version',
  'Invoice status': 'status',
  'Invoice open': 'open',
  'Invoice date': 'invoiceDate',
};

/** An account with a few roles and skills. */
export const conformance: ConformanceData = {
  given: {
    roles: [{ id: '102', name: 'Senior Consultant' }],
    skills: [{ id: '201', name: 'SAP', max_level: 5 }],
  },
  operations: {
    'psa-project.create': [
      {
        input: [project],
        makes: ['workspaces ENG-0001', 'stories ENG-0001/P1', 'stories ENG-0001/P1/T1', 'stories ENG-0001/M1'],
        others: {
          after: 'the sample',
          input: [{ ...project, account: { code: 'ACC-0002', name: 'Other' } }],
          failure: {
            class: 'conflict.duplicate',
            code: 'RECORD_OF_ANOTHER',
            record: 'project ENG-0001',
            field: 'account.code',
            value: 'Nordwind GmbH (ACC-0001)',
          },
        },
        refused: {
          input: [{ ...project, end: '2026-01-01' }],
          failure: {
            class: 'business.rejected',
            code: 'DATES_REFUSED',
            record: 'Project ENG-0001 in Kantata',
            field: 'due_date',
            value: '2026-01-01',
          },
        },
      },
    ],
    'psa-project.change': [
      {
        given: setUp,
        input: change(),
        makes: ['stories ENG-0001/M1'],
        others: {
          input: change({ currency: 'USD', amount: undefined, milestones: [] }),
          failure: {
            class: 'conflict.duplicate',
            code: 'RECORD_OF_ANOTHER',
            record: 'project ENG-0001',
            field: 'currency',
            value: 'EUR',
          },
        },
        refused: {
          input: change({ end: '2027-06-30' }),
          failure: {
            class: 'conflict.stale',
            code: 'CHANGE_NOT_APPROVED',
            record: 'project ENG-0001',
            field: 'due_date',
            value: '2027-03-31',
          },
        },
      },
      {
        title: 'with people',
        given: asked,
        input: changeOfPeople(),
        makes: [
          'stories ENG-0001/M1',
          'workspace_resources ENG-0001/S2',
          'workspace_resource_skills',
          'workspace_allocations ENG-0001/S2',
          'resource_requests',
        ],
        others: { why: 'the other sample says it' },
        refused: {
          input: changeOfPeople('2027-02-28'),
          failure: { class: 'conflict.stale', code: 'CHANGE_NOT_APPROVED', record: staffing, field: 'end_date', value: '2026-12-31' },
        },
      },
    ],
    'staffing.request': [
      {
        given: running,
        input: [demand],
        makes: ['workspace_resources ENG-0001/S1', 'workspace_resource_skills', 'workspace_allocations ENG-0001/S1', 'resource_requests'],
        others: {
          after: 'the sample',
          input: [{ ...demand, projectCode: 'ENG-0002' }],
          failure: {
            class: 'conflict.duplicate',
            code: 'RECORD_OF_ANOTHER',
            record: 'staffing demand ENG-0001/S1',
            field: 'workspace_id',
            value: 'id 501',
          },
        },
        refused: {
          input: [{ ...demand, end: '2026-01-01' }],
          leaves: ['workspace_resources ENG-0001/S1', 'workspace_resource_skills'],
          failure: {
            class: 'business.rejected',
            code: 'DATES_REFUSED',
            record: 'Soft allocation for ENG-0001/S1 in Kantata',
            field: 'end_date',
            value: '2026-01-01',
          },
        },
      },
    ],
    'psa-invoice-status.write': [
      {
        given: billed,
        input: { invoice, key: 'ENG-0001', fields: shownFields },
        makes: Array.from({ length: 5 }, () => 'custom_field_values'),
        others: {
          after: 'the sample',
          input: { invoice: { ...invoice, version: '2026-03-09T10:00:00.000Z' }, key: 'ENG-0001', fields: shownFields },
          failure: {
            class: 'conflict.stale',
            code: 'INVOICE_STALE',
            record: 'project ENG-0001',
            field: 'Invoice version',
            value: '2026-03-10T10:00:00.000Z',
          },
        },
        refused: {
          input: { invoice, key: 'ENG-0404', fields: shownFields },
          failure: { class: 'mapping.missing', code: 'PROJECT_UNKNOWN', record: 'project ENG-0404', field: 'project', value: 'ENG-0404' },
        },
      },
    ],
    'approved-time.poll': [
      {
        given: approved,
        input: { since: '2025-01-01', pageSize: 2 },
        makes: ['kantata:701', 'kantata:702', 'kantata:703'],
        others: reads,
        refused: reads,
      },
      {
        title: 'deleted',
        given: deletedTime,
        input: { since: '2025-01-01', pageSize: 2, deleted: true },
        // one is there, two are gone, and one of these is told twice
        makes: ['kantata:701', 'kantata:702', 'kantata:703'],
        others: reads,
        refused: reads,
      },
    ],
    'milestone.poll': [
      {
        given: milestones,
        input: { since: '2025-01-01', pageSize: 2 },
        makes: ['ENG-0001/M1', 'ENG-0001/M2', 'ENG-0001/M3'],
        others: reads,
        refused: reads,
      },
    ],
    'assignment.poll': [
      {
        given: staffed,
        input: { since: '2025-01-01T00:00:00Z', pageSize: 2 },
        makes: ['kantata:601', 'kantata:602', 'kantata:603'],
        others: reads,
        refused: reads,
      },
    ],
    'availability.find': [
      {
        given: staffed,
        input: { from: '2026-12-01', to: '2026-12-11', role: 'Senior Consultant', skills: ['SAP'] },
        makes: ['kantata:301', 'kantata:302'],
        others: reads,
        refused: reads,
      },
    ],
    'utilization.find': [
      {
        given: { ...staffed, time_entries: approved.time_entries.map((row) => ({ ...row, date_performed: '2026-12-03' })) },
        input: { from: '2026-12-01', to: '2026-12-11', role: 'Senior Consultant', skills: ['SAP'] },
        makes: ['kantata:301', 'kantata:302'],
        others: reads,
        refused: reads,
      },
    ],
    'approved-expense.poll': [
      {
        given: handedIn,
        input: { since: '2025-01-01', pageSize: 2 },
        // approved twice, and taken back; the fourth waits for a decision
        makes: ['kantata:expense-811', 'kantata:expense-812', 'kantata:expense-813'],
        others: reads,
        refused: reads,
      },
    ],
    'approved-expense.list': [
      {
        given: handedIn,
        input: { from: '2025-03-01', to: '2025-03-31' },
        // one was taken back, one waits for a decision
        makes: ['kantata:expense-811', 'kantata:expense-812'],
        others: reads,
        refused: reads,
      },
    ],
    'approved-time.list': [
      {
        given: approved,
        input: { from: '2025-03-01', to: '2025-03-31' },
        makes: ['kantata:701', 'kantata:702', 'kantata:703'],
        others: reads,
        refused: reads,
      },
    ],
  },
};
