import type { Engine } from '../engine/engine.ts';
import type { Decision } from '../engine/store/approvals.ts';
import type { Run } from '../engine/store/runs.ts';
import { Failure } from '../model/failure.ts';
import { type FailureText, inWords, phrase } from '../model/failure-words.ts';

/** Why a question is not decided, as HTTP says it: 403 = not by this person, 404 = there is none, 409 = not any more. */
export interface NotDecided {
  status: 403 | 404 | 409;
  said: FailureText;
}

/** A person decides a question, and its run goes on. Undefined = it is decided. */
export async function decideApproval(engine: Engine, id: string, decision: Decision): Promise<NotDecided | undefined> {
  try {
    if (!(await engine.store.decideApproval(id, decision, engine.clock.now()))) return await whyNot(engine, id);
  } catch (error) {
    if (Failure.is(error) && error.code === 'APPROVAL_OWN') return { status: 403, said: error };
    throw error;
  }
  engine.wake();
  engine.emit('changed');
  return undefined;
}

/** Why nobody can decide this (any more), in words; undefined = somebody can. */
export async function whyNoDecision(engine: Engine, id: string): Promise<NotDecided | undefined> {
  const approval = await engine.store.approval(id);
  if (!approval) return { status: 404, said: inWords('API.no-approval') };
  const at = new Date(approval.decidedAt ?? approval.expiresAt ?? 0).toISOString();
  const by = approval.decidedBy ?? phrase('API.somebody');
  if (approval.status === 'approved') return { status: 409, said: inWords('API.approved', { by, at }) };
  if (approval.status === 'rejected') return { status: 409, said: inWords('API.rejected', { by, at }) };
  const isOver = approval.status === 'expired' || (approval.expiresAt ?? Number.POSITIVE_INFINITY) <= engine.clock.now();
  if (isOver) return { status: 409, said: inWords('API.time-over', { at }) };
  const run = await engine.store.run(approval.run);
  return run && isUnderWay(run) ? undefined : ended();
}

/** Whether a decision still means something to the run. */
export const isUnderWay = ({ status, compensating }: Pick<Run, 'status' | 'compensating'>): boolean =>
  status !== 'done' && status !== 'cancelled' && !compensating;

const ended = (): NotDecided => ({ status: 409, said: inWords('API.approval-ended') });

async function whyNot(engine: Engine, id: string): Promise<NotDecided> {
  return (await whyNoDecision(engine, id)) ?? ended();
}
