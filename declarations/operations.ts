import type { ContractName } from '../model/contract.ts';
import type { Words } from '../model/failure-sentence.ts';
import { phrase } from '../model/phrase.ts';
import type { Operations, Results } from '../model/operations.ts';
import type { Area } from './area.ts';

/**
 * How an operation is asked for:
 * - `poll`: what has changed, a page at a time, with a cursor;
 * - `stream`: what changes, as it is told, a page at a time, with a cursor;
 * - `one`: does one thing for one message;
 * - `batch`: lines of many runs in one go, with an outcome for each;
 * - `list`: all that there is in a span of time, as a stream;
 * - `lookup`: reads something for one message, and changes nothing there; what has to be the same when the run comes again is remembered.
 */
export type Shape = 'poll' | 'stream' | 'one' | 'batch' | 'list' | 'lookup';

/** What a system is for the firm. */
export type SystemArea = Extract<Area, 'crm' | 'erp' | 'psa' | 'business'>;

/** What the pack does with a system, whichever system it is. */
export interface OperationDeclaration {
  /** what a system that does it is for the firm */
  area: SystemArea;
  shape: Shape;
  /** contract that its input keeps */
  input?: ContractName;
  /** what it answers, by its name in `model/results.v1.schema.json`: of a batch for each line, of a list each row */
  answers: keyof Results;
  /** of a list: what its node makes of all rows, by its name there */
  told?: keyof Results;
  /** where its result stands in the message */
  result?: string;
  /** said of a system that cannot: `… cannot set up customers` */
  words: Words;
}

/** Whether it brings the events of a source. */
export const isSource = (shape: Shape): boolean => shape === 'poll' || shape === 'stream';

export type OperationId = keyof Operations;

/** Every operation, once. Which system does which is said by the systems (`connectors/<system>/declaration.ts`). */
export const operations: Readonly<Record<OperationId, OperationDeclaration>> = {
  'opportunity.poll': { area: 'crm', shape: 'poll', answers: 'PollPage', words: phrase('OPERATION.opportunity-poll') },
  'account.poll': { area: 'crm', shape: 'poll', answers: 'PollPage', words: phrase('OPERATION.account-poll') },
  'opportunity.stream': { area: 'crm', shape: 'stream', answers: 'PollPage', words: phrase('OPERATION.opportunity-stream') },
  'contract.poll': { area: 'crm', shape: 'poll', answers: 'PollPage', words: phrase('OPERATION.contract-poll') },
  'record.upsert': {
    area: 'crm',
    shape: 'one',
    answers: 'UpsertResults',
    result: 'crm.records',
    words: phrase('OPERATION.record-upsert'),
  },
  'record.query': {
    area: 'crm',
    shape: 'lookup',
    answers: 'QueryResult',
    result: 'crm.query',
    words: phrase('OPERATION.record-query'),
  },
  'crm-invoice-status.write': {
    area: 'crm',
    shape: 'one',
    answers: 'InvoiceStatusResult',
    result: 'crm.invoiceStatus',
    words: phrase('OPERATION.crm-invoice-status-write'),
  },
  'customer.ensure': {
    area: 'erp',
    shape: 'one',
    input: 'engagement',
    answers: 'CustomerResult',
    result: 'erp.customers',
    words: phrase('OPERATION.customer-ensure'),
  },
  'customer.change': {
    area: 'erp',
    shape: 'one',
    answers: 'CustomerChangeResult',
    result: 'erp.changedCustomers',
    words: phrase('OPERATION.customer-change'),
  },
  'customer.poll': { area: 'erp', shape: 'poll', answers: 'PollPage', words: phrase('OPERATION.customer-poll') },
  'erp-project.create': {
    area: 'erp',
    shape: 'one',
    input: 'engagement',
    answers: 'ErpProjectResult',
    result: 'erp.projects',
    words: phrase('OPERATION.erp-project-create'),
  },
  'erp-project.change': {
    area: 'erp',
    shape: 'one',
    input: 'amendment',
    answers: 'ChangesResult',
    result: 'erp.changes',
    words: phrase('OPERATION.erp-project-change'),
  },
  'time.post': {
    area: 'erp',
    shape: 'batch',
    input: 'time-entry',
    answers: 'PostedTime',
    result: 'erp.timeEntry',
    words: phrase('OPERATION.time-post'),
  },
  'posted-time.list': { area: 'erp', shape: 'list', answers: 'TimeFact', words: phrase('OPERATION.posted-time-list') },
  'billing-schedule.set': {
    area: 'erp',
    shape: 'one',
    input: 'billing-schedule',
    answers: 'BillingScheduleResult',
    result: 'erp.billingSchedule',
    words: phrase('OPERATION.billing-schedule-set'),
  },
  'milestone.reach': {
    area: 'erp',
    shape: 'one',
    input: 'milestone',
    answers: 'ReachedMilestone',
    result: 'erp.milestone',
    words: phrase('OPERATION.milestone-reach'),
  },
  'expense.post': {
    area: 'erp',
    shape: 'batch',
    input: 'expense',
    answers: 'PostedExpense',
    result: 'erp.expense',
    words: phrase('OPERATION.expense-post'),
  },
  'posted-expense.list': { area: 'erp', shape: 'list', answers: 'ExpenseFact', words: phrase('OPERATION.posted-expense-list') },
  'invoice.poll': { area: 'erp', shape: 'poll', answers: 'PollPage', words: phrase('OPERATION.invoice-poll') },
  'customer.find': {
    area: 'erp',
    shape: 'lookup',
    answers: 'CustomerFound',
    result: 'erp.customer',
    words: phrase('OPERATION.customer-find'),
  },
  'period.find': { area: 'erp', shape: 'lookup', answers: 'PeriodFound', result: 'erp.period', words: phrase('OPERATION.period-find') },
  'posted-time.sum': {
    area: 'erp',
    shape: 'lookup',
    answers: 'PostedTimeSum',
    result: 'erp.postedTime',
    words: phrase('OPERATION.posted-time-sum'),
  },
  'project-invoices.find': {
    area: 'erp',
    shape: 'lookup',
    answers: 'ProjectInvoices',
    result: 'erp.projectInvoices',
    words: phrase('OPERATION.project-invoices-find'),
  },
  'project-finances.find': {
    area: 'erp',
    shape: 'lookup',
    answers: 'FinancesFound',
    result: 'erp.projectFinances',
    words: phrase('OPERATION.project-finances-find'),
  },
  'psa-project.create': {
    area: 'psa',
    shape: 'one',
    input: 'engagement',
    answers: 'PsaProjectResult',
    result: 'psa.projects',
    words: phrase('OPERATION.psa-project-create'),
  },
  'psa-project.change': {
    area: 'psa',
    shape: 'one',
    input: 'amendment',
    answers: 'ChangesResult',
    result: 'psa.changes',
    words: phrase('OPERATION.psa-project-change'),
  },
  'staffing.request': {
    area: 'psa',
    shape: 'one',
    input: 'engagement',
    answers: 'StaffingResult',
    result: 'psa.demands',
    words: phrase('OPERATION.staffing-request'),
  },
  'approved-time.poll': { area: 'psa', shape: 'poll', answers: 'PollPage', words: phrase('OPERATION.approved-time-poll') },
  'approved-time.list': { area: 'psa', shape: 'list', answers: 'TimeFact', words: phrase('OPERATION.approved-time-list') },
  'milestone.poll': { area: 'psa', shape: 'poll', answers: 'PollPage', words: phrase('OPERATION.milestone-poll') },
  'approved-expense.poll': { area: 'psa', shape: 'poll', answers: 'PollPage', words: phrase('OPERATION.approved-expense-poll') },
  'approved-expense.list': { area: 'psa', shape: 'list', answers: 'ExpenseFact', words: phrase('OPERATION.approved-expense-list') },
  'assignment.poll': { area: 'psa', shape: 'poll', answers: 'PollPage', words: phrase('OPERATION.assignment-poll') },
  'availability.find': {
    area: 'psa',
    shape: 'list',
    answers: 'FoundAvailability',
    told: 'PeopleWithTime',
    result: 'psa.availability',
    words: phrase('OPERATION.availability-find'),
  },
  'utilization.find': {
    area: 'psa',
    shape: 'list',
    answers: 'FoundUtilization',
    told: 'UtilizedPeople',
    result: 'psa.utilization',
    words: phrase('OPERATION.utilization-find'),
  },
  'assignment.record': {
    area: 'erp',
    shape: 'one',
    input: 'assignment',
    answers: 'AssignmentRecord',
    result: 'erp.assignment',
    words: phrase('OPERATION.assignment-record'),
  },
  'psa-invoice-status.write': {
    area: 'psa',
    shape: 'one',
    answers: 'InvoiceStatusResult',
    result: 'psa.invoiceStatus',
    words: phrase('OPERATION.psa-invoice-status-write'),
  },
  'event.publish': {
    area: 'business',
    shape: 'one',
    answers: 'PublishedEvent',
    result: 'event.published',
    words: phrase('OPERATION.event-publish'),
  },
};

export const operationIds = Object.keys(operations) as OperationId[];
