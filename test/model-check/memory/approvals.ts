import { editorsIn, mustBeAnothers } from '../../../engine/separation.ts';
import type { Approval, ApprovalFilter, ApprovalStore, Decision, NewApproval } from '../../../engine/store/approvals.ts';
import { endOfTime, type RunId } from '../../../engine/store/runs.ts';
import { MemoryConnection } from './connection.ts';
import { isOver, rouseRun } from './run-states.ts';

/** Questions that runs put to persons. */
export abstract class MemoryApprovals extends MemoryConnection implements ApprovalStore {
  async requestApproval({ rule, ...question }: NewApproval, token: number, now: number): Promise<Approval> {
    this.mustBeUnderWay(question.run, token);
    const known = await this.approvalOf(question.run, question.node);
    if (known) return known;
    const decided = rule ? { status: rule, decidedBy: 'rule', decidedAt: now } : { status: 'open' as const };
    const made: Approval = { id: `approval-${this.disk.approvals.length + 1}`, ...question, requestedAt: now, ...decided };
    this.disk.approvals.push(made);
    const detail = { approval: made.id, title: made.title, status: made.status };
    this.append({ actor: 'engine', action: 'approval.requested', subject: made.run, detail }, now);
    return { ...made };
  }

  async approvalOf(run: RunId, node: string): Promise<Approval | undefined> {
    return structuredClone(this.disk.approvals.find((approval) => approval.run === run && approval.node === node));
  }

  async approval(id: string): Promise<Approval | undefined> {
    return structuredClone(this.disk.approvals.find((approval) => approval.id === id));
  }

  async approvals({ status, run, movedFrom = 0, after, limit }: ApprovalFilter): Promise<Approval[]> {
    const wanted = this.disk.approvals
      .filter((approval) => (status ?? approval.status) === approval.status && (run ?? approval.run) === approval.run)
      .filter(({ requestedAt, escalatedAt = 0 }) => Math.max(requestedAt, escalatedAt) >= movedFrom)
      .filter((approval) => status !== 'open' || !isOver(this.disk, approval));
    const inOrder = status === 'open' || run ? wanted : wanted.toReversed();
    const from = after === undefined ? 0 : inOrder.findIndex(({ id }) => id === after) + 1;
    return structuredClone(inOrder.slice(from, from + limit));
  }

  async decideApproval(id: string, decision: Decision, now: number) {
    const { status, actor, reason } = decision;
    const approval = this.disk.approvals.find((candidate) => candidate.id === id);
    if (approval?.status === 'open') {
      const editors = editorsIn(this.disk.lines.filter(({ subject }) => subject === approval.run));
      mustBeAnothers(decision, { ...approval, editors });
    }
    if (approval?.status !== 'open' || (approval.expiresAt ?? endOfTime) <= now || isOver(this.disk, approval)) return undefined;
    Object.assign(approval, { status, decidedBy: actor, decidedAt: now, ...(reason === undefined ? {} : { reason }) });
    const detail = { approval: id, title: approval.title, reason: reason ?? null };
    this.append({ actor, action: `approval.${status}`, subject: approval.run, detail }, now);
    rouseRun(this.disk, approval.run, now);
    return structuredClone(approval);
  }

  async expireApproval(id: string, as: 'approved' | 'expired', now: number): Promise<Approval | undefined> {
    const approval = this.disk.approvals.find((candidate) => candidate.id === id);
    if (approval?.status === 'open' && (approval.expiresAt ?? endOfTime) <= now) {
      Object.assign(approval, { status: as, decidedBy: 'expiry', decidedAt: now });
      const detail = { approval: id, title: approval.title, status: as };
      this.append({ actor: 'engine', action: 'approval.expired', subject: approval.run, detail }, now);
    }
    return structuredClone(approval);
  }

  async escalateApproval(id: string, now: number): Promise<void> {
    const approval = this.disk.approvals.find((candidate) => candidate.id === id);
    if (!approval || approval.escalatedAt !== undefined) return;
    approval.escalatedAt = now;
    this.append(
      { actor: 'engine', action: 'approval.escalated', subject: approval.run, detail: { approval: id, title: approval.title } },
      now,
    );
  }
}
