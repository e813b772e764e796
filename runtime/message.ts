import type { ActiveRun } from '../engine/active-run.ts';
import type { Failure, FailureDetails, Issue } from '../model/failure.ts';

/** What the product keeps on each message of a run. */
export interface RunMark {
  run: string;
  /** 1 = first delivery */
  attempt: number;
  /** fencing token of this delivery */
  token: number;
  failure?: FailureDetails & { node?: string };
}

/** A message as our nodes see it. */
export interface Message {
  _msgid?: string;
  payload?: unknown;
  topic?: unknown;
  psConnect?: RunMark;
  issues?: Issue[];
  erp?: Record<string, unknown>;
  psa?: Record<string, unknown>;
  crm?: Record<string, unknown>;
  error?: { message?: string; source?: { id?: string } };
  [name: string]: unknown;
}

/** Type of an event that is a message as it came in (inject, http in): its data are the message's own fields. */
export const messageReceived = 'com.psconnect.message.received';

export function markOf(active: ActiveRun): RunMark {
  return { run: active.id, attempt: active.run.attempts, token: active.run.token };
}

/** The run mark of a message, if it carries one that is whole. */
export function markIn(message: unknown): RunMark | undefined {
  const mark = (message as Message | undefined)?.psConnect;
  return mark && typeof mark.run === 'string' && typeof mark.token === 'number' ? mark : undefined;
}

export function failureMark(active: ActiveRun, failure: Failure, node: string): RunMark {
  return { ...markOf(active), failure: { ...failure.toJSON(), node } };
}
