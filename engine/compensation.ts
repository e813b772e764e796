import { Failure, type Issue } from '../model/failure.ts';
import type { Param } from '../model/failure-sentence.ts';
import { type FailureText, inWords, phrase } from '../model/failure-words.ts';
import type { Effects } from '../model/operations.ts';
import type { ActiveRun } from './active-run.ts';
import type { Clock } from './clock.ts';
import type { WritesUnderWay } from './run-effects.ts';
import { type Effect, titleOf } from './store/effects.ts';
import type { Store } from './store.ts';

/** Undoes one effect of a node. It makes its own writes through `effects`, so that a kill in between undoes nothing twice. */
export type Undo = (effect: Effect, context: { active: ActiveRun; effects: Effects }) => Promise<void>;

/** A branch that undoes something has failed, waits or was interrupted; what is the matter is noted with the run already. */
export const undoPaused = 'UNDO_PAUSED';

interface Ports {
  store: Store;
  clock: Clock;
  underWay: WritesUnderWay;
  effectsFor(active: ActiveRun, node: string, system: string): Effects;
}

/** Takes back what a run has written, the newest first. Nothing is touched before it is known that all of it can be undone. */
export class Compensation {
  /** by node */
  private readonly undos = new Map<string, Undo>();
  private readonly ports: Ports;

  constructor(ports: Ports) {
    this.ports = ports;
  }

  register(node: string, undo: Undo): void {
    this.undos.set(node, undo);
  }

  unregister(node: string, undo: Undo): void {
    if (this.undos.get(node) === undo) this.undos.delete(node);
  }

  /** Whether a run that has failed for good is to be undone: its policy says so, and there is something to take back. */
  async isCalledFor({ id, run, policy }: ActiveRun): Promise<boolean> {
    if (policy.onPermanentFailure !== 'compensate' || run.compensating) return false;
    const written = await this.ports.store.effects(id);
    return written.some((effect) => stands(effect) && effect.undo !== null);
  }

  /** Delivers nothing to the flow: takes back what the run has written, and notes with it how that went. */
  async deliver(active: ActiveRun): Promise<void> {
    const { clock } = this.ports;
    const { entry } = active.run;
    active.enter(entry, clock.now());
    active.working++;
    try {
      await this.undo(active);
      active.undone = true;
    } catch (error) {
      const failure = Failure.from(error);
      if (failure.code === 'ABORTED' || failure.code === 'RUN_TAKEN_OVER') active.interrupted = true;
      else if (failure.code !== undoPaused) active.retryLater(failure, entry);
    } finally {
      active.working--;
      active.leave(entry, clock.now());
    }
  }

  /** Undoes everything that still stands. Throws the failure that stops it, with the rest listed. */
  private async undo(active: ActiveRun): Promise<void> {
    const { store, clock, underWay } = this.ports;
    for (const { key } of await store.effects(active.id)) await underWay.get(key)?.catch(() => undefined);
    const left = (await store.effects(active.id)).filter(stands).sort(newestFirst);
    this.mustBePossible(left);
    while (left.length > 0) {
      const effect = left[0] as Effect;
      await this.undoOne(active, effect, left);
      await store.effectCompensated(effect.key, active.id, active.run.token, clock.now());
      left.shift();
    }
  }

  private async undoOne(active: ActiveRun, effect: Effect, left: Effect[]): Promise<void> {
    const { clock, effectsFor } = this.ports;
    if (effect.undo === null) return; // it leaves nothing behind
    active.enter(effect.node, clock.now());
    try {
      await this.undos.get(effect.node)?.(effect, { active, effects: effectsFor(active, effect.node, effect.system) });
    } catch (error) {
      const failure = Failure.from(error);
      throw failure.code === undoPaused ? failure : failure.with({ record: effect.business, issues: left.map(standing) });
    } finally {
      active.leave(effect.node, clock.now());
    }
  }

  private mustBePossible(left: Effect[]): void {
    const doubtful = left.filter(({ status }) => status !== 'done');
    if (doubtful.length > 0) {
      throw stopped(inWords('UNDO_IN_DOUBT', { titles: titlesOf(doubtful) }), doubtful, left);
    }
    const unsure = left.filter(({ maker, undo }) => maker === 'unknown' && undo !== null);
    if (unsure.length > 0) {
      throw stopped(inWords('UNDO_UNSURE', { titles: titlesOf(unsure) }), unsure, left);
    }
    const impossible = left.filter(({ undo, node }) => undo === undefined || (undo !== null && !this.undos.has(node)));
    if (impossible.length > 0) {
      throw stopped(inWords('UNDO_IMPOSSIBLE', { titles: titlesOf(impossible) }), impossible, left);
    }
  }
}

/** Written by the run on its way forward, and still there. What was found had been there before. */
function stands(effect: Effect): boolean {
  if (effect.ofUndo || effect.status === 'rejected' || effect.status === 'not-made' || effect.status === 'compensated') return false;
  return effect.status !== 'done' || !effect.found || effect.maker !== undefined;
}

const endOf = (effect: Effect) => effect.finishedAt ?? effect.intendedAt;
const newestFirst = (one: Effect, other: Effect) => (other.place ?? 0) - (one.place ?? 0) || endOf(other) - endOf(one);

const standing = (effect: Effect): Issue => ({
  field: effect.business,
  ...inWords('STANDS', { title: titleOf(effect), system: effect.system }),
});

/** So many are named in the sentence, which has words for no more than it can keep; all of them are its issues. */
const mostTitles = 20;

function titlesOf(effects: Effect[]): Param {
  const titles = { join: 'LIST_COMMA', parts: effects.slice(0, mostTitles).map(titleOf) };
  const more = effects.length - mostTitles;
  return more > 0 ? phrase('UNDO_TITLES.more', { titles, more }) : titles;
}

function stopped(why: FailureText, because: Effect[], left: Effect[]): Failure {
  return new Failure({
    class: 'business.rejected',
    ...why,
    record: because[0]?.business ?? '',
    issues: left.map(standing),
  });
}
