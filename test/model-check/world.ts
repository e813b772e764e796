import type { ActiveRun } from '../../engine/active-run.ts';
import type { Engine, Entry } from '../../engine/engine.ts';
import type { JournalLine } from '../../engine/journal.ts';
import { defaultPolicy, type RunPolicy } from '../../engine/retry-policy.ts';
import type { Effect, Instances, Run, Store } from '../../engine/store.ts';
import type { Json } from '../../model/json.ts';
import type { SourceEvent } from '../../model/operations.ts';
import { ModelFlow } from './flow.ts';
import { ModelSystem } from './model-system.ts';
import type { Scenario } from './scenario.ts';
import { type Choice, Steps, settled } from './steps.ts';

/** Is told what a process asks of its store: it is part of what the process knows. */
export interface StoreObserver {
  asked(label: string): void;
  answered(label: string, answer: unknown): void;
}

/** Where the runs live, through crashes. */
export interface StorePlace {
  /** a new process's store */
  connect(steps: Steps, owner: number, observer: StoreObserver): { store: Store; instances?: Instances };
  /** the process died: nothing more is committed */
  died(owner: number): void;
  view(): Promise<{ runs: Run[]; effects: Effect[]; cursor: Json | undefined }>;
  /** fencing token of a run at this moment */
  tokenOf?(run: string): number | undefined;
  journal(): Promise<JournalLine[]>;
  remove(): void;
}

/** The code under test: the engine as it is, or a mutant of it. */
export interface Subject {
  Engine: typeof Engine;
  place(scenario: Scenario): StorePlace;
}

interface Host {
  owner: number;
  engine: Engine;
}

const policy: RunPolicy = {
  ...defaultPolicy,
  maxAttempts: 3,
  firstDelayMs: 2_000,
  factor: 2,
  maxDelayMs: 8_000,
  stallAfterMs: 7_000,
  severity: 'normal',
};
const source = 'source';
const longestFreezeMs = 25_000;

/** One execution: the real engine between a store, a flow and a system whose every step the scheduler decides. */
export class World {
  readonly scenario: Scenario;
  readonly steps = new Steps();
  readonly system: ModelSystem;
  readonly place: StorePlace;
  hosts: Host[] = [];
  budget: number;
  /** deliveries of each event, and how many of them were cut short by a crash or given back */
  readonly deliveries = new Map<string, Set<number>>();
  readonly excused = new Map<string, Set<number>>();
  readonly givenBack = new Map<string, Set<number>>();
  private readonly eventOfRun = new Map<string, string>();
  crashes = 0;
  /** when the store last failed: the engine may wait a moment then */
  storeFailedAt = Number.NEGATIVE_INFINITY;
  /** what the process learned for each delivery and has not stored */
  private readonly notes = new Map<string, string[]>();
  private asked: string[] = [];
  private readonly subject: Subject;
  private processes = 0;
  private frozenAt = Number.POSITIVE_INFINITY;
  /** of the flows */
  revision = 0;

  constructor(subject: Subject, scenario: Scenario) {
    this.subject = subject;
    this.scenario = scenario;
    this.budget = scenario.budget;
    this.system = new ModelSystem(this.steps, scenario, ({ run, token }) => (this.place.tokenOf?.(run) ?? token) === token);
    this.place = subject.place(scenario);
    for (let count = 0; count < (scenario.instances ?? 1); count++) this.boot();
  }

  /** Everything that can happen next; the first is the ordinary course. */
  choices(): Choice[] {
    const choices = [...this.steps.choices(), ...this.lateChoices()];
    if (choices.length === 0) {
      const timer = this.steps.nextTimer();
      // everyone is thawed at last
      if (timer && this.steps.now - this.frozenAt < longestFreezeMs)
        choices.push({ label: 'time passes', cost: 0, take: () => this.pass() });
    } else if (this.can('slow') && this.steps.nextTimer() && !this.system.isFlying()) {
      // an answer is given up before the declared time is over
      choices.push({ label: 'time passes meanwhile', cost: 1, take: () => this.pass() });
    }
    return [...choices, ...this.faultChoices()].filter(({ cost }) => cost <= this.budget);
  }

  async take(choice: Choice): Promise<void> {
    this.budget -= choice.cost;
    choice.take();
    await settled();
  }

  /** A text that is equal for two states from which the same things can happen. */
  async summary(): Promise<string> {
    const { now } = this.steps;
    const { runs, effects, cursor } = await this.place.view();
    const disk = [
      runs.map((run) => [
        run.event.id,
        run.status,
        run.attempts,
        run.crashes,
        run.token,
        Math.max(0, run.availableAt - now),
        run.failure?.code,
      ]),
      effects.map((effect) => [effect.business, effect.node, effect.status, effect.intendedAt - now, (effect.finishedAt ?? now) - now]),
      cursor,
    ];
    const active = this.hosts.map(({ engine }) =>
      [...engine.active.values()].map((one) => {
        const { places, scheduled } = one as unknown as { places: Map<string, number>; scheduled: boolean };
        const flags = [one.interrupted, one.over, one.working, one.held, scheduled, now - one.movedAt];
        return [one.run.event.id, one.run.token, [...places], one.failed?.failure.code, one.retry?.failure.code, ...flags];
      }),
    );
    const process = this.hosts.map(({ engine }) => {
      const { running, dispatching, again, unsaved, looksForLost } = engine as unknown as Record<string, unknown>;
      return [running, dispatching, again, looksForLost, unsaved instanceof Map ? [...unsaved.keys()] : []];
    });
    const first = this.hosts[0]?.owner ?? 0;
    const waiting = [
      this.steps.pending.map((step) => [step.owner === 0 ? 0 : step.owner - first, step.label, now - step.since]),
      this.steps.turns.length,
      this.steps.timers.map((timer) => `${timer.owner - first} ${timer.at - now}`).sort(),
      [...this.steps.frozen].map((owner) => `${owner - first} ${now - this.frozenAt}`),
    ];
    return JSON.stringify([disk, active, process, waiting, [...this.notes], this.asked, this.system.summary(), this.budget]);
  }

  private can(fault: Scenario['faults'][number]): boolean {
    return this.budget > 0 && this.scenario.faults.includes(fault);
  }

  private lateChoices(): Choice[] {
    return this.system.late.map((request) => ({
      label: `the system carries out ${request.business} late`,
      cost: 0,
      take: () => this.system.carryOut(request),
    }));
  }

  private faultChoices(): Choice[] {
    return this.hosts.flatMap((host) => this.faultsOf(host));
  }

  private faultsOf(host: Host): Choice[] {
    const choices: Choice[] = [];
    if (this.steps.frozen.has(host.owner)) {
      return [{ label: `process ${host.owner} is thawed`, cost: 0, take: () => this.thaw(host) }];
    }
    if (this.can('freeze') && !this.system.isFlying(host.owner)) {
      const asks = this.steps.pending.some(({ owner, label }) => owner === host.owner && label.startsWith('look up'));
      if (!asks) choices.push({ label: `process ${host.owner} is frozen`, cost: 1, take: () => this.freeze(host) });
    }
    if (this.can('crash')) {
      const flying = this.system.isFlying(host.owner);
      choices.push({ label: 'crash', cost: 1, take: () => this.crash(host, 'lost') });
      if (flying) choices.push({ label: 'crash, what is on the wire is made', cost: 1, take: () => this.crash(host, 'made') });
      if (flying && this.scenario.faults.includes('late')) {
        choices.push({ label: 'crash, what is on the wire comes later', cost: 1, take: () => this.crash(host, 'late') });
      }
    }
    if (this.can('redeploy') && host.engine.isRunning) choices.push({ label: 'redeploy', cost: 1, take: () => this.redeploy(host) });
    for (const name of ['replay', 'cancel'] as const) {
      if (!this.can(name)) continue;
      choices.push({ label: `a person may ${name}`, cost: 1, take: () => this.act(host, name) });
    }
    return choices;
  }

  private freeze({ owner }: Host): void {
    this.steps.frozen.add(owner);
    this.frozenAt = this.steps.now;
  }

  private thaw({ owner }: Host): void {
    this.steps.frozen.delete(owner);
    if (this.steps.frozen.size === 0) this.frozenAt = Number.POSITIVE_INFINITY;
  }

  private pass(): void {
    const timer = this.steps.nextTimer();
    if (!timer) return;
    this.steps.now = Math.max(this.steps.now, timer.at);
    this.system.expire();
    this.steps.fire(timer);
  }

  private boot(): void {
    const owner = ++this.processes;
    this.steps.current = owner;
    if (this.hosts.length === 0) this.notes.clear();
    if (this.hosts.length === 0) this.asked = [];
    const { store, instances } = this.place.connect(this.steps, owner, {
      asked: (label) => this.asked.push(label),
      answered: (label, answer) => {
        this.asked = this.asked.filter((other) => other !== label);
        this.note(owner, `${label} ${answerOf(answer)}`, label);
      },
    });
    const engine = new this.subject.Engine({
      store: this.countingReleases(store),
      clock: this.steps.clockOf(owner),
      random: () => 0.5,
      ...(instances ? { instances } : {}),
      ...(this.scenario.concurrency ? { concurrency: this.scenario.concurrency } : {}),
    });
    this.hosts.push({ owner, engine });
    const flow = new ModelFlow(engine, this, owner, (what) => this.note(owner, what, what));
    const entry: Entry = { id: source, flow: 'tab', policy, deliver: (active) => this.delivered(active, flow) };
    engine.register(entry);
    engine.on('storeFailed', (failure) => {
      if (failure) this.storeFailedAt = this.steps.now;
    });
    // as the pack does it: a store that does not open is tried again
    const open = (): void => {
      engine.open().then(
        () => {
          engine.start();
          void this.arrive(engine, entry);
        },
        () => engine.clock.after(10_000, open),
      );
    };
    open();
  }

  /** The events come in: all at once, or page by page with the cursor stored. */
  private async arrive(engine: Engine, entry: Entry): Promise<void> {
    const events = this.scenario.events.map(({ id, key }) => eventOf(id, key));
    for (;;) {
      try {
        const at = this.scenario.polled ? Number((await engine.store.cursor(source)) ?? 0) : 0;
        if (this.scenario.polled && at >= events.length) return;
        const from = this.scenario.polled === 'overlapping' ? Math.max(0, at - 1) : at;
        const page = this.scenario.polled ? events.slice(from, at + 1) : events;
        const lease = engine.instances ? await engine.instances.lease(source) : undefined;
        if (engine.instances && lease === undefined) {
          if ((await engine.store.cursor(source)) === events.length) return;
          await new Promise<void>((resolve) => engine.clock.after(5_000, resolve));
          continue;
        }
        const value = this.scenario.polled ? at + 1 : events.length;
        await engine.accept(entry, page, { source, value, ...(lease === undefined ? {} : { lease }) });
        if (!this.scenario.polled) return;
      } catch {
        await new Promise<void>((resolve) => engine.clock.after(1_000, resolve));
      }
    }
  }

  private delivered(active: ActiveRun, flow: ModelFlow): void {
    const event = active.run.event.id;
    if (active.run.availableAt > this.steps.now) this.system.complaints.push(`${event} was delivered before it was due`);
    add(this.deliveries, active.run);
    this.eventOfRun.set(active.id, event);
    flow.deliver(active);
  }

  /** A delivery that was given back was cut short and is no attempt: as the store says, not as the engine meant it. */
  private countingReleases(store: Store): Store {
    return new Proxy(store, {
      get: (target, name) => {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        if (name !== 'release') return method.bind(target);
        return async (id: string, token: number, now: number) => {
          const released = await target.release(id, token, now);
          const run = { token, event: { id: this.eventOfRun.get(id) ?? '' } };
          if (released) for (const tokens of [this.excused, this.givenBack]) add(tokens, run);
          return released;
        };
      },
    });
  }

  private crash(host: Host, fate: 'lost' | 'made' | 'late'): void {
    this.crashes++;
    this.hosts = this.hosts.filter((other) => other !== host);
    for (const active of host.engine.active.values()) add(this.excused, active.run);
    host.engine.removeAllListeners();
    this.steps.drop(host.owner);
    this.system.senderDied(host.owner, fate);
    this.place.died(host.owner);
    this.boot();
  }

  /** As the pack does it: deliver nothing new, mark what loses messages, close the nodes, give back, go on. */
  private redeploy({ owner, engine }: Host): void {
    engine.pause();
    this.revision++;
    for (const active of engine.active.values()) active.interrupted = true;
    const closed = () => {
      engine
        .release((active) => active.interrupted)
        .then(
          () => engine.start(),
          () => engine.start(),
        );
    };
    this.steps.add(owner, 'nodes', [{ name: 'closed', take: closed }]);
  }

  private act({ engine, owner }: Host, name: 'replay' | 'cancel'): void {
    const act = { actor: 'ana', reason: 'mended' };
    this.steps.current = owner;
    void this.place.view().then(async ({ runs }) => {
      const from = name === 'replay' ? ['dead'] : ['ready', 'waiting'];
      const run = runs.find(({ status }) => from.includes(status));
      if (!run) return;
      if (name === 'replay') for (const counts of [this.deliveries, this.excused, this.givenBack]) counts.delete(run.event.id);
      await engine.store[name](run.id, act, this.steps.now);
      engine.wake();
    });
  }

  private note(owner: number, what: string, about: string): void {
    if (!this.hosts.some((host) => host.owner === owner)) return;
    const found = /\S+#\d/.exec(about)?.[0];
    const business = `${owner} ${found}`;
    if (found) this.notes.set(business, [...(this.notes.get(business) ?? []).slice(-12), what]);
  }
}

function add(tokens: Map<string, Set<number>>, { event, token }: { event: { id: string }; token: number }): void {
  tokens.set(event.id, (tokens.get(event.id) ?? new Set()).add(token));
}

const eventOf = (id: string, key: string): SourceEvent => ({
  id,
  source: '/model',
  type: 'com.psconnect.model.happened',
  subject: id,
  time: '2026-01-01T00:00:00Z',
  key,
  data: {},
});

function answerOf(answer: unknown): string {
  if (!answer || typeof answer !== 'object') return String(answer);
  const { status, attempts } = answer as { status?: string; attempts?: number };
  return `${status} ${attempts}`;
}
