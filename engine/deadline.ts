import { Failure } from '../model/failure.ts';
import type { RunPolicy } from './retry-policy.ts';
import type { Run } from './store/runs.ts';

/** When the run is to have ended, epoch ms; a replay gives it the whole time again. What is being undone has none. */
export function deadlineOf(run: Run, { deadlineMs }: RunPolicy): number {
  if (deadlineMs <= 0 || run.compensating) return Number.POSITIVE_INFINITY;
  return (run.renewedAt ?? run.createdAt) + deadlineMs;
}

export function deadlineFailure(run: Run): Failure {
  return new Failure({
    class: 'business.rejected',
    code: 'DEADLINE',
    message: `${run.event.subject} was not through in time.${run.failure ? ` Last: ${run.failure.message}` : ''}`,
    record: run.event.subject,
    remedy: 'See what it waited for. Replay it, which gives it the whole time again, or discard it.',
  });
}
