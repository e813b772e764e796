import { editingAction, editorsIn, mustBeAnothers } from '../separation.ts';
import type { Approval, ApprovalFilter, ApprovalStore, Decision, NewApproval } from '../store/approvals.ts';
import type { RunId } from '../store/runs.ts';
import { timeOrderedId } from '../time-ordered-id.ts';
import type { Database } from './database.ts';
import { approvalOf, journalLineOf } from './rows.ts';
import { mustBeUnderWay, rouseRun } from './run-rows.ts';
import { SqliteFile } from './sqlite-file.ts';

/** Questions that runs put to persons. */
export abstract class SqliteApprovals extends SqliteFile implements ApprovalStore {
  requestApproval(question: NewApproval, token: number, now: number): Promise<Approval> {
    return this.db.write(() => {
      mustBeUnderWay(this.db, question.run, token);
      const known = readApprovalOf(this.db, question.run, question.node);
      if (known) return known;
      const made = insertApproval(this.db, question, now);
      const detail = { approval: made.id, title: made.title, status: made.status };
      this.append({ actor: 'engine', action: 'approval.requested', subject: question.run, detail }, now);
      return made;
    });
  }

  async approvalOf(run: RunId, node: string): Promise<Approval | undefined> {
    return readApprovalOf(this.db, run, node);
  }

  async approval(id: string): Promise<Approval | undefined> {
    return readApproval(this.db, id);
  }

  async approvals(filter: ApprovalFilter): Promise<Approval[]> {
    return readApprovals(this.db, filter);
  }

  decideApproval(id: string, decision: Decision, now: number): Promise<Approval | undefined> {
    return this.db.write(() => {
      const open = readApproval(this.db, id);
      if (open?.status === 'open') mustBeAnothers(decision, { ...open, editors: editorsOf(this.db, open.run) });
      const changed = this.db.change(
        `UPDATE approvals SET status = ?, decided_by = ?, reason = ?, decided_at = ?
         WHERE id = ? AND status = 'open' AND (expires_at IS NULL OR expires_at > ?)
           AND EXISTS (SELECT 1 FROM runs r WHERE r.id = approvals.run AND r.status NOT IN ('done', 'cancelled') AND r.compensating IS NULL)`,
        ...[decision.status, decision.actor, decision.reason ?? null, now, id, now],
      );
      if (!changed) return undefined;
      const decided = readApproval(this.db, id) as Approval;
      const detail = { approval: id, title: decided.title, reason: decision.reason ?? null };
      this.append({ actor: decision.actor, action: `approval.${decision.status}`, subject: decided.run, detail }, now);
      rouseRun(this.db, decided.run, now);
      return decided;
    });
  }

  expireApproval(id: string, as: 'approved' | 'expired', now: number): Promise<Approval | undefined> {
    return this.db.write(() => {
      const changed = this.db.change(
        `UPDATE approvals SET status = ?, decided_by = 'expiry', decided_at = ? WHERE id = ? AND status = 'open' AND expires_at <= ?`,
        ...[as, now, id, now],
      );
      const approval = readApproval(this.db, id);
      if (!changed || !approval) return approval;
      const detail = { approval: id, title: approval.title, status: as };
      this.append({ actor: 'engine', action: 'approval.expired', subject: approval.run, detail }, now);
      return approval;
    });
  }

  escalateApproval(id: string, now: number): Promise<void> {
    return this.db.write(() => {
      if (!this.db.change('UPDATE approvals SET escalated_at = ? WHERE id = ? AND escalated_at IS NULL', now, id)) return;
      const { run, title } = readApproval(this.db, id) as Approval;
      this.append({ actor: 'engine', action: 'approval.escalated', subject: run, detail: { approval: id, title } }, now);
    });
  }
}

function readApproval(db: Database, id: string): Approval | undefined {
  const row = db.get('SELECT * FROM approvals WHERE id = ?', id);
  return row && approvalOf(row);
}

function readApprovalOf(db: Database, run: string, node: string): Approval | undefined {
  const row = db.get('SELECT * FROM approvals WHERE run = ? AND node = ?', run, node);
  return row && approvalOf(row);
}

/** Newest first; the open ones, and those of one run, oldest first, since they wait. */
function readApprovals(db: Database, { status, run, movedFrom, after, limit }: ApprovalFilter): Approval[] {
  const areOpen = status === 'open' && run === undefined;
  const [further, direction] = areOpen || run !== undefined ? ['>', 'ASC'] : ['<', 'DESC'];
  const where = [
    run === undefined ? undefined : 'a.run = ?',
    status === undefined || run !== undefined ? undefined : 'a.status = ?',
    movedFrom === undefined ? undefined : '(a.requested_at >= ? OR a.escalated_at >= ?)',
    areOpen ? `r.status NOT IN ('done', 'cancelled') AND r.compensating IS NULL` : undefined,
    after === undefined ? undefined : `(a.requested_at, a.id) ${further} (SELECT requested_at, id FROM approvals WHERE id = ?)`,
  ].filter((condition) => condition !== undefined);
  const values = [run ?? status, movedFrom, movedFrom, after].filter((value) => value !== undefined);
  const from = areOpen ? 'approvals a JOIN runs r ON r.id = a.run' : 'approvals a';
  const condition = where.length > 0 ? `WHERE ${where.join(' AND ')}` : '';
  const sql = `SELECT a.* FROM ${from} ${condition} ORDER BY a.requested_at ${direction}, a.id ${direction} LIMIT ?`;
  return db.all(sql, ...values, limit).map(approvalOf);
}

function insertApproval(db: Database, question: NewApproval, now: number): Approval {
  const decided = question.rule ? { status: question.rule, by: 'rule', at: now } : { status: 'open', by: null, at: null };
  const id = timeOrderedId();
  db.change(
    `INSERT INTO approvals (id, run, node, title, details, severity, status, requested_at, expires_at, escalate_at, decided_by, decided_at, requested_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[id, question.run, question.node, question.title, JSON.stringify(question.details), question.severity, decided.status, now],
    ...[question.expiresAt ?? null, question.escalateAt ?? null, decided.by, decided.at],
    question.requestedBy ? JSON.stringify(question.requestedBy) : null,
  );
  return readApproval(db, id) as Approval;
}

function editorsOf(db: Database, run: RunId): string[] {
  return editorsIn(db.all('SELECT * FROM journal WHERE subject = ? AND action = ?', run, editingAction).map(journalLineOf));
}
