import type { Act } from '../../../engine/store/act.ts';
import type { Effect, EffectStore, SentAgain } from '../../../engine/store/effects.ts';
import type { RunId } from '../../../engine/store/runs.ts';
import type { Json } from '../../../model/json.ts';
import { MemoryConnection } from './connection.ts';
import { forgetFailure, rouseRun } from './run-states.ts';

/** Writes to systems. */
export abstract class MemoryEffects extends MemoryConnection implements EffectStore {
  async intend(effect: Parameters<EffectStore['intend']>[0], token: number, now: number): Promise<Effect | undefined> {
    const run = this.mustBeUnderWay(effect.run, token);
    const before = this.disk.effects.get(effect.key);
    if (!before) {
      this.disk.effects.set(effect.key, {
        ...effect,
        place: [...this.disk.effects.values()].filter(({ run }) => run === effect.run).length,
        ...{ status: 'intended', attempts: 1, intendedAt: now },
      });
      run.crashes = 0;
      return undefined;
    }
    const answer = structuredClone(before);
    if (before.status === 'rejected' || before.status === 'not-made' || before.status === 'compensated') {
      before.request = effect.request;
      delete before.absentBefore;
      intended(before, now);
    }
    return answer;
  }

  async intendAgain(key: string, run: RunId, token: number, now: number, { sentBefore, absent, request }: SentAgain): Promise<void> {
    this.mustBeUnderWay(run, token);
    const effect = this.disk.effects.get(key);
    if (!effect || effect.status === 'done') return;
    const { attempts } = effect;
    effect.request = request;
    intended(effect, now);
    if (!sentBefore) effect.attempts = attempts;
    if (absent) effect.absentBefore = true;
  }

  async finishEffect(key: string, outcome: Parameters<EffectStore['finishEffect']>[1], now: number): Promise<void> {
    const effect = this.disk.effects.get(key);
    if (!effect || effect.status === 'done' || effect.status === 'compensated') return;
    const { status, result, failure, found, maker } = outcome;
    for (const name of ['result', 'failure', 'found'] as const) delete effect[name];
    Object.assign(effect, { status, finishedAt: now, ...(result === undefined ? {} : { result }), ...(failure ? { failure } : {}) });
    if (found) effect.found = true;
    if (maker) effect.maker = maker;
    const { system, business } = effect;
    const detail = { system, business, result: result ?? null, ...(found ? { found } : {}), ...(failure ? { code: failure.code } : {}) };
    this.append({ actor: 'engine', action: `effect.${status}`, subject: effect.run, detail }, now);
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
    rouseRun(this.disk, run.id, now);
    const stopped = run.status === 'dead' && (run.failure?.class.startsWith('transient.') || run.failure?.code === 'UNDO_IN_DOUBT');
    if (stopped && ![...this.disk.effects.values()].some((other) => other.run === run.id && doubtful(other))) {
      forgetFailure(run);
      Object.assign(run, { status: 'ready', attempts: 0, availableAt: now, renewedAt: now, updatedAt: now });
    }
    return structuredClone(effect);
  }

  async effects(run: RunId): Promise<Effect[]> {
    return [...this.disk.effects.values()].filter((effect) => effect.run === run).map((effect) => structuredClone(effect));
  }

  async effectsInDoubt(limit: number): Promise<Effect[]> {
    return [...this.disk.effects.values()].filter((effect) => effect.status === 'in-doubt').slice(0, limit);
  }
}

function intended(effect: Effect, now: number): void {
  for (const name of ['failure', 'finishedAt'] as const) delete effect[name];
  Object.assign(effect, { status: 'intended', attempts: effect.attempts + 1, intendedAt: now });
}

const doubtful = ({ status }: Effect) => status === 'in-doubt' || status === 'intended';
