import type { Act } from '../../../engine/store/act.ts';
import type { RunId } from '../../../engine/store/runs.ts';
import type { UndoingStore } from '../../../engine/store/undoing.ts';
import { MemoryConnection } from './connection.ts';

/** Runs whose effects are taken back. */
export abstract class MemoryUndoing extends MemoryConnection implements UndoingStore {
  async compensate(id: RunId, act: Act, now: number): Promise<boolean> {
    const run = this.find(id);
    if (!run || !['dead', 'ready', 'waiting'].includes(run.status)) return false;
    run.compensating ??= { ...act, since: now };
    Object.assign(run, { status: 'ready', attempts: 0, availableAt: now, renewedAt: now, updatedAt: now });
    this.append({ actor: act.actor, action: 'run.compensating', subject: id, detail: { reason: act.reason ?? null } }, now);
    return true;
  }

  async compensateFailed(id: RunId, token: number, { failure, node }: Parameters<UndoingStore['compensateFailed']>[2], now: number) {
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

  async compensated(id: RunId, token: number, now: number): Promise<boolean> {
    const run = this.live(id, token);
    if (!run) return false;
    Object.assign(run, { status: 'cancelled', updatedAt: now });
    this.append({ actor: 'engine', action: 'run.compensated', subject: id, detail: {} }, now);
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
}
