import type { Engine } from '../../engine/engine.ts';
import type { ActiveRun } from '../../engine/active-run.ts';
import type { Run } from '../../engine/store/runs.ts';
import type { Effect } from '../../engine/store/effects.ts';
import { phrase } from '../../model/failure-words.ts';
import type { FailureDetails } from '../../model/failure.ts';
import { isObject, type Json } from '../../model/json.ts';

/** What a flow answers; without a body where the status has none. */
export type KeptAnswer = { status: number; body?: Json };

/** What has become of a call. */
export type Outcome =
  | { answer: KeptAnswer }
  | { failure: FailureDetails }
  /** it goes on */
  | 'open'
  /** it is done, and its flow has answered nothing */
  | 'unanswered'
  /** it is done, and what was answered is not kept any more */
  | 'forgotten'
  /** a person has ended it */
  | 'ended';

/** The writes of the flows' answers stand under this name, where those of the systems have theirs. */
export const answering = 'business-api';

/**
 * Keeps the answer with the run before it is told: the first one stays, whichever node gives another, however often the run is delivered. It is a write
 * like any other, at the node at which the call came in, so that a run has one.
 */
export function keepAnswer(engine: Engine, active: ActiveRun, answer: KeptAnswer): Promise<KeptAnswer> {
  return engine.effectsFor(active, active.run.entry, answering).write<KeptAnswer>({
    key: 'answer',
    title: phrase('WRITE.answer', { status: answer.status }),
    request: { status: answer.status },
    // kept and made are one: what is not in the store was never made
    settle: 'repeat',
    undo: null,
    send: () => Promise.resolve(answer),
  });
}

export function outcomeOf(run: Run, effects: readonly Effect[]): Outcome {
  const kept = effects.find(({ system, status }) => system === answering && status === 'done');
  if (kept && isObject(kept.result)) return { answer: kept.result as KeptAnswer };
  if (kept) return 'forgotten';
  // one that was undone, or discarded by a person, has failed before
  if (run.status === 'dead' || run.status === 'cancelled') return run.failure ? { failure: run.failure } : 'ended';
  if (run.status === 'done') return run.event.data === null && !run.event.attributes ? 'forgotten' : 'unanswered';
  return 'open';
}
