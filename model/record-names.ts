import type { Words } from './failure-sentence.ts';
import { phrase } from './failure-words.ts';

/** What a person calls a record, by what it is to the firm: `called.project('ENG-0001')`. What only one system has is named there. */
export const called = {
  engagement: (code: string): Words => phrase('RECORD.engagement', { code }),
  amendment: (id: string): Words => phrase('RECORD.amendment', { id }),
  project: (code: string): Words => phrase('RECORD.project', { code }),
  phase: (code: string): Words => phrase('RECORD.phase', { code }),
  task: (code: string): Words => phrase('RECORD.task', { code }),
  milestone: (code: string): Words => phrase('RECORD.milestone', { code }),
  customer: (key: string): Words => phrase('RECORD.customer', { key }),
  account: (code: string): Words => phrase('RECORD.account', { code }),
  rateCard: (code: string): Words => phrase('RECORD.rate-card', { code }),
  resource: (id: string): Words => phrase('RECORD.resource', { id }),
  staffingDemand: (code: string): Words => phrase('RECORD.staffing-demand', { code }),
  timeEntry: (id: string): Words => phrase('RECORD.time-entry', { id }),
  assignment: (id: string): Words => phrase('RECORD.assignment', { id }),
  availability: (from: string, to: string): Words => phrase('RECORD.availability', { from, to }),
  expense: (id: string): Words => phrase('RECORD.expense', { id }),
  accountingPeriod: (day: string): Words => phrase('RECORD.accounting-period', { day }),
  invoice: (number: string, legalEntity: string): Words => phrase('RECORD.invoice', { number, legalEntity }),
  invoiceWithId: (id: string): Words => phrase('RECORD.invoice-with-id', { id }),
  billingSchedule: (key: string): Words => phrase('RECORD.billing-schedule', { key }),
  billingScheduleOf: (project: string): Words => phrase('RECORD.billing-schedule-of', { project }),
};

/** A record that is known by a system's id alone, or by that and a name. */
export const withId = (id: string, name?: string): Words => (name ? phrase('RECORD_ID.of', { name, id }) : phrase('RECORD_ID', { id }));
