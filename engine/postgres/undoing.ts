import { effectOf } from '../sqlite/rows.ts';
import type { Act } from '../store/act.ts';
import type { RunId } from '../store/runs.ts';
import type { UndoingStore } from '../store/undoing.ts';
import { PostgresDatabase } from './postgres-database.ts';
import { mustBeUnderWay } from './run-rows.ts';

/** Runs whose effects are taken back. */
export abstract class PostgresUndoing extends PostgresDatabase implements UndoingStore {
  compensate(run: RunId, act: Act, now: number): Promise<boolean> {
    return this.called(async (transaction) => {
      const rows = await transaction.query(
        `UPDATE runs SET status = 'ready', attempts = 0, available_at = $2, renewed_at = $2, updated_at = $2, compensating = coalesce(compensating, $3)
         WHERE id = $1 AND status IN ('dead', 'ready', 'waiting') RETURNING id`,
        [run, now, JSON.stringify({ ...act, since: now })],
      );
      const detail = { reason: act.reason ?? null };
      if (rows.length > 0) transaction.journal({ actor: act.actor, action: 'run.compensating', subject: run, detail }, now);
      return rows.length > 0;
    });
  }

  compensateFailed(run: RunId, token: number, failed: Parameters<UndoingStore['compensateFailed']>[2], now: number): Promise<boolean> {
    return this.called(async (transaction) => {
      const rows = await transaction.query(
        `WITH changed AS (
           UPDATE runs SET status = 'ready', attempts = 0, crashes = 0, available_at = $3, failure = $4, failure_class = $5, failed_node = $6, owner = NULL,
             renewed_at = $3, updated_at = $3, compensating = $7
           WHERE id = $1 AND token = $2 AND status = 'running' RETURNING id)
         INSERT INTO failed_attempts (run, attempt, node, failure, at)
         SELECT c.id, r.attempts, $6, $4, $3 FROM changed c JOIN runs r ON r.id = c.id RETURNING run`,
        [
          ...[run, token, now, JSON.stringify(failed.failure), failed.failure.class, failed.node ?? null],
          JSON.stringify({ actor: 'engine', reason: failed.failure.code, since: now }),
        ],
      );
      const detail = { class: failed.failure.class, code: failed.failure.code, node: failed.node ?? null };
      if (rows.length > 0) transaction.journal({ actor: 'engine', action: 'run.compensating', subject: run, detail }, now);
      return rows.length > 0;
    });
  }

  compensated(run: RunId, token: number, now: number): Promise<boolean> {
    return this.do(async (transaction) => {
      const rows = await transaction.query(
        `UPDATE runs SET status = 'cancelled', owner = NULL, updated_at = $3 WHERE id = $1 AND token = $2 AND status = 'running' RETURNING id`,
        [run, token, now],
      );
      if (rows.length > 0) transaction.journal({ actor: 'engine', action: 'run.compensated', subject: run, detail: {} }, now);
      return rows.length > 0;
    });
  }

  effectCompensated(key: string, run: RunId, token: number, now: number): Promise<void> {
    return this.do(async (transaction) => {
      await mustBeUnderWay(transaction, run, token);
      const [row] = await transaction.query(
        `UPDATE effects SET status = 'compensated', finished_at = $2 WHERE key = $1 AND status = 'done' RETURNING *`,
        [key, now],
      );
      if (!row) return;
      const { system, business } = effectOf(row);
      transaction.journal({ actor: 'engine', action: 'effect.compensated', subject: run, detail: { system, business } }, now);
    });
  }
}
