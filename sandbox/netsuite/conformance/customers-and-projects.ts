import type { ConformanceData } from '../../conformance.ts';
import { account, change, changedCustomer, customer, customers, phase, project, reads, schedule, setUp, subsidiary } from './samples.ts';

/** Customers and projects, as they are set up, changed and asked for. */
export const customersAndProjects: ConformanceData['operations'] = {
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
};
