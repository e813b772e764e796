import type { Approval, ApprovalStatus } from '../store/approvals.ts';
import type { ApprovalFilter, NewApproval } from '../store/approvals.ts';
import { timeOrderedId } from '../time-ordered-id.ts';
import type { Severity } from '../retry-policy.ts';
import type { Database, Row } from './database.ts';

export function approvalOf(row: Row): Approval {
  const optional = (column: string, field: string) => (row[column] === null ? {} : { [field]: row[column] });
  return {
    id: String(row['id']),
    run: String(row['run']),
    node: String(row['node']),
    title: String(row['title']),
    details: JSON.parse(String(row['details'])) as Approval['details'],
    severity: row['severity'] as Severity,
    ...(row['requested_by'] === null ? {} : { requestedBy: JSON.parse(String(row['requested_by'])) as string[] }),
    status: row['status'] as ApprovalStatus,
    requestedAt: Number(row['requested_at']),
    ...optional('expires_at', 'expiresAt'),
    ...optional('escalate_at', 'escalateAt'),
    ...optional('escalated_at', 'escalatedAt'),
    ...optional('decided_by', 'decidedBy'),
    ...optional('reason', 'reason'),
    ...optional('decided_at', 'decidedAt'),
  };
}

export function readApproval(db: Database, id: string): Approval | undefined {
  const row = db.get('SELECT * FROM approvals WHERE id = ?', id);
  return row && approvalOf(row);
}

export function readApprovalOf(db: Database, run: string, node: string): Approval | undefined {
  const row = db.get('SELECT * FROM approvals WHERE run = ? AND node = ?', run, node);
  return row && approvalOf(row);
}

/** Newest first; the open ones oldest first, since they wait. */
export function readApprovals(db: Database, { status, run, limit }: ApprovalFilter): Approval[] {
  if (run !== undefined) return db.all('SELECT * FROM approvals WHERE run = ? ORDER BY requested_at LIMIT ?', run, limit).map(approvalOf);
  if (status === undefined) return db.all('SELECT * FROM approvals ORDER BY requested_at DESC LIMIT ?', limit).map(approvalOf);
  if (status !== 'open') {
    return db.all('SELECT * FROM approvals WHERE status = ? ORDER BY requested_at DESC LIMIT ?', status, limit).map(approvalOf);
  }
  return db
    .all(
      `SELECT a.* FROM approvals a JOIN runs r ON r.id = a.run
       WHERE a.status = 'open' AND r.status NOT IN ('done', 'cancelled') AND r.compensating IS NULL ORDER BY a.requested_at, a.id LIMIT ?`,
      limit,
    )
    .map(approvalOf);
}

export function insertApproval(db: Database, question: NewApproval, now: number): Approval {
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
