import type { ContractName } from '../model/contract.ts';
import { Failure, type Issue } from '../model/failure.ts';
import type { Words } from '../model/failure-sentence.ts';
import { inWords, wordsOf } from '../model/failure-words.ts';
import { called } from '../model/record-names.ts';
import type { Message } from './message.ts';

const recordsOf: Record<ContractName, (id: string) => Words> = {
  engagement: called.engagement,
  amendment: called.amendment,
  project: called.project,
  account: called.account,
  'staffing-demand': called.staffingDemand,
  resource: called.resource,
  'time-entry': called.timeEntry,
  'billing-schedule': called.billingScheduleOf,
  milestone: called.milestone,
  assignment: called.assignment,
  availability: called.resource,
  utilization: called.resource,
  'rate-card': called.rateCard,
  expense: called.expense,
  invoice: called.invoiceWithId,
  'project-finances': called.project,
};

/** One failure that tells everything which is wrong with a record, the first thing first. */
export function invalidFailure(contract: ContractName, value: unknown, issues: Issue[]): Failure {
  const [first] = issues as [Issue];
  const given = value as { code?: unknown; id?: unknown; project?: unknown } | null | undefined;
  const id =
    given && typeof given === 'object'
      ? (given.code ??
        given.id ??
        (contract === 'billing-schedule' ? given.project : contract === 'project-finances' ? codeIn(given.project) : undefined))
      : undefined;
  const record = id === undefined ? contract : recordsOf[contract](String(id));
  return new Failure({
    class: first.code === 'LEGAL_ENTITY_UNKNOWN' ? 'mapping.missing' : 'contract.invalid',
    ...(issues.length > 1
      ? inWords('INVALID_RECORD.more', { record, first: wordsOf(first), more: issues.length - 1 })
      : inWords('INVALID_RECORD', { record, first: wordsOf(first) })),
    code: first.code,
    record,
    field: first.field || 'payload',
    ...(first.value === undefined ? {} : { value: first.value }),
    issues,
  });
}

const codeIn = (project: unknown) => (project as { code?: unknown } | null | undefined)?.code;

/** Why a message was led to a dead-letter node: what failed before, or the reason the node states. */
export function parkedFailure(message: Message, reason: string): Failure {
  const before = message.psConnect?.failure;
  if (before) {
    const { node: _node, ...details } = before;
    return new Failure(details);
  }
  const said = reason || message.error?.message;
  return new Failure({
    class: 'business.rejected',
    ...(said ? inWords('PARKED.said', { said }) : inWords('PARKED')),
    ...(message.issues ? { issues: message.issues } : {}),
  });
}
