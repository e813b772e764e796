import type { ActiveRun } from '../../engine/active-run.ts';
import type { Approval } from '../../engine/store/approvals.ts';
import type { Approvals } from '../../engine/approvals.ts';
import type { Engine, Entry } from '../../engine/engine.ts';
import { defaultPolicy, type RunPolicy } from '../../engine/retry-policy.ts';
import { answerText } from './call-text.ts';
import { processText, storeText } from './fingerprint.ts';
import { ModelFlow, type Surroundings } from './flow.ts';
import { Ledger } from './ledger.ts';
import { type Deed, ModelSystem, type Sender } from './model-system.ts';
import { Notes } from './notes.ts';
import { Persons } from './persons.ts';
import { personsActs, type Scenario } from './scenario.ts';
import { arrive, source } from './source.ts';
import type { StoreCall, StorePlace, StoreView } from './store-place.ts';
import { type Choice, Steps, settled } from './steps.ts';

/** The code under test: the engine as it is, or a mutant of it. */
export interface Subject {
  Engine: typeof Engine;
  Approvals: typeof Approvals;
  place(scenario: Scenario): StorePlace;
}

interface Host {
  owner: number;
  engine: Engine;
  notes: Notes;
}

const ordinary: RunPolicy = {
  ...defaultPolicy,
  maxAttempts: 3,
  firstDelayMs: 2_000,
  factor: 2,
  maxDelayMs: 8_000,
  stallAfterMs: 7_000,
  severity: 'normal',
};
const longestFreezeMs = 25_000;

/** One execution: the real engine between a store, a flow and a system whose every step the scheduler decides. */
export class World implements Surroundings {
  readonly scenario: Scenario;
  readonly steps = new Steps();
  readonly system: ModelSystem;
  readonly place: StorePlace;
  readonly ledger: Ledger;
  readonly facts = new Set<string>();
  readonly policy: RunPolicy;
  hosts: Host[] = [];
  budget: number;
  /** when the store last failed: the engine may wait a moment then */
  storeFailedAt = Number.NEGATIVE_INFINITY;
  /** of the flows */
  revision = 0;
  /** what the store has now */
  view: StoreView = { runs: [], effects: [], approvals: [], nudged: [], cursor: undefined };
  private readonly persons: Persons;
  private readonly names = new Map<string, string>();
  /** calls to the store that were not answered yet, where they are no steps of their own */
  private asked: { label: string; times: number[] }[] = [];
  private readonly subject: Subject;
  private processes = 0;
  private frozenAt = Number.POSITIVE_INFINITY;
  /** processes that are up and have not read their source yet, where the events come only when all are */
  private readers: { owner: number; read: () => void }[] = [];

  constructor(subject: Subject, scenario: Scenario) {
    this.subject = subject;
    this.scenario = scenario;
    this.budget = scenario.budget;
    this.policy = { ...ordinary, ...scenario.policy };
    this.ledger = new Ledger(scenario);
    this.system = new ModelSystem(
      this.steps,
      scenario,
      ({ run, token }) => (this.place.tokenOf?.(run) ?? token) === token,
      (deed, business, sender) => this.outOfTurn(deed, business, sender),
    );
    this.place = subject.place(scenario);
    this.persons = new Persons({ steps: this.steps, system: this.system, ledger: this.ledger, view: () => this.view, facts: this.facts });
    for (let count = 0; count < (scenario.instances ?? 1); count++) this.boot();
  }

  /** Everything until the events come in, without a choice. */
  async begin(): Promise<void> {
    await settled();
    while (this.scenario.begins === 'running' && this.steps.choices().length > 0) await this.take(this.steps.choices()[0] as Choice);
    this.readers[0]?.read();
    await settled();
    await this.look();
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
    return [...choices, ...this.hosts.flatMap((host) => this.faultsOf(host))].filter(({ cost }) => cost <= this.budget);
  }

  async take(choice: Choice): Promise<void> {
    this.budget -= choice.cost;
    choice.take();
    await settled();
    await this.look();
  }

  /** A text that is equal for two states from which the same things can happen. */
  summary(): string {
    const { steps, hosts } = this;
    const { now } = steps;
    // processes that are alike may change places
    const processes = hosts
      .map((host) => JSON.stringify([processText(host, steps, this.frozenAt), this.place.knownOf?.(host.owner)]))
      .sort();
    const outside = steps.pending.filter(({ owner }) => owner === 0).map(({ label }) => label);
    const asked = this.asked.map(({ label, times }) => [label, times.map((time) => time - now)]);
    const dead = this.place.knownOfDead?.() ?? null;
    const storeTrouble = Math.min(5_000, now - this.storeFailedAt);
    return JSON.stringify([
      storeText(this.view, now, this.policy.deadlineMs > 0 || this.scenario.waits?.ms !== undefined),
      ...[
        processes,
        dead,
        outside,
        asked,
        [...this.facts],
        this.ledger.summary((id) => this.nameOf(id)),
        this.system.summary(),
        storeTrouble,
        this.budget,
      ],
    ]);
  }

  answered(event: string, approval: Approval): void {
    this.ledger.answered(event, approval);
  }

  die(owner: number): void {
    const host = this.hosts.find((one) => one.owner === owner);
    if (!host) return;
    this.ledger.crashesByMessage++;
    this.crash(host, 'lost');
  }

  /** What everyone can see by now, and what no process can know any more. */
  private async look(): Promise<void> {
    const { runs, effects, approvals } = (this.view = await this.place.view());
    for (const { id, event } of runs) this.names.set(id, event.id);
    for (const { key, node, business } of effects) this.names.set(key, `${node}/${business}`);
    for (const { id, run } of approvals) this.names.set(id, `question of ${this.names.get(run)}`);
    this.ledger.see(runs);
    for (const { owner, engine, notes } of this.hosts) {
      const { underWay, endings } = engine as unknown as { underWay: Map<string, unknown>; endings: { unsaved: Map<string, unknown> } };
      const known = new Set([...engine.active.keys(), ...endings.unsaved.keys()].map((id) => this.names.get(id)));
      for (const effect of effects) if (underWay.has(effect.key)) known.add(this.names.get(effect.run));
      const waiting = this.steps.pending.filter((step) => step.owner === owner).map(({ label }) => label);
      notes.forget((about) => {
        const event = eventIn(about);
        return !known.has(event) && !waiting.some((label) => label.includes(event));
      });
    }
  }

  /** What an id stands for; what is not committed yet has a new one in each execution. */
  private nameOf(id: string): string {
    return this.names.get(id) ?? (id.length > 30 ? 'new' : id);
  }

  private can(fault: Scenario['faults'][number]): boolean {
    return this.budget > 0 && this.scenario.faults.includes(fault);
  }

  private lateChoices(): Choice[] {
    return this.system.late.map((request) => ({
      label: `the system carries out ${request.deed === 'undo' ? 'the undo of ' : ''}${request.business} late`,
      cost: 0,
      take: () => this.system.carryOut(request),
    }));
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
    for (const [fault, word, again] of [
      ['crash', 'crash', true],
      ['dies', 'death', false],
    ] as const) {
      if (!this.can(fault) || (!again && this.hosts.length === 1)) continue;
      const flying = this.system.isFlying(host.owner);
      choices.push({ label: word, cost: 1, take: () => this.crash(host, 'lost', again) });
      if (flying) choices.push({ label: `${word}, what is on the wire is made`, cost: 1, take: () => this.crash(host, 'made', again) });
      if (flying && this.scenario.faults.includes('late')) {
        choices.push({ label: `${word}, what is on the wire comes later`, cost: 1, take: () => this.crash(host, 'late', again) });
      }
    }
    if (this.can('redeploy') && host.engine.isRunning) choices.push({ label: 'redeploy', cost: 1, take: () => this.redeploy(host) });
    for (const name of personsActs) if (this.can(name)) choices.push(...this.persons.choices(name, host));
    return choices;
  }

  private freeze({ owner }: Host): void {
    this.steps.frozen.add(owner);
    this.frozenAt = this.steps.now;
    this.ledger.freezes++;
    this.ledger.died(owner);
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
    if (this.hosts.length === 0) this.asked = [];
    const notes = new Notes();
    const { store, instances } = this.place.connect(this.steps, owner, {
      nameOf: (id) => this.nameOf(id),
      asked: (label, times) => this.asked.push({ label, times }),
      answered: (call, answer) => this.committed(owner, notes, call, answer),
    });
    const engine = new this.subject.Engine({
      store,
      clock: this.steps.clockOf(owner),
      random: () => 0.5,
      ...(instances ? { instances } : {}),
      ...(this.scenario.concurrency ? { concurrency: this.scenario.concurrency } : {}),
    });
    this.hosts.push({ owner, engine, notes });
    const escalate = ({ title }: Approval) => this.ledger.tell(title);
    const approvals = new this.subject.Approvals({ store, clock: engine.clock, escalate });
    const noted = (what: string) => this.note(notes, what, []);
    const flow = new ModelFlow({ engine, approvals, world: this, owner, noted });
    const deliver = (active: ActiveRun) => {
      this.ledger.delivered(active.run, this.steps.now);
      flow.deliver(active);
    };
    const entry: Entry = { id: source, flow: 'tab', policy: this.policy, deliver, reads: () => this.scenario.reads ?? false };
    engine.register(entry);
    engine.on('storeFailed', (failure) => {
      if (failure) this.storeFailedAt = this.steps.now;
    });
    // as the pack does it: a store that does not open is tried again
    const open = (): void => {
      engine.open().then(
        () => {
          engine.start();
          const read = () => void arrive(engine, entry, this.scenario);
          if (this.scenario.begins === 'running' && owner <= (this.scenario.instances ?? 1)) this.readers.push({ owner, read });
          else read();
        },
        () => engine.clock.after(10_000, open),
      );
    };
    open();
  }

  private committed(owner: number, notes: Notes, call: StoreCall, answer: unknown): void {
    const { label } = call;
    this.asked = this.asked.filter((other) => other.label !== label);
    this.ledger.learn(owner, call, answer);
    const { text, times } = answerText(answer, (id) => this.nameOf(id));
    this.note(notes, `${label}: ${text}`, times);
  }

  private note(notes: Notes, what: string, times: number[]): void {
    const about = /\w+#\d/.exec(what)?.[0] ?? this.scenario.events.find(({ id }) => what.split(' ').includes(id))?.id;
    if (about) notes.add(about, what, times);
  }

  private crash(host: Host, fate: 'lost' | 'made' | 'late', again = true): void {
    this.ledger.crashes++;
    this.ledger.died(host.owner);
    this.hosts = this.hosts.filter((other) => other !== host);
    for (const active of host.engine.active.values()) this.ledger.cutShort(active.run);
    host.engine.removeAllListeners();
    this.steps.drop(host.owner);
    this.system.senderDied(host.owner, fate);
    this.place.died(host.owner);
    this.readers = this.readers.filter(({ owner }) => owner !== host.owner);
    if (again) this.boot();
    else if (this.view.runs.length === 0) this.readers[0]?.read();
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

  /** A request that must not be sent as things stand. */
  private outOfTurn(deed: Deed, business: string, { event }: Sender): string | undefined {
    const { asks, shape, undo } = this.scenario;
    const { sent } = this.system;
    const begun = sent.some((request) => request.event === event && request.deed === 'undo');
    if (deed === 'make' && begun) return `${business} was sent while ${event} was being undone`;
    const n = numberOf(business);
    if (deed === 'make' && asks && n > asks.after) {
      const { status } = [...this.ledger.decisions].find(([id]) => this.names.get(id) === `question of ${event}`)?.[1] ?? {};
      if (status !== 'approved') return `${business} was sent and the answer to ${event} is ${status ?? 'open'}`;
    }
    const newer =
      deed === 'make' ? this.newerOf(event).find((other) => this.writesOf(other).some((name) => this.system.stands(name))) : undefined;
    if (newer) return `${business} was sent although the newer ${newer} stands`;
    if (deed === 'undo' && undo?.nothingLeft?.includes(n)) return `${business} left nothing behind and was to be undone`;
    if (deed === 'undo' && shape !== 'fan' && shape !== 'careless') {
      const later = [...this.system.created.keys()].find((other) => eventIn(other) === event && numberOf(other) > n && this.mustGo(other));
      if (later) return `${business} was to be undone before ${later}`;
    }
    return undefined;
  }

  /** Events that tell of a newer version of the same record: of two of the same version the later one. */
  newerOf(event: string): string[] {
    const { events } = this.scenario;
    const place = events.findIndex(({ id }) => id === event);
    const { key: mine, version: at = Infinity } = events[place] ?? {};
    const newer = ({ key, version = 0 }: Scenario['events'][number], index: number) =>
      key === mine && (version > at || (version === at && index > place));
    return events.filter(newer).map(({ id }) => id);
  }

  private writesOf(event: string): string[] {
    return [...this.system.created.keys()].filter((business) => eventIn(business) === event);
  }

  /** Whether a record is one of those that an undone run takes back. */
  mustGo(business: string): boolean {
    const { byHand, undo } = this.scenario;
    return this.system.stands(business) && !byHand?.includes(business) && !undo?.nothingLeft?.includes(numberOf(business));
  }
}

const eventIn = (business: string) => business.split('#')[0] as string;
const numberOf = (business: string) => Number(business.split('#')[1]);
