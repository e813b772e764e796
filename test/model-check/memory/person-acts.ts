import type { Act } from '../../../engine/store/act.ts';
import type { Approval } from '../../../engine/store/approvals.ts';
import type { PersonActs } from '../../../engine/store/person-acts.ts';
import type { RunId, RunStatus } from '../../../engine/store/runs.ts';
import type { Json } from '../../../model/json.ts';
import { withData } from '../../../model/storable-event.ts';
import { MemoryConnection } from './connection.ts';
import { forgetFailure } from './run-states.ts';

/** What a person does with a run. */
export abstract class MemoryPersonActs extends MemoryConnection implements PersonActs {
  async replay(id: RunId, { data, at, ...act }: Act & { data?: Json; at?: number }, now: number): Promise<boolean> {
    const run = this.disk.runs.find((candidate) => candidate.id === id && candidate.status === 'dead' && !candidate.compensating);
    if (!run) return false;
    if (data !== undefined) run.event = withData(run.event, data);
    forgetFailure(run);
    const from = Math.max(at ?? now, now);
    Object.assign(run, {
      status: from > now ? 'waiting' : 'ready',
      attempts: 0,
      crashes: 0,
      availableAt: from,
      renewedAt: from,
      updatedAt: now,
    });
    if (data !== undefined) this.disk.approvals = this.disk.approvals.filter((approval) => approval.run !== id);
    for (const approval of this.disk.approvals) if (approval.run === id) askAgain(approval, from, now);
    const detail = { reason: act.reason ?? null, edited: data !== undefined };
    this.append({ actor: act.actor, action: 'run.replayed', subject: id, detail }, now);
    return true;
  }

  async discard(id: RunId, act: Act, now: number): Promise<boolean> {
    return this.endByPerson(id, ['dead'], 'run.discarded', act, now);
  }

  async cancel(id: RunId, act: Act, now: number): Promise<boolean> {
    return this.endByPerson(id, ['ready', 'waiting', 'running'], 'run.cancelled', act, now);
  }

  private endByPerson(id: RunId, from: RunStatus[], action: string, act: Act, now: number): boolean {
    const run = this.disk.runs.find((candidate) => candidate.id === id && from.includes(candidate.status));
    if (!run) return false;
    Object.assign(run, { status: 'cancelled', token: run.token + 1, updatedAt: now });
    this.append({ actor: act.actor, action, subject: id, detail: { reason: act.reason ?? null } }, now);
    return true;
  }
}

function askAgain(approval: Approval, from: number, now: number): void {
  if (approval.status !== 'open' || approval.expiresAt === undefined || approval.expiresAt > now) return;
  const later = from - approval.requestedAt;
  delete approval.escalatedAt;
  if (approval.escalateAt !== undefined) approval.escalateAt += later;
  approval.expiresAt += later;
  approval.requestedAt = from;
}
