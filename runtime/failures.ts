import type { ContractName } from '../model/contract.ts';
import { Failure, type Issue } from '../model/failure.ts';
import type { Message } from './message.ts';

/** One failure that tells everything which is wrong with a record, the first thing first. */
export function invalidFailure(contract: ContractName, value: unknown, issues: Issue[]): Failure {
  const [first] = issues as [Issue];
  const record = value as { code?: unknown; id?: unknown } | null | undefined;
  const id = record && typeof record === 'object' ? (record.code ?? record.id) : undefined;
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  return new Failure({
    class: first.code === 'LEGAL_ENTITY_UNKNOWN' ? 'mapping.missing' : 'contract.invalid',
    code: first.code,
    message: `${contract}${id === undefined ? '' : ` ${String(id)}`}: ${first.message}${more}`,
    record: id === undefined ? contract : `${contract} ${String(id)}`,
    field: first.field,
    ...(first.value === undefined ? {} : { value: first.value }),
    remedy: first.remedy,
    issues,
  });
}

/** Why a message was led to a dead-letter node: what failed before, or the reason the node states. */
export function parkedFailure(message: Message, reason: string): Failure {
  const before = message.psConnect?.failure;
  if (before) {
    const { node: _node, ...details } = before;
    return new Failure(details);
  }
  return new Failure({
    class: 'business.rejected',
    code: 'PARKED',
    message: reason || message.error?.message || 'The flow led the message to a dead-letter node.',
    remedy: 'Look at the event, correct the cause and replay the run.',
    ...(message.issues ? { issues: message.issues } : {}),
  });
}
