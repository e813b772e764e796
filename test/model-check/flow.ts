import type { ActiveRun } from '../../engine/active-run.ts';
import type { Approval } from '../../engine/store/approvals.ts';
import type { Approvals } from '../../engine/approvals.ts';
import { undoPaused } from '../../engine/compensation.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Effect } from '../../engine/store/effects.ts';
import { Failure } from '../../model/failure.ts';
import type { Json } from '../../model/json.ts';
import type { Effects } from '../../model/operations.ts';
import { failRun } from '../../runtime/action-node.ts';
import type { PackNode } from '../../runtime/pack-node.ts';
import { type Deed, type ModelSystem, nameOf, type Sender } from './model-system.ts';
import { businessOf, nodesOf, type Scenario } from './scenario.ts';
import type { Steps } from './steps.ts';

/** What the flow's nodes find around them. */
export interface Surroundings {
  readonly scenario: Scenario;
  readonly system: ModelSystem;
  readonly steps: Steps;
  /** of the flows: a message to a node of the flows before is lost */
  readonly revision: number;
  /** events for which what their runs wait for has come */
  readonly facts: Set<string>;
  /** the answer that a node was given to its question */
  answered(event: string, approval: Approval): void;
  /** the message of this event makes the process die */
  die(owner: number): void;
}

interface Ports {
  engine: Engine;
  approvals: Approvals;
  world: Surroundings;
  owner: number;
  /** a write was asked for or answered: part of what a process knows and has not stored */
  noted(what: string): void;
}

/** The nodes of the scenario's flow, as the run tracking shows them to the engine: enter, write, send on, leave. */
export class ModelFlow {
  private readonly engine: Engine;
  private readonly ports: Ports;
  private readonly world: Surroundings;
  private readonly scenario: Scenario;

  constructor(ports: Ports) {
    this.ports = ports;
    this.engine = ports.engine;
    this.world = ports.world;
    this.scenario = ports.world.scenario;
    for (const node of nodesOf(this.scenario)) {
      this.engine.compensation.register(node, (effect, { active, effects }) => this.undo(effect, active, effects));
    }
  }

  deliver(active: ActiveRun): void {
    const numbers = Array.from({ length: this.scenario.writes }, (_, index) => index + 1);
    if (this.scenario.deadly?.event === active.run.event.id) {
      this.deadly(active, numbers);
      return;
    }
    switch (this.scenario.shape) {
      case 'chain':
        this.node(active, 'node', () => this.chain(active, numbers));
        break;
      case 'nodes':
        this.line(active, numbers);
        break;
      case 'fan':
        for (const n of numbers) this.writer(active, `node ${n}`, [n]);
        break;
      case 'same':
        for (const _ of [1, 2, 3]) this.writer(active, 'node', [1]);
        break;
      case 'careless':
        this.node(active, 'node', () => this.chain(active, numbers.slice(1)));
        this.careless(active, numbers.slice(0, 1));
        break;
      case 'swallow':
        this.writer(active, 'node', numbers, () => active.enter('swallower', this.now));
        break;
    }
  }

  /** Writes, perhaps with a wait or a question in between, and perhaps a refusal at the end. */
  private async chain(active: ActiveRun, numbers: number[]): Promise<void> {
    const { waits, asks, fails } = this.scenario;
    const { event } = active.run;
    const pause = waits?.after ?? asks?.after ?? 0;
    await this.write(active, 'node', numbers.slice(0, pause));
    if (waits && !this.world.facts.has(event.id)) {
      const until = waits.ms === undefined ? undefined : active.run.createdAt + waits.ms;
      if (until === undefined || this.now < until) {
        active.suspend({ reason: 'the quarter', node: 'node', ...(until === undefined ? {} : { until }) });
        return;
      }
    }
    if (asks) {
      const question = async () => ({ title: event.id, details: null, severity: 'normal' as const, byRule: false });
      const answer = await this.ports.approvals.ask(active, 'node', asks.rule, question);
      if (!answer) return;
      this.world.answered(event.id, answer);
      if (answer.status !== 'approved') return;
    }
    await this.write(active, 'node', numbers.slice(pause));
    if (fails) throw new Failure({ class: 'business.rejected', code: 'NOT_ALLOWED', message: 'This is not allowed.' });
  }

  /** A message that makes Node-RED itself die, at once or when one more of its writes is made. */
  private deadly(active: ActiveRun, numbers: number[]): void {
    const { owner, engine } = this.ports;
    active.enter('deadly', this.now);
    const die = () => this.world.steps.add(owner, 'deadly node', [{ name: 'dies', take: () => this.world.die(owner) }]);
    if (this.scenario.deadly?.when === 'always') {
      die();
      return;
    }
    void (async () => {
      const made = (await engine.store.effects(active.id)).length;
      await this.write(active, 'deadly', numbers.slice(0, made + 1));
      if (made < numbers.length) die();
      else active.leave('deadly', this.now);
    })();
  }

  private line(active: ActiveRun, numbers: number[]): void {
    const [first, ...rest] = numbers;
    const { revision } = this.world;
    const next = () => {
      if (this.world.revision === revision) this.line(active, rest);
    };
    if (first !== undefined) this.writer(active, `node ${first}`, [first], next);
    else if (this.scenario.fails) this.node(active, 'last', () => this.chain(active, []));
  }

  /** Says that it is done with its message and only then begins to write. */
  private careless(active: ActiveRun, writes: number[]): void {
    const { owner } = this.ports;
    active.enter('careless', this.now);
    this.world.steps.add(owner, 'careless node', [{ name: 'done', take: () => active.leave('careless', this.now) }]);
    this.world.steps.add(owner, 'careless node', [
      { name: 'writes', take: () => void this.write(active, 'careless', writes).catch(() => undefined) },
    ]);
  }

  private writer(active: ActiveRun, name: string, writes: number[], then?: () => void): void {
    this.node(active, name, () => this.write(active, name, writes), then);
  }

  /** An action node: works on its message, sends it on (`then`), is done with it. */
  private node(active: ActiveRun, name: string, work: () => Promise<unknown>, then?: () => void): void {
    active.enter(name, this.now);
    active.working++;
    const leave = () => active.leave(name, this.now);
    work()
      .then(
        () => {
          then?.();
          leave();
        },
        (error) => failRun(nodeNamed(name), active, {}, Failure.from(error), leave),
      )
      .finally(() => {
        active.working--;
      });
  }

  private async write(active: ActiveRun, node: string, numbers: number[]): Promise<void> {
    const { settle, settleAfterMs, lookFirst, undo } = this.scenario;
    const event = active.run.event.id;
    const effects = this.engine.effectsFor(active, node, 'model');
    for (const n of numbers) {
      const business = businessOf(event, n);
      const inverse: { undo?: Json } =
        !undo || undo.impossible?.includes(n) ? {} : { undo: undo.nothingLeft?.includes(n) ? null : business };
      const optional = { ...(settleAfterMs === undefined ? {} : { settleAfterMs }), ...(lookFirst ? { lookFirst } : {}), ...inverse };
      await this.ask(effects, active, 'make', business, { settle, ...optional });
    }
  }

  /** Takes one write back, as a node does it by its connector or by a branch of the flow. */
  private async undo(effect: Effect, active: ActiveRun, effects: Effects): Promise<void> {
    const { undo, settleAfterMs } = this.scenario;
    if (!undo) return;
    const optional = settleAfterMs === undefined ? {} : { settleAfterMs };
    if (undo.by !== 'branch') {
      await this.ask(effects, active, 'undo', effect.business, { settle: undo.settle, ...optional });
      return;
    }
    const begin = () => {
      const inBranch = this.engine.effectsFor(active, 'branch', 'model');
      this.node(active, 'branch', () => this.ask(inBranch, active, 'undo', effect.business, { settle: undo.settle, ...optional }));
    };
    await effects.write({
      key: `undo ${effect.business}`,
      title: 'Branch',
      request: null,
      settle: 'repeat',
      send: () => branch(active, begin),
    });
  }

  private async ask(
    effects: Effects,
    active: ActiveRun,
    deed: Deed,
    business: string,
    how: Pick<Parameters<Effects['write']>[0], 'settle' | 'settleAfterMs' | 'lookFirst' | 'undo'>,
  ): Promise<void> {
    const { owner, noted } = this.ports;
    const { system } = this.world;
    const name = nameOf(deed, business);
    const { run } = active;
    const said = (what: string) => noted(`${run.token} ${name} ${what}`);
    said('asked');
    const sender: Sender = { owner, run: run.id, token: run.token, event: run.event.id, late: active.over };
    await effects
      .write<Json>({
        key: name,
        title: name,
        request: { business },
        ...how,
        ...(how.settle === 'probe' ? { probe: () => system.probe(deed, business, sender) } : {}),
        send: () => system.send(deed, business, sender),
      })
      .then(
        () => said('made'),
        (error) => {
          said(Failure.from(error).code);
          throw error;
        },
      );
  }

  private get now(): number {
    return this.engine.clock.now();
  }
}

/** As the compensate node does it (nodes/run/compensate/undo-by-branch.ts): a message into the branch, and on when it is through. */
async function branch(active: ActiveRun, begin: () => void): Promise<null> {
  const before = active.size;
  active.working--;
  try {
    begin();
    await active.downTo(before);
  } finally {
    active.working++;
  }
  if (active.failed || active.retry || active.suspended || active.interrupted || active.over) {
    throw new Failure({ class: 'transient.locked', code: undoPaused, message: 'The branch is not through.' });
  }
  return null;
}

// nobody listens to what its nodes are done with
const node = { _flow: { completeNodeMap: {} } };
const nodeNamed = (id: string) =>
  ({ id, node, status: { show: () => undefined }, words: () => '', message: () => '' }) as unknown as PackNode;
