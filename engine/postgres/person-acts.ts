import type { Json } from '../../model/json.ts';
import { withData } from '../../model/storable-event.ts';
import { runOf } from '../sqlite/rows.ts';
import type { Act } from '../store/act.ts';
import type { PersonActs } from '../store/person-acts.ts';
import type { RunId, RunStatus } from '../store/runs.ts';
import { PostgresDatabase } from './postgres-database.ts';
import { changeSought } from './sought-runs.ts';

/** What a person does with a run. */
export abstract class PostgresPersonActs extends PostgresDatabase implements PersonActs {
  replay(run: RunId, { data, at = 0, ...act }: Act & { data?: Json; at?: number }, now: number): Promise<boolean> {
    return this.called(async (transaction) => {
      const from = Math.max(at, now);
      const [row] = await transaction.query(`SELECT * FROM runs WHERE id = $1 AND status = 'dead' AND compensating IS NULL FOR UPDATE`, [
        run,
      ]);
      if (!row) return false;
      const corrected = data === undefined ? undefined : withData(runOf(row).event, data);
      if (corrected) await changeSought(transaction, [Number(row['seq'])], [corrected]);
      const event = corrected ? JSON.stringify(corrected) : String(row['event']);
      await transaction.query(
        `UPDATE runs SET status = $5, attempts = 0, crashes = 0, event = $2, failure = NULL, failure_class = NULL, failed_node = NULL, available_at = $3, renewed_at = $3, updated_at = $4 WHERE id = $1`,
        [run, event, from, now, from > now ? 'waiting' : 'ready'],
      );
      if (data !== undefined) await transaction.query('DELETE FROM approvals WHERE run = $1', [run]);
      await transaction.query(
        `UPDATE approvals SET requested_at = $2, expires_at = $2 + expires_at - requested_at, escalate_at = $2 + escalate_at - requested_at, escalated_at = NULL
         WHERE run = $1 AND status = 'open' AND expires_at <= $3`,
        [run, from, now],
      );
      const detail = { reason: act.reason ?? null, edited: data !== undefined };
      transaction.journal({ actor: act.actor, action: 'run.replayed', subject: run, detail }, now);
      return true;
    });
  }

  async discard(run: RunId, act: Act, now: number): Promise<boolean> {
    return this.endByPerson(run, ['dead'], 'run.discarded', act, now);
  }

  async cancel(run: RunId, act: Act, now: number): Promise<boolean> {
    return this.endByPerson(run, ['ready', 'waiting', 'running'], 'run.cancelled', act, now);
  }

  /** Ends a run as cancelled, from one of the states that allow it. */
  private endByPerson(run: RunId, from: RunStatus[], action: string, act: Act, now: number): Promise<boolean> {
    return this.do(async (transaction) => {
      const rows = await transaction.query(
        `UPDATE runs SET status = 'cancelled', token = token + 1, owner = NULL, updated_at = $2 WHERE id = $1 AND status = ANY($3::text[]) RETURNING id`,
        [run, now, from],
      );
      if (rows.length > 0) transaction.journal({ actor: act.actor, action, subject: run, detail: { reason: act.reason ?? null } }, now);
      return rows.length > 0;
    });
  }
}
