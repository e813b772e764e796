import { Failure } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';
import type { RunId } from '../store/runs.ts';
import type { Transaction } from './write-kind.ts';

/** Throws `RUN_TAKEN_OVER` for a stale token. */
export async function mustBeUnderWay(transaction: Transaction, run: RunId, token: number): Promise<void> {
  const live = await transaction.query(`SELECT 1 FROM runs WHERE id = $1 AND token = $2 AND status = 'running' FOR NO KEY UPDATE`, [
    run,
    token,
  ]);
  if (live.length === 0) throw runTakenOver();
}

/** A run that waits is due now; one that is under way will not wait. */
export async function rouseRun(transaction: Transaction, run: RunId, now: number): Promise<boolean> {
  const rows = await transaction.query(
    `UPDATE runs SET available_at = CASE WHEN status = 'waiting' THEN least(available_at, $2) ELSE available_at END, nudged = (status = 'running')
     WHERE id = $1 AND status IN ('waiting', 'running') RETURNING id`,
    [run, now],
  );
  return rows.length > 0;
}

export function runTakenOver(): Failure {
  return new Failure({ class: 'internal', ...inWords('RUN_TAKEN_OVER') });
}
