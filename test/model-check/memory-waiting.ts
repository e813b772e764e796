import type { Approval, ApprovalFilter, Decision, NewApproval } from '../../engine/store/approvals.ts';
import { endOfTime } from '../../engine/store/runs.ts';
import type { WaitingStore } from '../../engine/store/waiting.ts';
import { editorsIn, mustBeAnothers } from '../../engine/separation.ts';
import type { Act } from '../../engine/store/act.ts';
import type { Effect } from '../../engine/store/effects.ts';
import type { Run, RunId } from '../../engine/store/runs.ts';
import type { Json } from '../../model/json.ts';
import type { MemoryDisk } from './memory-store.ts';

const ended = (run: Run | undefined) => !run || run.status === 'done' || run.status === 'cancelled';

/** What the store without a disk keeps of runs that wait, ask a person, or are undone. */
export abstract class MemoryWaiting implements WaitingStore {
  protected abstract readonly disk: MemoryDisk;
  /** the run, if this delivery of it is under way */
  protected abstract live(run: RunId, token: number): Run | undefined;
  protected abstract mustBeUnderWay(run: RunId, token: number): void;
  protected abstract append(line: { actor: string; action: string; subject: string; detail: Json }, now: number): void;

  async suspend(id: RunId, token: number, { until = endOfTime, ...waitingFor }: Parameters<WaitingStore['suspend']>[2], now: number) {
    const run = this.live(id, token);
    if (!run) return false;
    const availableAt = this.disk.nudged.delete(id) ? now : until;
    this.forgetFailure(run);
    Object.assign(run, { status: 'waiting', attempts: run.attempts - 1, crashes: 0, availableAt, waitingFor, updatedAt: now });
    return true;
  }

  async rouse(id: RunId, now: number): Promise<boolean> {
    const run = this.find(id);
    if (run?.status === 'waiting') run.availableAt = Math.min(run.availableAt, now);
    else if (run?.status === 'running') this.disk.nudged.add(id);
    else return false;
    return true;
  }

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

  async approvals({ status, run, limit }: ApprovalFilter): Promise<Approval[]> {
    const wanted = this.disk.approvals
      .filter((approval) => (status ?? approval.status) === approval.status && (run ?? approval.run) === approval.run)
      .filter((approval) => status !== 'open' || !this.over(approval));
    return structuredClone((status === 'open' || run ? wanted : wanted.toReversed()).slice(0, limit));
  }

  async decideApproval(id: string, decision: Decision, now: number) {
    const { status, actor, reason } = decision;
    const approval = this.disk.approvals.find((candidate) => candidate.id === id);
    if (approval?.status === 'open') {
      const editors = editorsIn(this.disk.lines.filter(({ subject }) => subject === approval.run));
      mustBeAnothers(decision, { ...approval, editors });
    }
    if (approval?.status !== 'open' || (approval.expiresAt ?? endOfTime) <= now || this.over(approval)) return undefined;
    Object.assign(approval, { status, decidedBy: actor, decidedAt: now, ...(reason === undefined ? {} : { reason }) });
    const detail = { approval: id, title: approval.title, reason: reason ?? null };
    this.append({ actor, action: `approval.${status}`, subject: approval.run, detail }, now);
    await this.rouse(approval.run, now);
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

  async settleEffect(key: string, { made, result, actor, reason }: Act & { made: boolean; result?: Json }, now: number) {
    const effect = this.disk.effects.get(key);
    const run = effect && this.find(effect.run);
    if (!effect || !run || !doubtful(effect) || run.status === 'running') return undefined;
    delete effect.failure;
    Object.assign(effect, { status: made ? 'done' : 'not-made', finishedAt: now, ...(made ? { result: result ?? null } : {}) });
    const { system, business } = effect;
    const outcome = made ? 'made' : 'not-made';
    const detail = { system, business, outcome, result: effect.result ?? null, reason: reason ?? null };
    this.append({ actor, action: 'effect.settled', subject: run.id, detail }, now);
    await this.rouse(run.id, now);
    const stopped = run.status === 'dead' && (run.failure?.class.startsWith('transient.') || run.failure?.code === 'UNDO_IN_DOUBT');
    if (stopped && ![...this.disk.effects.values()].some((other) => other.run === run.id && doubtful(other))) {
      this.forgetFailure(run);
      Object.assign(run, { status: 'ready', attempts: 0, availableAt: now, renewedAt: now, updatedAt: now });
    }
    return structuredClone(effect);
  }

  async compensate(id: RunId, act: Act, now: number): Promise<boolean> {
    const run = this.find(id);
    if (!run || !['dead', 'ready', 'waiting'].includes(run.status)) return false;
    run.compensating ??= { ...act, since: now };
    Object.assign(run, { status: 'ready', attempts: 0, availableAt: now, renewedAt: now, updatedAt: now });
    this.append({ actor: act.actor, action: 'run.compensating', subject: id, detail: { reason: act.reason ?? null } }, now);
    return true;
  }

  async compensateFailed(id: RunId, token: number, { failure, node }: Parameters<WaitingStore['compensateFailed']>[2], now: number) {
    const run = this.live(id, token);
    if (!run) return false;
    this.disk.attempts.push({ run: id, attempt: run.attempts, failure, at: now, ...(node === undefined ? {} : { node }) });
    const compensating = { actor: 'engine', reason: failure.code, since: now };
    Object.assign(run, {
      status: 'ready',
      attempts: 0,
      crashes: 0,
      availableAt: now,
      failure,
      renewedAt: now,
      updatedAt: now,
      compensating,
    });
    if (node !== undefined) run.failedNode = node;
    const detail = { class: failure.class, code: failure.code, node: node ?? null };
    this.append({ actor: 'engine', action: 'run.compensating', subject: id, detail }, now);
    return true;
  }

  async effectCompensated(key: string, run: RunId, token: number, now: number): Promise<void> {
    this.mustBeUnderWay(run, token);
    const effect = this.disk.effects.get(key);
    if (effect?.status !== 'done') return;
    Object.assign(effect, { status: 'compensated', finishedAt: now });
    const { system, business } = effect;
    this.append({ actor: 'engine', action: 'effect.compensated', subject: run, detail: { system, business } }, now);
  }

  async compensated(id: RunId, token: number, now: number): Promise<boolean> {
    const run = this.live(id, token);
    if (!run) return false;
    Object.assign(run, { status: 'cancelled', updatedAt: now });
    this.append({ actor: 'engine', action: 'run.compensated', subject: id, detail: {} }, now);
    return true;
  }

  async backlog(entry: string, most: number): Promise<number> {
    return Math.min(most, this.disk.runs.filter((run) => run.entry === entry && !ended(run) && run.status !== 'dead').length);
  }

  private find(id: RunId): Run | undefined {
    return this.disk.runs.find((run) => run.id === id);
  }

  private over(approval: Approval): boolean {
    const run = this.find(approval.run);
    return ended(run) || run?.compensating !== undefined;
  }

  private forgetFailure(run: Run): void {
    delete run.failure;
    delete run.failedNode;
  }
}

const doubtful = ({ status }: Effect) => status === 'in-doubt' || status === 'intended';
