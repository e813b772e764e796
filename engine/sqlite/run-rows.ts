import { Failure } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';
import type { RunId } from '../store/runs.ts';
import type { Database } from './database.ts';

/** Answers how often the process died under it. Throws `RUN_TAKEN_OVER` for a stale token. */
export function mustBeUnderWay(db: Database, run: RunId, token: number): number {
  const row = db.get(`SELECT crashes FROM runs WHERE id = ? AND token = ? AND status = 'running'`, run, token);
  if (row) return Number(row['crashes']);
  throw new Failure({ class: 'internal', ...inWords('RUN_TAKEN_OVER') });
}

export function addFailedAttempt(db: Database, run: RunId, failed: { failure: unknown; node?: string }, now: number): void {
  db.change(
    'INSERT INTO failed_attempts (run, attempt, node, failure, at) SELECT id, attempts, ?, ?, ? FROM runs WHERE id = ?',
    ...[failed.node ?? null, JSON.stringify(failed.failure), now, run],
  );
}

/** A run that waits is due now; one that is under way will not wait. */
export function rouseRun(db: Database, run: RunId, now: number): boolean {
  const due = db.change(`UPDATE runs SET available_at = min(available_at, ?) WHERE id = ? AND status = 'waiting'`, now, run);
  return due + db.change(`UPDATE runs SET nudged = 1 WHERE id = ? AND status = 'running'`, run) > 0;
}
