import type { OperationId } from '../../declarations/operations.ts';
import { amendmentCase } from './amendment-case.ts';
import { assignmentCase } from './assignment-case.ts';
import { billingCase } from './billing-case.ts';
import { customerCase } from './customer-case.ts';
import { eventCase } from './event-case.ts';
import { expenseCase } from './expense-case.ts';
import { invoiceCase } from './invoice-case.ts';
import type { KillCase } from './kill-everywhere.ts';
import { opportunityCase } from './opportunity-case.ts';
import { takenBackCase } from './taken-back-case.ts';
import { timeCase } from './time-case.ts';

export interface ListedCase {
  /** file of it, without its ending */
  file: string;
  /** what the test says of it */
  says: string;
  test: KillCase;
  /** what it writes by; each is asked for by a node of its flows */
  operations: readonly OperationId[];
  /** moments that there are at least */
  least: number;
  /** what `KILL_STEP` above 1 is multiplied by */
  thinner: number;
}

/** A project is set up, or what was agreed of it changes. */
export const setUpCases: readonly ListedCase[] = [
  {
    ...{ file: 'opportunity-case', says: 'sets up a won deal once', test: opportunityCase, least: 100, thinner: 1 },
    operations: ['customer.ensure', 'erp-project.create', 'psa-project.create', 'staffing.request', 'record.upsert'],
  },
  {
    ...{ file: 'amendment-case', says: 'carries an approved amendment over once', test: amendmentCase, least: 200, thinner: 4 },
    operations: ['erp-project.change', 'psa-project.change', 'record.upsert'],
  },
];

/** What follows once there is one. */
export const followingCases: readonly ListedCase[] = [
  {
    ...{ file: 'billing-case', says: 'sets a billing schedule and marks its milestone once', test: billingCase, least: 100, thinner: 4 },
    operations: ['billing-schedule.set', 'milestone.reach'],
  },
  { file: 'time-case', says: 'posts approved time once', test: timeCase, least: 20, thinner: 1, operations: ['time.post'] },
  {
    ...{ file: 'taken-back-case', says: 'takes time out of the books once', test: takenBackCase, least: 20, thinner: 2 },
    operations: ['time.post'],
  },
  {
    file: 'assignment-case',
    says: 'keeps a booking that is made, changed and released in one record',
    ...{ test: assignmentCase, least: 60, thinner: 2, operations: ['assignment.record'] },
  },
  { file: 'expense-case', says: 'posts approved expenses once', test: expenseCase, least: 40, thinner: 1, operations: ['expense.post'] },
  {
    ...{ file: 'invoice-case', says: 'shows what was billed once, and the newest at the end', test: invoiceCase, least: 100, thinner: 2 },
    operations: ['crm-invoice-status.write', 'psa-invoice-status.write'],
  },
  {
    ...{ file: 'customer-case', says: 'writes to a customer what sales has changed once', test: customerCase, least: 20, thinner: 2 },
    operations: ['customer.change'],
  },
  { file: 'event-case', says: 'tells another system once', test: eventCase, least: 20, thinner: 2, operations: ['event.publish'] },
];

/** What is killed at every moment, by the operation that writes: docs/proofs.md has the same table. */
export const killCases: readonly ListedCase[] = [...setUpCases, ...followingCases];
