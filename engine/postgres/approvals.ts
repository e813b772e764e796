import { editingAction, editorsIn, mustBeAnothers } from '../separation.ts';
import { approvalOf, journalLineOf } from '../sqlite/rows.ts';
import type { Approval, ApprovalFilter, ApprovalStore, Decision, NewApproval } from '../store/approvals.ts';
import type { RunId } from '../store/runs.ts';
import { timeOrderedId } from '../time-ordered-id.ts';
import { databaseText } from './database-text.ts';
import { PostgresDatabase } from './postgres-database.ts';
import { mustBeUnderWay, rouseRun } from './run-rows.ts';
import type { Transaction } from './write-kind.ts';

/** Questions that runs put to persons. */
export abstract class PostgresApprovals extends PostgresDatabase implements ApprovalStore {
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
    const [row] = await this.read('SELECT * FROM approvals WHERE run = $1 AND node = $2', [run, node]);
    return row && approvalOf(row);
  }

  async approval(id: string): Promise<Approval | undefined> {
    const [row] = await this.read('SELECT * FROM approvals WHERE id = $1', [id]);
    return row && approvalOf(row);
  }

  async approvals({ status, run, movedFrom, after, limit }: ApprovalFilter): Promise<Approval[]> {
    const [further, direction] = status === 'open' || run !== undefined ? ['>', 'ASC'] : ['<', 'DESC'];
    const rows = await this.read(
      `SELECT a.* FROM approvals a JOIN runs r ON r.id = a.run
       WHERE ($1::text IS NULL OR a.status = $1) AND ($2::text IS NULL OR a.run = $2)
         AND ($1::text IS DISTINCT FROM 'open' OR (r.status NOT IN ('done', 'cancelled') AND r.compensating IS NULL))
         AND ($3::text IS NULL OR (a.requested_at, a.id) ${further} (SELECT requested_at, id FROM approvals WHERE id = $3))
         AND ($5::bigint IS NULL OR a.requested_at >= $5 OR a.escalated_at >= $5)
       ORDER BY a.requested_at ${direction}, a.id ${direction} LIMIT $4`,
      [status ?? null, run ?? null, after ?? null, limit, movedFrom ?? null],
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
}

async function editorsOf(transaction: Transaction, run: RunId): Promise<string[]> {
  const rows = await transaction.query('SELECT * FROM journal WHERE subject = $1 AND action = $2', [run, editingAction]);
  return editorsIn([...rows.map(journalLineOf), ...transaction.lines(run)]);
}
