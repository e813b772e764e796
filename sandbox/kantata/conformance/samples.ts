export const eur = (amount: string) => ({ amount, currency: 'EUR' });

export const project = {
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

export const demand = {
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

export const reference = (id: string, subject: string, subject_id: number, model: string, code: string) => ({
  ...{ id, subject_type: subject, subject_id, service_name: 'ps-connect', service_model: model, service_model_ref: code },
});

export const running = {
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

export const approved = {
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

export const deletedTime = {
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

export const milestones = {
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

export const stamped = (id: number, day: number) => ({
  id: String(id),
  created_at: `2025-03-0${day}T10:00:00Z`,
  updated_at: `2025-03-0${day}T10:00:00Z`,
});

export const week = Object.fromEntries(['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => [`${day}_minutes`, 480]));

/** Two people who work 40 hours a week, one of whom is booked and has a day off. */
export const staffed = {
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

export const setUp = {
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
export const change = (more: object = {}) => ({
  amendment: { number: 1, effective: '2027-01-01' },
  projects: [{ ...project, end: '2027-04-30', ...more }],
  approved: [
    { record: 'project ENG-0001', field: 'due_date', there: '2027-03-31', wanted: '2027-04-30', message: 'later' },
    { record: 'phase ENG-0001/P1', field: 'title', there: 'Analysis', wanted: 'Discovery', message: 'called otherwise' },
    { record: 'milestone ENG-0001/M1', field: 'title', wanted: 'Design signed', message: 'new' },
  ],
});

/** Somebody is asked for already, for a month less; somebody else is new. */
export const asked = {
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
export const staffing = 'staffing demand ENG-0001/S1';
export const changeOfPeople = (end = '2027-01-31') => ({
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

export const handedIn = {
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

export const reads = { why: 'it reads' };

export const invoice = {
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
export const customField = (id: string, name: string, value_type: string) => ({ id, name, value_type });
export const billed = {
  ...running,
  custom_fields: [
    customField('801', 'Invoice', 'string'),
    customField('802', 'Invoice version', 'string'),
    customField('803', 'Invoice status', 'string'),
    customField('804', 'Invoice open', 'currency'),
    customField('805', 'Invoice date', 'date'),
  ],
};
export const shownFields = {
  Invoice: 'id',
  'Invoice version': 'version',
  'Invoice status': 'status',
  'Invoice open': 'open',
  'Invoice date': 'invoiceDate',
};
