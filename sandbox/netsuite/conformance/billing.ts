import type { ConformanceData } from '../../conformance.ts';
import {
  billed,
  byMilestones,
  eur,
  labour,
  milestone,
  ownProject,
  planned,
  reads,
  running,
  scheduleOfAnother,
  terms,
  termsOf,
} from './samples.ts';

/** What is to be billed, what was, and what it came to. */
export const billing: ConformanceData['operations'] = {
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
  'project-invoices.find': [
    {
      given: {
        records: {
          ...running.records,
          invoice: [billed('INV-1', '10', { job: { externalId: 'ENG-0001' } }), billed('INV-2', '11', { job: { externalId: 'ENG-0001' } })],
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
};
