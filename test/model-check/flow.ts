import type { ActiveRun } from '../../engine/active-run.ts';
import type { Engine } from '../../engine/engine.ts';
import { Failure } from '../../model/failure.ts';
import type { Json } from '../../model/json.ts';
import { failRun } from '../../runtime/action-node.ts';
import type { PackNode } from '../../runtime/pack-node.ts';
import type { ModelSystem, Sender } from './model-system.ts';
import { businessOf, type Scenario } from './scenario.ts';
import type { Steps } from './steps.ts';

interface Surroundings {
  readonly scenario: Scenario;
  readonly system: ModelSystem;
  readonly steps: Steps;
  /** of the flows: a message to a node of the flows before is lost */
  readonly revision: number;
}

/** The nodes of the scenario's flow, as the run tracking shows them to the engine: enter, write, send on, leave. */
export class ModelFlow {
  private readonly engine: Engine;
  private readonly world: Surroundings;
  private readonly scenario: Scenario;
  private readonly owner: number;
  /** a write was asked for or answered: part of what a process knows and has not stored */
  private readonly noted: (what: string) => void;

  constructor(engine: Engine, world: Surroundings, owner: number, noted: (what: string) => void) {
    this.engine = engine;
    this.world = world;
    this.scenario = world.scenario;
    this.owner = owner;
    this.noted = noted;
  }

  deliver(active: ActiveRun): void {
    const numbers = Array.from({ length: this.scenario.writes }, (_, index) => index + 1);
    switch (this.scenario.shape) {
      case 'chain':
        this.node(active, 'node', numbers);
        break;
      case 'nodes':
        this.line(active, numbers);
        break;
      case 'fan':
        for (const n of numbers) this.node(active, `node ${n}`, [n]);
        break;
      case 'same':
        for (const _ of [1, 2, 3]) this.node(active, 'node', [1]);
        break;
      case 'careless':
        this.node(active, 'node', numbers.slice(1));
        this.careless(active, numbers.slice(0, 1));
        break;
      case 'swallow':
        this.node(active, 'node', numbers, () => active.enter('swallower', this.now));
        break;
    }
  }

  private line(active: ActiveRun, numbers: number[]): void {
    const [first, ...rest] = numbers;
    const { revision } = this.world;
    const next = () => {
      if (this.world.revision === revision) this.line(active, rest);
    };
    if (first !== undefined) this.node(active, `node ${first}`, [first], next);
  }

  /** Says that it is done with its message and only then begins to write. */
  private careless(active: ActiveRun, writes: number[]): void {
    active.enter('careless', this.now);
    this.world.steps.add(this.owner, 'careless node', [{ name: 'done', take: () => active.leave('careless', this.now) }]);
    this.world.steps.add(this.owner, 'careless node', [
      { name: 'writes', take: () => void this.write(active, 'careless', writes).catch(() => undefined) },
    ]);
  }

  /** An action node: works on its message, sends it on (`then`), is done with it. */
  private node(active: ActiveRun, name: string, writes: number[], then?: () => void): void {
    active.enter(name, this.now);
    active.working++;
    const leave = () => active.leave(name, this.now);
    this.write(active, name, writes)
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
    const { settle, settleAfterMs, lookFirst } = this.scenario;
    const event = active.run.event.id;
    const effects = this.engine.effectsFor(active, node, 'model');
    for (const n of numbers) {
      const business = businessOf(event, n);
      const said = (what: string) => this.noted(`${active.run.token} ${business} ${what}`);
      said('asked');
      const sender: Sender = { owner: this.owner, run: active.id, token: active.run.token, event, late: active.over };
      await effects
        .write<Json>({
          key: business,
          title: business,
          request: { business },
          settle,
          ...(settleAfterMs === undefined ? {} : { settleAfterMs }),
          ...(lookFirst ? { lookFirst } : {}),
          ...(settle === 'probe' ? { probe: () => this.world.system.probe(business, sender) } : {}),
          send: () => this.world.system.send(business, sender),
        })
        .then(
          () => said('made'),
          (error) => {
            said(Failure.from(error).code);
            throw error;
          },
        );
    }
  }

  private get now(): number {
    return this.engine.clock.now();
  }
}

const nodeNamed = (id: string) => ({ id, status: { show: () => undefined }, words: () => '' }) as unknown as PackNode;
