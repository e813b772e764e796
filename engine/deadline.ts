import { Failure } from '../model/failure.ts';
import { inWords, wordsOf } from '../model/failure-words.ts';
import type { RunPolicy } from './retry-policy.ts';
import type { Run } from './store/runs.ts';

/** When the run is to have ended, epoch ms; a replay gives it the whole time again. What is being undone has none. */
export function deadlineOf(run: Run, { deadlineMs }: RunPolicy): number {
  if (deadlineMs <= 0 || run.compensating) return Number.POSITIVE_INFINITY;
  return (run.renewedAt ?? run.createdAt) + deadlineMs;
}

export function deadlineFailure({ event: { subject }, failure: last }: Run): Failure {
  return new Failure({
    class: 'business.rejected',
    ...(last ? inWords('DEADLINE.last', { subject, last: wordsOf(last) }) : inWords('DEADLINE', { subject })),
    record: subject,
  });
}
