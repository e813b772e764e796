import type { Json } from '../../model/json.ts';
import { withData } from '../../model/storable-event.ts';
import type { Act } from '../store/act.ts';
import type { PersonActs } from '../store/person-acts.ts';
import type { RunId, RunStatus } from '../store/runs.ts';
import { runOf } from './rows.ts';
import { changeSought } from './sought-runs.ts';
import { SqliteFile } from './sqlite-file.ts';

/** What a person does with a run. */
export abstract class SqlitePersonActs extends SqliteFile implements PersonActs {
  replay(run: RunId, { data, at: from = 0, ...act }: Act & { data?: Json; at?: number }, now: number): Promise<boolean> {
    const at = Math.max(from, now);
    return this.db.write(() => {
      const row = this.db.get(`SELECT * FROM runs WHERE id = ? AND status = 'dead' AND compensating IS NULL`, run);
      if (!row) return false;
      const corrected = data === undefined ? undefined : withData(runOf(row).event, data);
      if (corrected) changeSought(this.db, Number(row['seq']), corrected);
      const event = corrected ? JSON.stringify(corrected) : String(row['event']);
      this.db.change(
        `UPDATE runs SET status = ?, attempts = 0, crashes = 0, event = ?, failure = NULL, failed_node = NULL, available_at = ?, renewed_at = ?, updated_at = ? WHERE id = ?`,
        ...[at > now ? 'waiting' : 'ready', event, at, at, now, run],
      );
      if (data !== undefined) this.db.change('DELETE FROM approvals WHERE run = ?', run);
      this.db.change(
        `UPDATE approvals SET requested_at = ?, expires_at = ? + expires_at - requested_at, escalate_at = ? + escalate_at - requested_at, escalated_at = NULL
         WHERE run = ? AND status = 'open' AND expires_at <= ?`,
        ...[at, at, at, run, now],
      );
      this.append(
        { actor: act.actor, action: 'run.replayed', subject: run, detail: { reason: act.reason ?? null, edited: data !== undefined } },
        now,
      );
      return true;
    });
  }

  discard(run: RunId, act: Act, now: number): Promise<boolean> {
    return this.endByPerson(run, ['dead'], 'run.discarded', act, now);
  }

  cancel(run: RunId, act: Act, now: number): Promise<boolean> {
    return this.endByPerson(run, ['ready', 'waiting', 'running'], 'run.cancelled', act, now);
  }

  private endByPerson(run: RunId, from: RunStatus[], action: string, act: Act, now: number): Promise<boolean> {
    return this.db.write(() => {
      const changed = this.db.change(
        `UPDATE runs SET status = 'cancelled', token = token + 1, updated_at = ? WHERE id = ? AND status IN (${marks(from)})`,
        ...[now, run, ...from],
      );
      if (changed) this.append({ actor: act.actor, action, subject: run, detail: { reason: act.reason ?? null } }, now);
      return changed > 0;
    });
  }
}

const marks = (values: unknown[]) => values.map(() => '?').join(', ');
