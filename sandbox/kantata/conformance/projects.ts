import type { ConformanceData } from '../../conformance.ts';
import {
  asked,
  billed,
  change,
  changeOfPeople,
  demand,
  invoice,
  milestones,
  project,
  reads,
  running,
  setUp,
  shownFields,
  staffing,
} from './samples.ts';

/** Projects and what they ask for, as they are set up, changed and shown. */
export const projects: ConformanceData['operations'] = {
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
  'milestone.poll': [
    {
      given: milestones,
      input: { since: '2025-01-01', pageSize: 2 },
      makes: ['ENG-0001/M1', 'ENG-0001/M2', 'ENG-0001/M3'],
      others: reads,
      refused: reads,
    },
  ],
};
