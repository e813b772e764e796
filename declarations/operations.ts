import type { ContractName } from '../model/contract.ts';
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
  /** said behind the name of a system that cannot: `… cannot set up customers` */
  words: string;
}

export type OperationId = keyof Operations;

/** Every operation, once. Which system does which is said by the systems (`connectors/<system>/declaration.ts`). */
export const operations: Readonly<Record<OperationId, OperationDeclaration>> = {
  'opportunity.poll': { area: 'crm', shape: 'poll', answers: 'PollPage', words: 'tell which deals have changed' },
  'record.upsert': {
    area: 'crm',
    shape: 'one',
    answers: 'UpsertResults',
    result: 'crm.records',
    words: 'write records by an id of ours',
  },
  'customer.ensure': {
    area: 'erp',
    shape: 'one',
    input: 'engagement',
    answers: 'CustomerResult',
    result: 'erp.customers',
    words: 'set up customers',
  },
  'erp-project.create': {
    area: 'erp',
    shape: 'one',
    input: 'engagement',
    answers: 'ErpProjectResult',
    result: 'erp.projects',
    words: 'set up projects and their billing',
  },
  'time.post': {
    area: 'erp',
    shape: 'batch',
    input: 'time-entry',
    answers: 'PostedTime',
    result: 'erp.timeEntry',
    words: 'take approved time',
  },
  'posted-time.list': { area: 'erp', shape: 'list', answers: 'TimeFact', words: 'list the time in its books' },
  'psa-project.create': {
    area: 'psa',
    shape: 'one',
    input: 'engagement',
    answers: 'PsaProjectResult',
    result: 'psa.projects',
    words: 'set up projects, tasks and milestones',
  },
  'staffing.request': {
    area: 'psa',
    shape: 'one',
    input: 'engagement',
    answers: 'StaffingResult',
    result: 'psa.demands',
    words: 'take staffing demands',
  },
  'approved-time.poll': { area: 'psa', shape: 'poll', answers: 'PollPage', words: 'tell which time was approved' },
  'event.publish': { area: 'business', shape: 'one', answers: 'PublishedEvent', result: 'event.published', words: 'take events' },
  'approved-time.list': { area: 'psa', shape: 'list', answers: 'TimeFact', words: 'list approved time' },
};

export const operationIds = Object.keys(operations) as OperationId[];
