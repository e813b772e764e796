import type { Run, RunId, RunStatus } from '../../../engine/store/runs.ts';
import type { FailureDetails } from '../../../model/failure.ts';
import type { Approval } from '../../../engine/store/approvals.ts';
import type { MemoryDisk } from './connection.ts';

export const open: RunStatus[] = ['ready', 'running', 'waiting'];

export const ended = (run: Run | undefined) => !run || run.status === 'done' || run.status === 'cancelled';

export function forgetFailure(run: Run): void {
  delete run.failure;
  delete run.failedNode;
}

export function addFailedAttempt(disk: MemoryDisk, run: Run, failed: { failure: FailureDetails; node?: string }, at: number): void {
  const node = failed.node === undefined ? {} : { node: failed.node };
  disk.attempts.push({ run: run.id, attempt: run.attempts, failure: failed.failure, at, ...node });
}

/** A run that waits is due now; one that is under way will not wait. */
export function rouseRun(disk: MemoryDisk, id: RunId, now: number): boolean {
  const run = disk.runs.find((candidate) => candidate.id === id);
  if (run?.status === 'waiting') run.availableAt = Math.min(run.availableAt, now);
  else if (run?.status === 'running') disk.nudged.add(id);
  else return false;
  return true;
}

/** Nobody waits for its answer any more: the run has ended, or is undone. */
export function isOver(disk: MemoryDisk, approval: Approval): boolean {
  const run = disk.runs.find(({ id }) => id === approval.run);
  return ended(run) || run?.compensating !== undefined;
}
