import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ActiveRun } from '../../engine/active-run.ts';
import { Engine } from '../../engine/engine.ts';
import { defaultPolicy, verdict } from '../../engine/retry-policy.ts';
import { SqliteStore } from '../../engine/sqlite/sqlite-store.ts';
import type { Run } from '../../engine/store/runs.ts';
import type { Json } from '../../model/json.ts';
import { Failure } from '../../model/failure.ts';
import type { Effects, SourceEvent } from '../../model/operations.ts';
import { ManualClock } from '../engine/manual-clock.ts';
import { machineClock } from './machine-clock.ts';
import { watchStore, type WatchedStore } from '../engine/watched-store.ts';
import { quickFolder } from '../quick-folder.ts';

const folders: string[] = [];
process.on('exit', () => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function newFolder(): string {
  const folder = quickFolder('conformance');
  folders.push(folder);
  return folder;
}

let empty: Promise<string> | undefined;

/** A store without a run, which is copied: to make one takes as long as a run. */
function emptyStore(): Promise<string> {
  empty ??= (async () => {
    const file = join(newFolder(), 'empty.sqlite');
    const store = new SqliteStore(file);
    await store.open(Date.now());
    await store.close();
    return file;
  })();
  return empty;
}

/** What a node does with the runs that were delivered together; rejections are each run's failure. */
export interface Worker {
  /** the process began (again): whatever it knew is gone */
  begin(): void;
  end(): void;
  work(deliveries: Delivery[]): Promise<void>[];
}

export interface Delivery {
  event: SourceEvent;
  effects: Effects;
}

/** What was seen of one delivery that failed, on the engine's clock. */
export interface Trouble {
  event: string;
  failure: Failure;
  at: number;
  /** when the run was delivered again */
  againAt?: number;
}

/** The engine over a store that outlives it: it may be killed at any moment, and the next one goes on. Pauses are jumped over. */
export class MortalEngine {
  readonly clock = new ManualClock(Date.now());
  readonly troubles: Trouble[] = [];
  /** times that it was killed */
  deaths = 0;
  private readonly folder = newFolder();
  private readonly worker: Worker;
  private process: { engine: Engine; watched: WatchedStore; inner: SqliteStore } | undefined;
  private buried = 0;
  private storeFailure: Failure | undefined;
  private moved: () => void = () => undefined;

  constructor(worker: Worker) {
    this.worker = worker;
  }

  get engine(): Engine {
    return this.alive().engine;
  }

  get store(): SqliteStore {
    return this.alive().inner;
  }

  /** From this moment on nothing that the process asks for happens, and it learns of nothing. */
  kill(): void {
    this.deaths++;
    this.process?.watched.die();
    this.moved();
  }

  /** Stores what was read or asked for; with a cursor as a source does. */
  async accept(events: SourceEvent[], cursor?: Json): Promise<void> {
    await this.begun();
    await this.engine.accept(entry, events, cursor === undefined ? undefined : { source: node, value: cursor });
  }

  /** Where the source has got to. */
  async cursor(): Promise<Json | undefined> {
    await this.begun();
    return this.store.cursor(node);
  }

  /** Waits until each run has ended, however often the process dies meanwhile, and answers them all. */
  async ended(): Promise<Run[]> {
    for (;;) {
      const news = new Promise<void>((resolve) => (this.moved = resolve));
      await this.begun();
      if (this.storeFailure) throw this.storeFailure;
      const runs = await this.store.runs({ limit: 500 });
      if (runs.every(({ status }) => over.has(status))) return runs;
      if (!runs.some(({ status }) => status === 'ready' || status === 'running')) {
        const next = Math.min(...runs.flatMap(({ status, availableAt }) => (status === 'waiting' ? [availableAt] : [])));
        while (this.clock.now() < next && this.clock.step(next));
        machineClock.follow(this.clock);
        this.engine.wake();
      }
      await news;
    }
  }

  /** Waits until the process has died, and nobody begins another. */
  async killed(): Promise<void> {
    while (this.deaths === 0) await new Promise<void>((resolve) => (this.moved = resolve));
    await this.end();
  }

  /** Lets the pause pass that the policy has after a failure of a source. */
  pass(failure: Failure, attempt: number): void {
    const decided = verdict(failure, Math.min(attempt, 3), defaultPolicy, () => 0.5);
    this.clock.jump(decided.park ? 60_000 : decided.delayMs);
    machineClock.follow(this.clock);
  }

  async end(): Promise<void> {
    this.worker.end();
    this.process?.engine.pause();
    await this.process?.inner.close();
    this.process = undefined;
  }

  async remove(): Promise<void> {
    await this.end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The process lives: the first one, or the next after it was killed. */
  private async begun(): Promise<void> {
    if (this.deaths > this.buried) {
      this.buried = this.deaths;
      await this.end();
    }
    if (!this.process) await this.begin();
  }

  private alive() {
    if (!this.process) throw new Error('The process is not there.');
    return this.process;
  }

  private async begin(): Promise<void> {
    const file = join(this.folder, 'store.sqlite');
    if (!existsSync(file)) copyFileSync(await emptyStore(), file);
    const inner = new SqliteStore(file);
    const watched = watchStore(inner);
    const engine = new Engine({ store: watched.store, clock: this.clock, random: () => 0.5 });
    this.process = { engine, watched, inner };
    this.worker.begin();
    await engine.open();
    let together: ActiveRun[] = [];
    /** by id, with the token of the delivery */
    const delivered = new Map<string, number>();
    engine.register({
      ...entry,
      deliver: (active) => {
        this.deliveredAgain(active);
        delivered.set(active.run.id, active.run.token);
        active.enter(node, this.clock.now());
        active.working++;
        together.push(active);
        if (together.length > 1) return;
        void this.whenAllAreThere(inner, delivered).then((alive) => {
          const these = together;
          together = [];
          if (alive) this.perform(engine, these);
        });
      },
    });
    engine.on('ended', () => this.moved());
    engine.on('storeFailed', (failure) => {
      this.storeFailure = failure;
      this.moved();
    });
    engine.start();
  }

  /**
   * Whatever is due is one batch: on a busy machine the engine gives others a turn between two deliveries, and how many calls a batch takes is what is
   * held to. False: the process died meanwhile.
   */
  private async whenAllAreThere(store: SqliteStore, delivered: ReadonlyMap<string, number>): Promise<boolean> {
    const isMissing = ({ id, status, token, availableAt, event }: Run, _at: number, runs: readonly Run[]) =>
      (status === 'running' && delivered.get(id) !== token) ||
      (status === 'ready' &&
        availableAt <= this.clock.now() &&
        !runs.some((one) => one.status === 'running' && one.event.key === event.key));
    for (const { deaths } = this; ;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.deaths > deaths || this.process?.inner !== store) return false;
      if (!(await store.runs({ limit: 500 })).some(isMissing)) return true;
    }
  }

  private perform(engine: Engine, actives: ActiveRun[]): void {
    const deaths = this.deaths;
    const deliveries = actives.map((active) => ({ event: active.run.event, effects: engine.effectsFor(active, node, 'conformance') }));
    for (const [index, outcome] of this.worker.work(deliveries).entries()) {
      const active = actives[index]!;
      void outcome
        .catch((error: unknown) => {
          if (this.deaths === deaths) this.failed(active, Failure.from(error));
        })
        .finally(() => {
          if (this.deaths > deaths) return;
          active.working--;
          active.leave(node, this.clock.now());
        });
    }
  }

  /** As action nodes let the class of a failure decide. */
  private failed(active: ActiveRun, failure: Failure): void {
    if (active.over || failure.code === 'RUN_TAKEN_OVER') return;
    this.troubles.push({ event: active.run.event.id, failure, at: this.clock.now() });
    const decided = verdict(failure, active.run.attempts, active.policy, () => 0.5);
    if (decided.park) active.fail(decided.failure, node);
    else active.retryLater(failure, node);
  }

  private deliveredAgain({ run }: ActiveRun): void {
    const before = this.troubles.findLast(({ event }) => event === run.event.id);
    if (before) before.againAt ??= this.clock.now();
  }
}

const node = 'conformance';
const over: ReadonlySet<string> = new Set(['done', 'dead', 'cancelled']);
const entry = { id: 'in', flow: 'tab', policy: defaultPolicy };
