import { EventEmitter } from 'node:events';
import { Failure, failureClasses } from '../model/failure.ts';
import type { Json } from '../model/json.ts';
import type { Effects, SourceEvent } from '../model/operations.ts';
import { ActiveRun } from './active-run.ts';
import type { Clock } from './clock.ts';
import { InstanceWatch } from './instance-watch.ts';
import { Compensation } from './compensation.ts';
import { Conclusions } from './conclusions.ts';
import { deadlineFailure, deadlineOf } from './deadline.ts';
import { Endings } from './endings.ts';
import type { EngineEvents, EngineOptions, Entry, WriteMade } from './engine-contract.ts';
import { overtakenFailure } from './overtaken.ts';
import { Moments } from './moments.ts';
import { nextRuns } from './next-runs.ts';
import { defaultPolicy } from './retry-policy.ts';
import { mayBeHeld, Room } from './room.ts';
import { RunEffects, type WritesUnderWay } from './run-effects.ts';
import { secretFreeStore } from './secret-free-store.ts';
import { isStalled, stalledFailure } from './stall.ts';
import { StoreHealth } from './store-health.ts';
import { pauses } from './turns.ts';
import { crashedFailure, guiltyAfter, isSuspect, Suspects } from './suspects.ts';
import { acceptPage } from './accept-page.ts';
import { acceptable } from './acceptable.ts';
import type { Act } from './store/act.ts';
import type { Instances } from './store/instances.ts';
import type { Opened } from './store/life.ts';
import type { Store } from './store.ts';
import type { Run, RunId } from './store/runs.ts';

export type { EngineEvents, EngineOptions, Entry };
type Ended = EngineEvents['ended'][1];

/** Delivers stored runs to their flows, counts them through, and decides what becomes of each. Knows no system and no Node-RED. */
export class Engine extends EventEmitter<EngineEvents> {
  readonly store: Store;
  /** absent when the store belongs to this process alone */
  readonly instances: Instances | undefined;
  /** the clock that all instances over the store agree on */
  readonly clock: Clock;
  readonly active = new Map<RunId, ActiveRun>();
  revision = '';
  private readonly entries = new Map<string, Entry>();
  private readonly underWay: WritesUnderWay = new Map();
  private readonly limits: ConstructorParameters<typeof Room>[1];
  private running = false;
  private dispatching = false;
  private again = false;
  private cancelTimer: (() => void) | undefined;
  private cancelStallCheck: (() => void) | undefined;
  private readonly endings = new Endings();
  private readonly health = new StoreHealth((failure) => this.storeTold(failure));
  private readonly watch: InstanceWatch;
  /** nodes tell it how to take back what they wrote */
  readonly compensation: Compensation;
  private readonly conclusions: Conclusions;
  /** how often to look for runs that the store gave to this instance in an answer that was lost */
  private looksForLost = 0;
  private readonly suspects: Suspects;
  private readonly moments: Moments;

  constructor(options: EngineOptions) {
    super();
    this.setMaxListeners(0); // each dead-letter node listens
    this.store = secretFreeStore(options.store);
    this.instances = options.instances;
    this.watch = new InstanceWatch(options.instances, options.clock, {
      lost: () => this.abandon(),
      beat: (runs, suspects) => this.reached(runs, suspects),
      failed: (error) => this.health.troubled(error),
      wake: () => this.wake(),
    });
    this.clock = this.watch.clock;
    this.moments = new Moments(this.clock);
    this.compensation = new Compensation({
      store: this.store,
      clock: this.clock,
      underWay: this.underWay,
      effectsFor: (active, node, system) => this.effectsFor(active, node, system),
    });
    this.conclusions = new Conclusions({
      store: this.store,
      clock: this.clock,
      compensation: this.compensation,
      random: options.random ?? Math.random,
      finish: (active, recent, store, status) => this.finish(active, recent, store, status),
    });
    this.suspects = new Suspects({
      clock: this.clock,
      active: () => this.active.values(),
      claim: (limit) => this.claim([...this.entries.keys()], limit, { suspects: true }),
      begin: (run) => this.begin(run),
      failed: (error) => this.health.troubled(error),
    });
    this.limits = { concurrency: options.concurrency ?? 64, maxActive: options.maxActive ?? 3_000 };
  }

  async open(): Promise<Opened> {
    const opened = await this.store.open(this.clock.now());
    this.suspects.seen(opened.suspects);
    await this.watch.start();
    return opened;
  }

  /** Begins to deliver. */
  start(): void {
    if (this.running) return;
    this.running = true;
    this.watchForStalls();
    this.suspects.look();
    this.wake();
  }

  /** Delivers nothing more; what is under way goes on. */
  pause(): void {
    this.running = false;
    this.cancelTimer?.();
    this.cancelStallCheck?.();
    this.suspects.stop();
    this.cancelTimer = undefined;
    this.cancelStallCheck = undefined;
  }

  /** why the store does not work; undefined while it does */
  get storeFailure(): Failure | undefined {
    return this.health.failure;
  }

  get isRunning(): boolean {
    return this.running;
  }

  /** Instances alive on the store, this one included. */
  get instancesAlive(): number {
    return this.watch.alive;
  }

  register(entry: Entry): void {
    this.entries.set(entry.id, entry);
    if (!this.running) return;
    this.suspects.look();
    this.wake();
  }

  /** Whether there is a node here at which such runs enter the flow. */
  delivers(entry: string): boolean {
    return this.entries.has(entry);
  }

  unregister(id: string): void {
    this.entries.delete(id);
  }

  /**
   * Stores events as runs, with the source's cursor; resolves when they are on disk. Rejects with `DATA_NOT_STORABLE` when one of them cannot be stored; with a
   * cursor, such a one is a dead letter (engine/acceptable.ts). `looked`: their data has just been looked through.
   */
  async accept(
    entry: Pick<Entry, 'id' | 'flow' | 'policy'>,
    events: SourceEvent[],
    cursor?: { source: string; value: Json; lease?: number },
    { here = false, looked = false } = {},
  ): Promise<{ accepted: RunId[]; duplicates: number }> {
    const { id, flow, policy } = entry;
    const optional = { ...(cursor ? { cursor } : {}), ...(here ? { here } : {}) };
    const storable = acceptable(events, { read: cursor !== undefined, looked });
    const given = { entry: id, flow, severity: policy.severity, events: Array.isArray(storable) ? storable : await storable };
    const accepted = acceptPage(this.store, { ...given, ...optional, now: this.clock.now() });
    const result = await this.health.guard(accepted);
    if (result.accepted.length > 0) {
      this.emit('accepted', result.accepted, entry.id);
      this.wake();
    }
    return result;
  }

  /** The delivery that a message belongs to: its run, if it is under way with the same token. */
  find(run: RunId, token: number): ActiveRun | undefined {
    const active = this.active.get(run);
    return active && !active.over && active.run.token === token ? active : undefined;
  }

  /** How a run that is not under way ended lately in this process. */
  endedLately(run: RunId): 'done' | 'over' | undefined {
    return this.endings.lately(run);
  }

  /** The same of a delivery that nobody here remembers, as the store has it: others ended since, or it was another process. */
  async wasGivenBack({ run, token }: { run: RunId; token: number }): Promise<boolean> {
    const known = await this.store.run(run);
    return known !== undefined && (known.token !== token || (known.status !== 'running' && known.status !== 'done'));
  }

  /** `turn` resolves when the next write may be sent. */
  effectsFor(active: ActiveRun, node: string, system: string, turn?: () => Promise<void>): Effects {
    const wrote = (write: WriteMade) => this.emit('wrote', write);
    return new RunEffects({ store: this.store, clock: this.clock, underWay: this.underWay, turn, wrote }, active, node, system);
  }

  /** Ends an open run for good; what its delivery still says or writes is refused. False = it has ended already. */
  async cancel(run: RunId, act: Act): Promise<boolean> {
    if (!(await this.store.cancel(run, act, this.clock.now()))) return false;
    const active = this.active.get(run);
    if (active && !active.over) this.drop(active, 'cancelled');
    this.wake();
    return true;
  }

  /** The run waits in a batch, which makes room for the next. */
  hold(active: ActiveRun): void {
    active.held++;
    this.suspects.look(0);
    this.wake();
  }

  /** Whether another run may be held until a time that lies far ahead; else it is to be suspended until then. */
  get mayHold(): boolean {
    return mayBeHeld(this.active.values(), this.limits.maxActive);
  }

  /** Looks for runs to deliver, now. */
  wake(): void {
    if (!this.running) return;
    if (this.dispatching) {
      this.again = true;
      return;
    }
    this.dispatching = true;
    void this.dispatch()
      .catch((error) => this.health.troubled(error))
      .finally(() => {
        this.dispatching = false;
        if (!this.again) return;
        this.again = false;
        this.wake();
      });
  }

  /** Gives back every delivery that `chosen` picks: the run is ready again and its late messages and writes are refused. */
  async release(chosen: (active: ActiveRun) => boolean = () => true): Promise<number> {
    const given = [...this.active.values()].filter(chosen);
    await Promise.all(
      given.map((active) => this.finish(active, 'over', () => this.store.release(active.id, active.run.token, this.clock.now()), 'ready')),
    );
    return given.length;
  }

  async close(): Promise<void> {
    this.pause();
    this.watch.stop();
    await this.release().catch(() => undefined); // the store may be what failed; open() recovers the runs
    await this.store.close();
  }

  private async dispatch(): Promise<void> {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
    if (this.storeFailure) await this.health.guard(this.store.touch());
    await this.endings.save((work) => this.health.guard(work));
    await this.findLost();
    await this.mindClock();
    const entries = [...this.entries.keys()];
    for (;;) {
      const room = new Room(this.active.values(), this.limits);
      if (room.isFull || !this.running) return; // each conclusion wakes
      const now = this.clock.now();
      const runs = await nextRuns(
        {
          entries: this.entries.values(),
          active: this.active.values(),
          partOf: (concurrency) => this.watch.partOf(concurrency),
          limits: this.limits,
          claim: (of, limit, upTo) => this.claim(of, limit, { now, ...(upTo === undefined ? {} : { upTo }) }),
        },
        room,
      );
      const pause = pauses(1); // large events take their time to be copied and looked through: others have their turns in between
      for (const run of runs) {
        this.begin(run);
        const turn = pause();
        if (turn) await turn;
      }
      if (room.isFull) continue;
      // asked with the moment of that claim: what has become due since is found, and delivered at once
      const due = await this.store.nextDue(entries, now);
      if (due === undefined || !this.running) return;
      const delay = Math.max(0, Math.min(due - this.clock.now(), 60_000));
      this.cancelTimer = this.clock.after(delay, () => this.wake());
      return;
    }
  }

  private claim(
    entries: string[],
    limit: number,
    { now = this.clock.now(), ...rest }: { now?: number; upTo?: number; suspects?: true } = {},
  ) {
    return this.health.guard(this.store.claim({ entries, limit, now, revision: this.revision, ...rest }));
  }

  private begin(run: Run): void {
    const entry = this.entries.get(run.entry);
    const now = this.clock.now();
    const active = new ActiveRun(run, entry?.policy ?? defaultPolicy, now, (concluded) => void this.conclusions.conclude(concluded));
    active.reads = entry?.reads?.(run) ?? false;
    this.active.set(run.id, active);
    active.enter(run.entry, now);
    if (!entry || !this.running) {
      active.interrupted = true;
    } else if (run.overtakenBy) {
      active.overtaken = overtakenFailure(run);
    } else if (run.crashes >= guiltyAfter) {
      active.fail(crashedFailure(run), run.entry);
    } else if (run.event.refused) {
      active.fail(new Failure(run.event.refused), run.entry);
    } else if (now >= deadlineOf(run, active.policy)) {
      active.fail(deadlineFailure(run), run.entry);
    } else if (run.compensating) {
      void this.compensation.deliver(active);
    } else {
      this.emit('delivered', active);
      try {
        entry.deliver(active);
      } catch (error) {
        active.fail(Failure.from(error), run.entry);
      }
    }
    active.leave(run.entry, this.clock.now());
  }

  private async finish(
    active: ActiveRun,
    recent: 'done' | 'over',
    store: () => Promise<boolean>,
    status: Ended | (() => Ended),
  ): Promise<void> {
    const ended = () => this.emit('ended', active.run, typeof status === 'function' ? status() : status);
    active.over = true;
    this.endings.remember(active.id, recent);
    if (active.size > 0) this.emit('cutShort', active);
    try {
      if (!(await this.health.guard(store()))) {
        this.endings.remember(active.id, 'over'); // another instance has it
        status = 'ready';
      }
    } catch (error) {
      this.endings.keep(active.id, store, ended);
      this.health.troubled(error);
      return; // still `running` on disk: told again when the store works, or recovered at the next open
    } finally {
      if (this.active.get(active.id) === active) this.active.delete(active.id);
    }
    ended();
    if (isSuspect(active.run)) this.suspects.look(0); // the next one
    this.wake();
  }

  /** What the store gave to this instance without its knowing is ready again; a commit may come late, so more than once. */
  private async findLost(): Promise<void> {
    if (this.looksForLost === 0) return;
    await this.health.guard(this.instances?.reclaim([...this.active.keys()], this.clock.now()) ?? Promise.resolve(0));
    this.looksForLost--;
  }

  /** What was put off by a clock that was ahead, and has been set right since, is due now: nobody waits for longer than the pause itself. */
  private async mindClock(): Promise<void> {
    if (!this.moments.wentBack()) return;
    const now = this.moments.begin();
    for (const active of this.active.values()) active.movedAt = Math.min(active.movedAt, now);
    await this.health.guard(this.store.hasten([...failureClasses], now));
  }

  /** This instance was silent for longer than its lease: others have its runs, and whatever is still said here is refused. */
  private abandon(): void {
    for (const active of this.active.values()) this.drop(active, 'ready');
    this.looksForLost = 1;
  }

  /** Somebody else has decided what becomes of the run: whatever still comes of this delivery is late. */
  private drop(active: ActiveRun, status: 'ready' | 'cancelled'): void {
    active.over = true;
    this.endings.remember(active.id, 'over');
    this.active.delete(active.id);
    if (active.size > 0) this.emit('cutShort', active);
    this.emit('ended', active.run, status);
  }

  private reached(takenOver: number, suspects: boolean): void {
    this.health.worksAgain();
    this.suspects.seen(suspects);
    if (this.running) this.suspects.look();
    if (takenOver > 0) this.emit('takenOver', takenOver);
    this.wake();
  }

  private watchForStalls(): void {
    this.cancelStallCheck = this.clock.after(5_000, () => {
      const now = this.clock.now();
      for (const active of this.active.values()) {
        if (!isStalled(active, now)) continue;
        active.fail(stalledFailure(active, now), active.at()[0]);
        void this.conclusions.conclude(active);
      }
      if (!this.running) return;
      this.watchForStalls();
      if (this.moments.wentBack()) this.wake();
    });
  }

  private storeTold(failure: Failure | undefined): void {
    if (failure) this.looksForLost = 3;
    this.emit('storeFailed', failure);
    if (!failure) return;
    this.cancelTimer?.();
    this.cancelTimer = this.clock.after(5_000, () => this.wake());
  }
}
