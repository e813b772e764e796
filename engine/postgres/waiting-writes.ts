import type { Json } from '../../model/json.ts';
import type { Approval, ApprovalFilter, Decision, NewApproval } from '../store/approvals.ts';
import { endOfTime } from '../store/runs.ts';
import type { WaitingStore } from '../store/waiting.ts';
import { timeOrderedId } from '../time-ordered-id.ts';
import { approvalOf } from '../sqlite/approval-rows.ts';
import { effectOf, journalLineOf, runOf } from '../sqlite/rows.ts';
import { editingAction, editorsIn, mustBeAnothers } from '../separation.ts';
import type { Act } from '../store/act.ts';
import type { Effect } from '../store/effects.ts';
import type { RunId } from '../store/runs.ts';
import { databaseText } from './database-text.ts';
import { runTakenOver } from './effect-writes.ts';
import { single, type Transaction, type WriteKind } from './write-kind.ts';
import type { Read } from './reading.ts';

/** What the shared store lends to its parts. */
export interface StoreParts {
  read: Read;
  write<Output>(kind: WriteKind<null, Output>): Promise<Output>;
  /** tells the other instances that there may be something to do */
  call(): void;
}

/** The shared store's part for runs that wait, ask a person, or are undone. */
export abstract class PostgresWaiting implements WaitingStore {
  protected abstract parts(): StoreParts;

  suspend(run: RunId, token: number, waiting: Parameters<WaitingStore['suspend']>[2], now: number): Promise<boolean> {
    const { until = endOfTime, ...waitingFor } = waiting;
    return this.change(
      `UPDATE runs SET status = 'waiting', attempts = attempts - 1, crashes = 0, available_at = CASE WHEN nudged THEN $3::bigint ELSE $4::bigint END, nudged = false,
         waiting_for = $5, failure = NULL, failure_class = NULL, failed_node = NULL, owner = NULL, updated_at = $3
       WHERE id = $1 AND token = $2 AND status = 'running' RETURNING id`,
      [run, token, now, until, databaseText(JSON.stringify(waitingFor))],
    );
  }

  rouse(run: RunId, now: number): Promise<boolean> {
    return this.called((transaction) => rouseRun(transaction, run, now));
  }

  requestApproval(question: NewApproval, token: number, now: number): Promise<Approval> {
    return this.do(async (transaction) => {
      await mustBeUnderWay(transaction, question.run, token);
      const [known] = await transaction.query('SELECT * FROM approvals WHERE run = $1 AND node = $2', [question.run, question.node]);
      if (known) return approvalOf(known);
      const decided = question.rule ? { status: question.rule, by: 'rule', at: now } : { status: 'open', by: null, at: null };
      const [row] = await transaction.query(
        `INSERT INTO approvals (id, run, node, title, details, severity, status, requested_at, expires_at, escalate_at, decided_by, decided_at, requested_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING *`,
        [
          ...[timeOrderedId(), question.run, question.node, databaseText(question.title), databaseText(JSON.stringify(question.details))],
          ...[question.severity, decided.status, now, question.expiresAt ?? null, question.escalateAt ?? null, decided.by, decided.at],
          question.requestedBy ? databaseText(JSON.stringify(question.requestedBy)) : null,
        ],
      );
      const made = approvalOf(row as never);
      const detail = { approval: made.id, title: made.title, status: made.status };
      transaction.journal({ actor: 'engine', action: 'approval.requested', subject: question.run, detail }, now);
      return made;
    });
  }

  async approvalOf(run: RunId, node: string): Promise<Approval | undefined> {
    const [row] = await this.parts().read('SELECT * FROM approvals WHERE run = $1 AND node = $2', [run, node]);
    return row && approvalOf(row);
  }

  async approval(id: string): Promise<Approval | undefined> {
    const [row] = await this.parts().read('SELECT * FROM approvals WHERE id = $1', [id]);
    return row && approvalOf(row);
  }

  async approvals({ status, run, limit }: ApprovalFilter): Promise<Approval[]> {
    const rows = await this.parts().read(
      `SELECT a.* FROM approvals a JOIN runs r ON r.id = a.run
       WHERE ($1::text IS NULL OR a.status = $1) AND ($2::text IS NULL OR a.run = $2)
         AND ($1::text IS DISTINCT FROM 'open' OR (r.status NOT IN ('done', 'cancelled') AND r.compensating IS NULL))
       ORDER BY CASE WHEN $1 = 'open' THEN a.requested_at ELSE -a.requested_at END, a.id LIMIT $3`,
      [status ?? null, run ?? null, limit],
    );
    return rows.map(approvalOf);
  }

  decideApproval(id: string, decision: Decision, now: number): Promise<Approval | undefined> {
    return this.called(async (transaction) => {
      // the run first, as whoever replays it does: what has been changed until then is in the journal
      const [open] = await transaction.query(
        `SELECT a.* FROM approvals a JOIN runs r ON r.id = a.run WHERE a.id = $1 AND a.status = 'open' FOR UPDATE OF r`,
        [id],
      );
      if (open) mustBeAnothers(decision, { ...approvalOf(open), editors: await editorsOf(transaction, String(open['run'])) });
      const [row] = await transaction.query(
        `UPDATE approvals a SET status = $2, decided_by = $3, reason = $4, decided_at = $5 FROM runs r
         WHERE a.id = $1 AND a.status = 'open' AND (a.expires_at IS NULL OR a.expires_at > $5)
           AND r.id = a.run AND r.status NOT IN ('done', 'cancelled') AND r.compensating IS NULL RETURNING a.*`,
        [id, decision.status, decision.actor, decision.reason ?? null, now],
      );
      if (!row) return undefined;
      const decided = approvalOf(row);
      const detail = { approval: id, title: decided.title, reason: decision.reason ?? null };
      transaction.journal({ actor: decision.actor, action: `approval.${decision.status}`, subject: decided.run, detail }, now);
      await rouseRun(transaction, decided.run, now);
      return decided;
    });
  }

  expireApproval(id: string, as: 'approved' | 'expired', now: number): Promise<Approval | undefined> {
    return this.do(async (transaction) => {
      const changed = await transaction.query(
        `UPDATE approvals SET status = $2, decided_by = 'expiry', decided_at = $3 WHERE id = $1 AND status = 'open' AND expires_at <= $3 RETURNING id`,
        [id, as, now],
      );
      const [row] = await transaction.query('SELECT * FROM approvals WHERE id = $1', [id]);
      const approval = row && approvalOf(row);
      if (changed.length > 0 && approval) {
        const detail = { approval: id, title: approval.title, status: as };
        transaction.journal({ actor: 'engine', action: 'approval.expired', subject: approval.run, detail }, now);
      }
      return approval;
    });
  }

  escalateApproval(id: string, now: number): Promise<void> {
    return this.do(async (transaction) => {
      const [row] = await transaction.query('UPDATE approvals SET escalated_at = $2 WHERE id = $1 AND escalated_at IS NULL RETURNING *', [
        id,
        now,
      ]);
      if (!row) return;
      const { run, title } = approvalOf(row);
      transaction.journal({ actor: 'engine', action: 'approval.escalated', subject: run, detail: { approval: id, title } }, now);
    });
  }

  settleEffect(key: string, settled: Act & { made: boolean; result?: Json }, now: number): Promise<Effect | undefined> {
    return this.called(async (transaction) => {
      const [found] = await transaction.query(
        `SELECT r.* FROM runs r JOIN effects e ON e.run = r.id
         WHERE e.key = $1 AND e.status IN ('in-doubt', 'intended') AND r.status <> 'running' FOR UPDATE OF r`,
        [key],
      );
      if (!found) return undefined;
      const run = runOf(found);
      const [row] = await transaction.query(
        `UPDATE effects SET status = $2, result = $3, failure = NULL, finished_at = $4 WHERE key = $1 RETURNING *`,
        [key, settled.made ? 'done' : 'not-made', settled.made ? databaseText(JSON.stringify(settled.result ?? null)) : null, now],
      );
      const effect = effectOf(row as never);
      transaction.journal(
        {
          actor: settled.actor,
          action: 'effect.settled',
          subject: run.id,
          detail: {
            system: effect.system,
            business: effect.business,
            outcome: settled.made ? 'made' : 'not-made',
            result: effect.result ?? null,
            reason: settled.reason ?? null,
          },
        },
        now,
      );
      await rouseRun(transaction, run.id, now);
      const stoppedByDoubt = run.failure?.class.startsWith('transient.') || run.failure?.code === 'UNDO_IN_DOUBT';
      if (run.status === 'dead' && stoppedByDoubt) {
        await transaction.query(
          `UPDATE runs SET status = 'ready', attempts = 0, failure = NULL, failure_class = NULL, failed_node = NULL, available_at = $2, renewed_at = $2, updated_at = $2
           WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM effects e WHERE e.run = $1 AND e.status IN ('in-doubt', 'intended'))`,
          [run.id, now],
        );
      }
      return effect;
    });
  }

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

  compensateFailed(run: RunId, token: number, failed: Parameters<WaitingStore['compensateFailed']>[2], now: number): Promise<boolean> {
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

  async backlog(entry: string, most: number): Promise<number> {
    const [row] = await this.parts().read(
      `SELECT count(*) AS n FROM (SELECT 1 FROM runs WHERE entry = $1 AND status IN ('ready', 'running', 'waiting') LIMIT $2) open`,
      [entry, most],
    );
    return Number(row?.['n'] ?? 0);
  }

  private do<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.parts().write(single(work));
  }

  /** The same, for what may make a run due: other instances look too. */
  private async called<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const parts = this.parts();
    const value = await parts.write(single(work));
    if (value) parts.call();
    return value;
  }

  private change(sql: string, values: unknown[]): Promise<boolean> {
    return this.do(async (transaction) => (await transaction.query(sql, values)).length > 0);
  }
}

async function mustBeUnderWay(transaction: Transaction, run: RunId, token: number): Promise<void> {
  const live = await transaction.query(`SELECT 1 FROM runs WHERE id = $1 AND token = $2 AND status = 'running' FOR NO KEY UPDATE`, [
    run,
    token,
  ]);
  if (live.length === 0) throw runTakenOver();
}

async function rouseRun(transaction: Transaction, run: RunId, now: number): Promise<boolean> {
  const rows = await transaction.query(
    `UPDATE runs SET available_at = CASE WHEN status = 'waiting' THEN least(available_at, $2) ELSE available_at END, nudged = (status = 'running')
     WHERE id = $1 AND status IN ('waiting', 'running') RETURNING id`,
    [run, now],
  );
  return rows.length > 0;
}

async function editorsOf(transaction: Transaction, run: RunId): Promise<string[]> {
  const rows = await transaction.query('SELECT * FROM journal WHERE subject = $1 AND action = $2', [run, editingAction]);
  return editorsIn([...rows.map(journalLineOf), ...transaction.lines(run)]);
}
