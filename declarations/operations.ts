import type { ContractName } from '../model/contract.ts';
import type { Words } from '../model/failure-sentence.ts';
import { phrase } from '../model/phrase.ts';
import type { Operations, Results } from '../model/operations.ts';
import type { Area } from './area.ts';

/**
 * How an operation is asked for:
 * - `poll`: what has changed, a page at a time, with a cursor;
 * - `one`: does one thing for one message;
 * - `batch`: lines of many runs in one go, with an outcome for each;
 * - `list`: all that there is in a span of time, as a stream.
 */
export type Shape = 'poll' | 'one' | 'batch' | 'list';

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
  /** where its result stands in the message */
  result?: string;
  /** said of a system that cannot: `… cannot set up customers` */
  words: Words;
}

export type OperationId = keyof Operations;

/** Every operation, once. Which system does which is said by the systems (`connectors/<system>/declaration.ts`). */
export const operations: Readonly<Record<OperationId, OperationDeclaration>> = {
  'opportunity.poll': { area: 'crm', shape: 'poll', answers: 'PollPage', words: phrase('OPERATION.opportunity-poll') },
  'record.upsert': {
    area: 'crm',
    shape: 'one',
    answers: 'UpsertResults',
    result: 'crm.records',
    words: phrase('OPERATION.record-upsert'),
  },
  'customer.ensure': {
    area: 'erp',
    shape: 'one',
    input: 'engagement',
    answers: 'CustomerResult',
    result: 'erp.customers',
    words: phrase('OPERATION.customer-ensure'),
  },
  'erp-project.create': {
    area: 'erp',
    shape: 'one',
    input: 'engagement',
    answers: 'ErpProjectResult',
    result: 'erp.projects',
    words: phrase('OPERATION.erp-project-create'),
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
  'psa-project.create': {
    area: 'psa',
    shape: 'one',
    input: 'engagement',
    answers: 'PsaProjectResult',
    result: 'psa.projects',
    words: phrase('OPERATION.psa-project-create'),
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
  'assignment.poll': { area: 'psa', shape: 'poll', answers: 'PollPage', words: phrase('OPERATION.assignment-poll') },
  'availability.find': { area: 'psa', shape: 'list', answers: 'FoundAvailability', words: phrase('OPERATION.availability-find') },
  'assignment.record': {
    area: 'erp',
    shape: 'one',
    input: 'assignment',
    answers: 'AssignmentRecord',
    result: 'erp.assignment',
    words: phrase('OPERATION.assignment-record'),
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
