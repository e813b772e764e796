import type { Json } from '../../model/json.ts';
import type { Approval, ApprovalFilter, Decision, NewApproval } from '../store/approvals.ts';
import { endOfTime } from '../store/runs.ts';
import type { WaitingStore } from '../store/waiting.ts';
import { editingAction, editorsIn, mustBeAnothers } from '../separation.ts';
import type { Act } from '../store/act.ts';
import type { Effect } from '../store/effects.ts';
import type { RunId } from '../store/runs.ts';
import { insertApproval, readApproval, readApprovalOf, readApprovals } from './approval-rows.ts';
import type { Database } from './database.ts';
import type { NewLine } from './journal-chain.ts';
import { effectOf, journalLineOf } from './rows.ts';

/** What the embedded store lends to its parts. */
export interface StoreParts {
  db: Database;
  append(line: NewLine, now: number): void;
  /** throws `RUN_TAKEN_OVER` for a stale token */
  mustBeUnderWay(run: RunId, token: number): number;
  addFailedAttempt(run: RunId, failed: { failure: unknown; node?: string }, now: number): void;
}

/** The embedded store's part for runs that wait, ask a person, or are undone. */
export abstract class SqliteWaiting implements WaitingStore {
  protected abstract parts(): StoreParts;

  suspend(run: RunId, token: number, waiting: Parameters<WaitingStore['suspend']>[2], now: number): Promise<boolean> {
    const { until = endOfTime, ...waitingFor } = waiting;
    return this.write(
      ({ db }) =>
        db.change(
          `UPDATE runs SET status = 'waiting', attempts = attempts - 1, crashes = 0, available_at = CASE WHEN nudged = 1 THEN ? ELSE ? END, nudged = 0,
             waiting_for = ?, failure = NULL, failed_node = NULL, updated_at = ? WHERE id = ? AND token = ? AND status = 'running'`,
          ...[now, until, JSON.stringify(waitingFor), now, run, token],
        ) > 0,
    );
  }

  rouse(run: RunId, now: number): Promise<boolean> {
    return this.write(({ db }) => rouseRun(db, run, now));
  }

  requestApproval(question: NewApproval, token: number, now: number): Promise<Approval> {
    return this.write(({ db, append, mustBeUnderWay }) => {
      mustBeUnderWay(question.run, token);
      const known = readApprovalOf(db, question.run, question.node);
      if (known) return known;
      const made = insertApproval(db, question, now);
      const detail = { approval: made.id, title: made.title, status: made.status };
      append({ actor: 'engine', action: 'approval.requested', subject: question.run, detail }, now);
      return made;
    });
  }

  async approvalOf(run: RunId, node: string): Promise<Approval | undefined> {
    return readApprovalOf(this.parts().db, run, node);
  }

  async approval(id: string): Promise<Approval | undefined> {
    return readApproval(this.parts().db, id);
  }

  async approvals(filter: ApprovalFilter): Promise<Approval[]> {
    return readApprovals(this.parts().db, filter);
  }

  decideApproval(id: string, decision: Decision, now: number): Promise<Approval | undefined> {
    return this.write(({ db, append }) => {
      const open = readApproval(db, id);
      if (open?.status === 'open') mustBeAnothers(decision, { ...open, editors: editorsOf(db, open.run) });
      const changed = db.change(
        `UPDATE approvals SET status = ?, decided_by = ?, reason = ?, decided_at = ?
         WHERE id = ? AND status = 'open' AND (expires_at IS NULL OR expires_at > ?)
           AND EXISTS (SELECT 1 FROM runs r WHERE r.id = approvals.run AND r.status NOT IN ('done', 'cancelled') AND r.compensating IS NULL)`,
        ...[decision.status, decision.actor, decision.reason ?? null, now, id, now],
      );
      if (!changed) return undefined;
      const decided = readApproval(db, id) as Approval;
      const detail = { approval: id, title: decided.title, reason: decision.reason ?? null };
      append({ actor: decision.actor, action: `approval.${decision.status}`, subject: decided.run, detail }, now);
      rouseRun(db, decided.run, now);
      return decided;
    });
  }

  expireApproval(id: string, as: 'approved' | 'expired', now: number): Promise<Approval | undefined> {
    return this.write(({ db, append }) => {
      const changed = db.change(
        `UPDATE approvals SET status = ?, decided_by = 'expiry', decided_at = ? WHERE id = ? AND status = 'open' AND expires_at <= ?`,
        ...[as, now, id, now],
      );
      const approval = readApproval(db, id);
      if (!changed || !approval) return approval;
      const detail = { approval: id, title: approval.title, status: as };
      append({ actor: 'engine', action: 'approval.expired', subject: approval.run, detail }, now);
      return approval;
    });
  }

  escalateApproval(id: string, now: number): Promise<void> {
    return this.write(({ db, append }) => {
      if (!db.change('UPDATE approvals SET escalated_at = ? WHERE id = ? AND escalated_at IS NULL', now, id)) return;
      const { run, title } = readApproval(db, id) as Approval;
      append({ actor: 'engine', action: 'approval.escalated', subject: run, detail: { approval: id, title } }, now);
    });
  }

  settleEffect(key: string, settled: Act & { made: boolean; result?: Json }, now: number): Promise<Effect | undefined> {
    return this.write(({ db, append }) => {
      const changed = db.change(
        `UPDATE effects SET status = ?, result = ?, failure = NULL, finished_at = ? WHERE key = ? AND status IN ('in-doubt', 'intended')
           AND NOT EXISTS (SELECT 1 FROM runs r WHERE r.id = effects.run AND r.status = 'running')`,
        ...[settled.made ? 'done' : 'not-made', settled.made ? JSON.stringify(settled.result ?? null) : null, now, key],
      );
      if (!changed) return undefined;
      const effect = effectOf(db.get('SELECT * FROM effects WHERE key = ?', key) as never);
      const { system, business, run } = effect;
      append(
        {
          actor: settled.actor,
          action: 'effect.settled',
          subject: run,
          detail: {
            system,
            business,
            outcome: settled.made ? 'made' : 'not-made',
            result: effect.result ?? null,
            reason: settled.reason ?? null,
          },
        },
        now,
      );
      rouseRun(db, run, now);
      db.change(
        `UPDATE runs SET status = 'ready', attempts = 0, failure = NULL, failed_node = NULL, available_at = ?, renewed_at = ?, updated_at = ?
         WHERE id = ? AND status = 'dead' AND (json_extract(failure, '$.class') LIKE 'transient.%' OR json_extract(failure, '$.code') = 'UNDO_IN_DOUBT')
           AND NOT EXISTS (SELECT 1 FROM effects e WHERE e.run = runs.id AND e.status IN ('in-doubt', 'intended'))`,
        ...[now, now, now, run],
      );
      return effect;
    });
  }

  compensate(run: RunId, act: Act, now: number): Promise<boolean> {
    return this.write(({ db, append }) => {
      const changed = db.change(
        `UPDATE runs SET status = 'ready', attempts = 0, available_at = ?, renewed_at = ?, updated_at = ?, compensating = coalesce(compensating, ?)
         WHERE id = ? AND status IN ('dead', 'ready', 'waiting')`,
        ...[now, now, now, JSON.stringify({ ...act, since: now }), run],
      );
      if (changed) append({ actor: act.actor, action: 'run.compensating', subject: run, detail: { reason: act.reason ?? null } }, now);
      return changed > 0;
    });
  }

  compensateFailed(run: RunId, token: number, failed: Parameters<WaitingStore['compensateFailed']>[2], now: number): Promise<boolean> {
    return this.write(({ db, append, addFailedAttempt }) => {
      const compensating = JSON.stringify({ actor: 'engine', reason: failed.failure.code, since: now });
      const changed = db.change(
        `UPDATE runs SET status = 'ready', attempts = 0, crashes = 0, available_at = ?, failure = ?, failed_node = ?, renewed_at = ?, updated_at = ?, compensating = ?
         WHERE id = ? AND token = ? AND status = 'running'`,
        ...[now, JSON.stringify(failed.failure), failed.node ?? null, now, now, compensating, run, token],
      );
      if (!changed) return false;
      addFailedAttempt(run, failed, now);
      const { class: failureClass, code } = failed.failure;
      const detail = { class: failureClass, code, node: failed.node ?? null };
      append({ actor: 'engine', action: 'run.compensating', subject: run, detail }, now);
      return true;
    });
  }

  effectCompensated(key: string, run: RunId, token: number, now: number): Promise<void> {
    return this.write(({ db, append, mustBeUnderWay }) => {
      mustBeUnderWay(run, token);
      if (!db.change(`UPDATE effects SET status = 'compensated', finished_at = ? WHERE key = ? AND status = 'done'`, now, key)) return;
      const { system, business } = effectOf(db.get('SELECT * FROM effects WHERE key = ?', key) as never);
      append({ actor: 'engine', action: 'effect.compensated', subject: run, detail: { system, business } }, now);
    });
  }

  compensated(run: RunId, token: number, now: number): Promise<boolean> {
    return this.write(({ db, append }) => {
      const changed = db.change(
        `UPDATE runs SET status = 'cancelled', updated_at = ? WHERE id = ? AND token = ? AND status = 'running'`,
        ...[now, run, token],
      );
      if (changed) append({ actor: 'engine', action: 'run.compensated', subject: run, detail: {} }, now);
      return changed > 0;
    });
  }

  async backlog(entry: string, most: number): Promise<number> {
    const row = this.parts().db.get(
      `SELECT count(*) AS n FROM (SELECT 1 FROM runs WHERE entry = ? AND status IN ('ready', 'running', 'waiting') LIMIT ?)`,
      ...[entry, most],
    );
    return Number(row?.['n'] ?? 0);
  }

  private write<T>(work: (parts: StoreParts) => T): Promise<T> {
    const parts = this.parts();
    return parts.db.write(() => work(parts));
  }
}

function rouseRun(db: Database, run: RunId, now: number): boolean {
  const due = db.change(`UPDATE runs SET available_at = min(available_at, ?) WHERE id = ? AND status = 'waiting'`, now, run);
  return due + db.change(`UPDATE runs SET nudged = 1 WHERE id = ? AND status = 'running'`, run) > 0;
}

function editorsOf(db: Database, run: RunId): string[] {
  return editorsIn(db.all('SELECT * FROM journal WHERE subject = ? AND action = ?', run, editingAction).map(journalLineOf));
}
