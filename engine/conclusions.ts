import { Failure } from '../model/failure.ts';
import { inWords } from '../model/failure-words.ts';
import type { ActiveRun } from './active-run.ts';
import type { Clock } from './clock.ts';
import type { Compensation } from './compensation.ts';
import { deadlineOf } from './deadline.ts';
import type { EngineEvents } from './engine-contract.ts';
import { verdict } from './retry-policy.ts';
import type { Store } from './store.ts';

type Ended = EngineEvents['ended'][1];

export interface ConclusionParts {
  store: Store;
  clock: Clock;
  compensation: Compensation;
  random: () => number;
  /** ends the delivery with what the store is told; messages that come after are refused when it is `over`, and start anew when it was `done` */
  finish(active: ActiveRun, recent: 'done' | 'over', store: () => Promise<boolean>, status: Ended | (() => Ended)): Promise<void>;
}

/** Decides what becomes of a run whose messages are out: done, delivered again, waiting, undone, or for a person. */
export class Conclusions {
  private readonly parts: ConclusionParts;

  constructor(parts: ConclusionParts) {
    this.parts = parts;
  }

  async conclude(active: ActiveRun): Promise<void> {
    if (active.over) return;
    const { id, run } = active;
    const { store, finish } = this.parts;
    const now = this.parts.clock.now();
    if (active.interrupted) {
      return finish(active, 'over', () => store.release(id, run.token, now), 'ready');
    }
    const { overtaken } = active;
    if (overtaken) {
      return finish(active, 'over', () => store.overtaken(id, run.token, overtaken.toJSON(), now), 'cancelled');
    }
    const trouble = this.isToldLater(active) ? active.untold : (active.failed ?? active.retry);
    if (active.reads && (trouble || active.suspended) && (await this.hasOnlyRead(active))) {
      if (active.over) return; // meanwhile
      const { failure, node } = trouble ?? {
        failure: new Failure({ class: 'contract.invalid', ...inWords('READ_WAITS') }),
        node: undefined,
      };
      const failed = { failure: failure.toJSON(), ...(node === undefined ? {} : { node }) };
      return finish(active, 'over', () => store.giveUp(id, run.token, failed, now), 'cancelled');
    }
    if (!trouble && active.suspended) {
      const { suspended } = active;
      const until = Math.min(suspended.until ?? Infinity, deadlineOf(run, active.policy));
      const waiting = { ...suspended, ...(Number.isFinite(until) ? { until } : {}) };
      return finish(active, 'over', () => store.suspend(id, run.token, waiting, now), 'waiting');
    }
    if (!trouble && active.undone) {
      return finish(active, 'over', () => store.compensated(id, run.token, now), 'cancelled');
    }
    if (!trouble) {
      return finish(active, 'done', () => store.done(id, run.token, now), 'done');
    }
    const decided =
      trouble === active.failed
        ? { park: true as const, failure: trouble.failure }
        : verdict(trouble.failure, run.attempts, active.policy, this.parts.random);
    const where = trouble.node === undefined ? {} : { node: trouble.node };
    if (decided.park) {
      const failed = { failure: decided.failure.toJSON(), ...where };
      let compensate = false;
      const end = async () => {
        compensate = await this.parts.compensation.isCalledFor(active); // asked again with it when the store fails
        return compensate ? store.compensateFailed(id, run.token, failed, now) : store.park(id, run.token, failed, now);
      };
      await finish(active, 'over', end, () => (compensate ? 'ready' : 'dead'));
    } else {
      const failed = {
        failure: trouble.failure.toJSON(),
        availableAt: Math.min(now + Math.ceil(decided.delayMs), Math.max(now, deadlineOf(run, active.policy))),
        free: decided.free,
        ...where,
      };
      await finish(active, 'over', () => store.retry(id, run.token, failed, now), 'waiting');
    }
  }

  /** Not for ever: after the last attempt it is for a person, as what failed first. */
  private isToldLater({ untold, run, policy }: ActiveRun): boolean {
    return untold !== undefined && !verdict(untold.failure, run.attempts, policy).park;
  }

  /** What has written, whatever it was meant to do, is a run like any other; so it is where nobody can say. */
  private hasOnlyRead({ id }: ActiveRun): Promise<boolean> {
    return this.parts.store.effects(id).then(
      (effects) => effects.length === 0,
      () => false,
    );
  }
}
