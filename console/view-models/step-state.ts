import type { Effect, RunStatus } from '../answers.ts';

export type StepState = 'done' | 'found' | 'rejected' | 'not-made' | 'in-doubt' | 'under-way' | 'compensated';

/**
 * What a person must know of an effect. An intent without an outcome is under way while its run is; once the run is
 * over nobody knows whether the write was made.
 */
export function stepState(effect: Pick<Effect, 'status' | 'found'>, run: RunStatus): StepState {
  if (effect.status === 'done') return effect.found ? 'found' : 'done';
  if (effect.status === 'intended') return run === 'running' ? 'under-way' : 'in-doubt';
  return effect.status;
}

/** Effects in the order in which they were intended. */
export function inOrder(effects: readonly Effect[]): Effect[] {
  return [...effects].sort((left, right) => left.intendedAt - right.intendedAt);
}
