import { Failure } from '../model/failure.ts';
import { inWords } from '../model/failure-words.ts';
import type { ActiveRun } from './active-run.ts';

/** Nothing of it moves, and nothing that is known works on it. One at no node is about to be concluded. */
export function isStalled(active: ActiveRun, now: number): boolean {
  if (active.working > 0 || active.held > 0 || active.over || now - active.movedAt < active.policy.stallAfterMs) return false;
  return active.at().length > 0;
}

/** A node has taken a message of this run and does nothing with it. */
export function stalledFailure(active: ActiveRun, now: number): Failure {
  return new Failure({
    class: 'internal',
    ...inWords('STALLED', { seconds: Math.round((now - active.movedAt) / 1000), nodes: active.at().join(', ') }),
    field: active.at()[0] ?? active.run.entry,
  });
}
