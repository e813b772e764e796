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
    'approved-time.poll': [
      {
        given: approved,
        input: { since: '2025-01-01', pageSize: 2 },
        makes: ['kantata:701', 'kantata:702', 'kantata:703'],
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
