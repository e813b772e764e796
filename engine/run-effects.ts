import { boundedText } from '../model/bounded-text.ts';
import { boundedWords } from '../model/bounded-words.ts';
import { Failure, type FailureClass } from '../model/failure.ts';
import { inEnglish, inWords, phrase } from '../model/failure-words.ts';
import { canonicalJson, isObject, type Json } from '../model/json.ts';
import type { Effects, Write } from '../model/operations.ts';
import { redact } from '../model/redact.ts';
import { obstacleIn, wordsOfObstacle } from '../model/storable.ts';
import type { ActiveRun } from './active-run.ts';
import type { Clock } from './clock.ts';
import type { WriteMade } from './engine-contract.ts';
import { idempotencyKey, keptBusiness } from './idempotency.ts';
import type { Effect } from './store/effects.ts';
import type { Store } from './store.ts';

/** A write is sent so soon after its intent, or the intent is committed anew. */
const freshMs = 2_000;

/** Writes under way in this process, so that a new delivery waits for what an earlier one has sent already. */
export type WritesUnderWay = Map<string, Promise<Json>>;

/** Every write of one node for one run: intent before, result after, doubts settled before anything is sent again. */
export class RunEffects implements Effects {
  private readonly store: Store;
  private readonly clock: Clock;
  private readonly active: ActiveRun;
  private readonly node: string;
  private readonly system: string;
  private readonly underWay: WritesUnderWay;
  /** resolves when the next write may be sent */
  private readonly turn: (() => Promise<void>) | undefined;
  private readonly wrote: (write: WriteMade) => void;

  constructor(
    ports: {
      store: Store;
      clock: Clock;
      underWay: WritesUnderWay;
      turn?: (() => Promise<void>) | undefined;
      wrote(write: WriteMade): void;
    },
    active: ActiveRun,
    node: string,
    system: string,
  ) {
    this.store = ports.store;
    this.clock = ports.clock;
    this.underWay = ports.underWay;
    this.turn = ports.turn;
    this.wrote = (write) => ports.wrote(write);
    this.active = active;
    this.node = node;
    this.system = system;
  }

  async write<Result extends Json>(write: Write<Result>): Promise<Result> {
    const key = idempotencyKey(this.active.id, this.node, write.key);
    // one at a time, also when several wait: whatever came of the one before is in the store then
    for (let earlier = this.underWay.get(key); earlier; earlier = this.underWay.get(key)) await earlier.catch(() => undefined);
    const writing = this.make(key, write);
    this.underWay.set(key, writing);
    try {
      return (await writing) as Result;
    } finally {
      if (this.underWay.get(key) === writing) this.underWay.delete(key);
    }
  }

  private async make<Result extends Json>(key: string, write: Write<Result>): Promise<Json> {
    if (this.active.over) throw takenOver(); // the store learns of it a moment later
    mustBeStorable(write);
    let intendedAt = this.clock.now();
    const request = redact(write.request) as Json;
    const before = await this.store.intend(
      {
        key,
        run: this.active.id,
        node: this.node,
        business: keptBusiness(write.key),
        ...titled(write),
        system: this.system,
        settle: write.settle,
        request,
        ...(write.undo === undefined ? {} : { undo: write.undo }),
        ...(this.active.run.compensating ? { ofUndo: true } : {}),
      },
      this.active.run.token,
      intendedAt,
    );
    if (before?.status === 'done') {
      mustBeAsMade(write, request, before);
      return this.remembered(write, before.result ?? null);
    }
    const doubt = before !== undefined && (before.status === 'intended' || before.status === 'in-doubt');
    if (doubt || (write.lookFirst && write.probe)) {
      const found = await this.lookUp(write, doubt, before);
      if (found !== undefined) {
        if (obstacleIn(found, 'result')) throw this.answerRefused(write, found);
        await this.store.finishEffect(
          key,
          { status: 'done', result: found, found: true, ...makerOf(write, before, doubt) },
          this.clock.now(),
        );
        return found;
      }
    }
    // so that, should this process die now, what is found later is known to be this run's
    const absent = !!write.lookFirst && !!write.probe && write.undo !== undefined && write.undo !== null && !write.wasThere?.();
    if (this.turn) await this.waitForTurn(key, doubt);
    // what is sent now may be in doubt (again), and that doubt is measured from the intent: one that grew old meanwhile
    // (a slow look-up, a wait for its turn, a machine that slept) is committed anew, which also asks whether this delivery may still write
    for (let again = doubt || absent; again || this.clock.now() - intendedAt > freshMs; again = false) {
      intendedAt = this.clock.now();
      await this.store.intendAgain(key, this.active.id, this.active.run.token, intendedAt, { sentBefore: doubt, absent, request });
    }
    return this.send(key, write, { again: doubt, own: doubt && !!before?.absentBefore });
  }

  /** The result as it is kept; where a person has settled the write without what the flow needs of it, as the system has it. */
  private async remembered<Result extends Json>({ needs, probe, title, key }: Write<Result>, result: Json): Promise<Json> {
    if (!needs || needs.isIn(result)) return result;
    const found = await probe?.();
    if (found !== undefined && needs.isIn(found)) return found;
    throw new Failure({
      class: 'contract.invalid',
      ...inWords('RESULT_MISSING', { title, needed: needs.what, system: this.system }),
      system: this.system,
      record: key,
      field: 'result',
    });
  }

  private async waitForTurn(key: string, doubt: boolean): Promise<void> {
    try {
      await this.turn?.();
    } catch (error) {
      const failure = Failure.from(error);
      if (!doubt) await this.store.finishEffect(key, { status: 'not-made', failure: failure.toJSON() }, this.clock.now());
      throw failure;
    }
  }

  /** What the system has of this write; undefined = it must be sent (again). */
  private async lookUp<Result extends Json>(write: Write<Result>, doubt: boolean, before: Effect | undefined): Promise<Result | undefined> {
    if (doubt && write.settle === 'person') {
      throw new Failure({
        class: 'transient.timeout',
        ...inWords('IN_DOUBT', { title: write.title, system: this.system }),
        system: this.system,
        record: write.key,
        ...(before?.failure?.code ? { value: before.failure.code } : {}),
      });
    }
    const askedAt = this.clock.now();
    const found = await write.probe?.();
    if (found === undefined && doubt && before) this.certainBy(write, before, askedAt);
    return found;
  }

  /** Nothing was found: certain, or asked too early to say. */
  private certainBy<Result extends Json>(write: Write<Result>, before: Effect, askedAt: number): void {
    const left = (before.finishedAt ?? before.intendedAt) + (write.settleAfterMs ?? 0) - askedAt;
    if (left <= 0) return;
    throw new Failure({
      class: 'transient.unavailable',
      ...inWords('NOT_SETTLED_YET', { title: write.title, system: this.system }),
      system: this.system,
      record: write.key,
      retryAfterMs: left,
    });
  }

  /** The system has it, but what it said of it cannot be kept: a person looks it up, and says what the flow needs of it. */
  private answerRefused<Result extends Json>({ title, key }: Write<Result>, answer: unknown): Failure {
    const found = obstacleIn(answer, 'result');
    const field = found?.field ?? 'result';
    const obstacle = found ? wordsOfObstacle(found) : phrase('ANSWER_NOT_STORABLE.unsaid');
    return new Failure({
      class: 'contract.drift',
      ...inWords('ANSWER_NOT_STORABLE', { title, system: this.system, field, obstacle }),
      system: this.system,
      record: key,
      field,
      outcome: 'unknown',
    });
  }

  private async send<Result extends Json>(key: string, write: Write<Result>, attempt: { again: boolean; own: boolean }): Promise<Result> {
    let result: Result;
    const beganAt = this.clock.now();
    try {
      result = await write.send(attempt);
      if (obstacleIn(result, 'result')) throw this.answerRefused(write, result);
    } catch (error) {
      const failure = Failure.from(error);
      this.tell(beganAt, failure);
      await this.store.finishEffect(key, { status: statusOf(failure), failure: failure.toJSON() }, this.clock.now());
      throw failure;
    }
    await this.store.finishEffect(key, { status: 'done', result }, this.clock.now());
    this.tell(beganAt);
    return result;
  }

  private tell(beganAt: number, failure?: Failure): void {
    const { node, system } = this;
    this.wrote({ run: this.active.run, node, system, beganAt, endedAt: this.clock.now(), ...(failure ? { failure } : {}) });
  }
}

/** A run that is delivered again, edited or through a flow that was changed, may ask for something else than it has made: what stands is not told as that. */
function mustBeAsMade({ sameBesides, title, key }: Write<Json>, request: Json, { request: made, system }: Effect): void {
  if (!sameBesides) return;
  const parts = (of: unknown) => new Map(isObject(of) ? Object.entries(of).map(([name, part]) => [name, without(part, sameBesides)]) : []);
  const [there, asked] = [parts(made), parts(request)];
  // a field that one of them has not: made by another version of this product
  const field = [...asked.keys()].find((name) => there.has(name) && !sameBesides.includes(name) && there.get(name) !== asked.get(name));
  if (field === undefined) return;
  throw new Failure({
    class: 'conflict.stale',
    ...inWords('MADE_OTHERWISE', { title, field, system }),
    system,
    record: key,
    field,
    outcome: 'not-made',
  });
}

const without = (part: unknown, names: readonly string[]): string =>
  JSON.stringify(JSON.parse(canonicalJson(part)), (name, value: unknown) => (names.includes(name) ? undefined : value)) ?? '';

/** Before anything is intended or sent. */
function mustBeStorable({ title, request, undo, key }: Write<Json>): void {
  const obstacle = obstacleIn(request, 'request', 'message') ?? (undo === undefined ? undefined : obstacleIn(undo, 'undo', 'message'));
  if (!obstacle) return;
  const { field } = obstacle;
  throw new Failure({
    class: 'contract.invalid',
    ...inWords('DATA_NOT_STORABLE.write', { title, field, obstacle: wordsOfObstacle(obstacle) }),
    record: key,
    field,
  });
}

/** What is written is told in English, with the words of every other language. */
function titled({ title }: Write<Json>): Pick<Effect, 'title' | 'titleWords'> {
  const titleWords = typeof title === 'string' ? undefined : boundedWords(title);
  return { title: boundedText(inEnglish(title), 500), ...(titleWords ? { titleWords } : {}) };
}

function takenOver(): Failure {
  return new Failure({ class: 'internal', ...inWords('RUN_TAKEN_OVER') });
}

/**
 * Whose a record is that was looked up and found. Found before the first send, it had been there. Found to settle a doubt,
 * it is this run's, unless the process died when it may not even have looked yet, or what was sent changed a record that had been there.
 */
function makerOf(write: Write<Json>, before: Effect | undefined, doubt: boolean): { maker?: 'run' | 'unknown' } {
  if (!doubt) return {};
  const mayBeAnothers = before?.status === 'intended' || write.wasThere !== undefined;
  return { maker: mayBeAnothers && write.lookFirst && !before?.absentBefore ? 'unknown' : 'run' };
}

type Outcome = 'in-doubt' | 'not-made' | 'rejected';

/** What became of a write whose failure does not say: the careful reading of its class. */
const outcomeByClass: Partial<Record<FailureClass, Outcome>> = {
  internal: 'in-doubt',
  'transient.timeout': 'in-doubt',
  'transient.unavailable': 'in-doubt',
  'transient.throttled': 'not-made',
  'transient.locked': 'not-made',
  'auth.expired': 'not-made',
  'auth.denied': 'not-made',
  'quota.exhausted': 'not-made',
};

function statusOf(failure: Failure): Outcome {
  if (failure.outcome === 'unknown') return 'in-doubt';
  const outcome = outcomeByClass[failure.class] ?? 'rejected';
  if (failure.outcome === 'not-made' && outcome === 'in-doubt') return failure.class === 'internal' ? 'rejected' : 'not-made';
  return outcome;
}
