import type { Act } from '../store/act.ts';
import type { RunId } from '../store/runs.ts';
import type { UndoingStore } from '../store/undoing.ts';
import { effectOf } from './rows.ts';
import { addFailedAttempt, mustBeUnderWay } from './run-rows.ts';
import { SqliteFile } from './sqlite-file.ts';

/** Runs whose effects are taken back. */
export abstract class SqliteUndoing extends SqliteFile implements UndoingStore {
  compensate(run: RunId, act: Act, now: number): Promise<boolean> {
    return this.db.write(() => {
      const changed = this.db.change(
        `UPDATE runs SET status = 'ready', attempts = 0, available_at = ?, renewed_at = ?, updated_at = ?, compensating = coalesce(compensating, ?)
         WHERE id = ? AND status IN ('dead', 'ready', 'waiting')`,
        ...[now, now, now, JSON.stringify({ ...act, since: now }), run],
      );
      if (changed) this.append({ actor: act.actor, action: 'run.compensating', subject: run, detail: { reason: act.reason ?? null } }, now);
      return changed > 0;
    });
  }

  compensateFailed(run: RunId, token: number, failed: Parameters<UndoingStore['compensateFailed']>[2], now: number): Promise<boolean> {
    return this.db.write(() => {
      const compensating = JSON.stringify({ actor: 'engine', reason: failed.failure.code, since: now });
      const changed = this.db.change(
        `UPDATE runs SET status = 'ready', attempts = 0, crashes = 0, available_at = ?, failure = ?, failed_node = ?, renewed_at = ?, updated_at = ?, compensating = ?
         WHERE id = ? AND token = ? AND status = 'running'`,
        ...[now, JSON.stringify(failed.failure), failed.node ?? null, now, now, compensating, run, token],
      );
      if (!changed) return false;
      addFailedAttempt(this.db, run, failed, now);
      const { class: failureClass, code } = failed.failure;
      const detail = { class: failureClass, code, node: failed.node ?? null };
      this.append({ actor: 'engine', action: 'run.compensating', subject: run, detail }, now);
      return true;
    });
  }

  compensated(run: RunId, token: number, now: number): Promise<boolean> {
    return this.db.write(() => {
      const changed = this.db.change(
        `UPDATE runs SET status = 'cancelled', updated_at = ? WHERE id = ? AND token = ? AND status = 'running'`,
        ...[now, run, token],
      );
      if (changed) this.append({ actor: 'engine', action: 'run.compensated', subject: run, detail: {} }, now);
      return changed > 0;
    });
  }

  effectCompensated(key: string, run: RunId, token: number, now: number): Promise<void> {
    return this.db.write(() => {
      mustBeUnderWay(this.db, run, token);
      if (!this.db.change(`UPDATE effects SET status = 'compensated', finished_at = ? WHERE key = ? AND status = 'done'`, now, key)) return;
      const { system, business } = effectOf(this.db.get('SELECT * FROM effects WHERE key = ?', key) as never);
      this.append({ actor: 'engine', action: 'effect.compensated', subject: run, detail: { system, business } }, now);
    });
  }
}
