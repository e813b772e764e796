import type { ActiveRun } from '../../engine/active-run.ts';
import { Engine, type EngineOptions } from '../../engine/engine.ts';
import { defaultPolicy, type RunPolicy } from '../../engine/retry-policy.ts';
import { SqliteStore } from '../../engine/sqlite/sqlite-store.ts';
import type { Run, RunStatus } from '../../engine/store/runs.ts';
import type { Store } from '../../engine/store.ts';
import type { SourceEvent } from '../../model/operations.ts';
import { ManualClock } from './manual-clock.ts';
import { quiet, type Watching, watchStore } from './watched-store.ts';

/** What a flow does with a run: it must enter and leave nodes as messages do. Nothing = the run is done at once. */
export type Deliver = (active: ActiveRun) => void;

/** An engine over an empty store in memory, with a clock that stands still and no chance in it. */
export class EngineBench {
  readonly clock = new ManualClock();
  readonly engine: Engine;
  readonly store: Store;
  /** ids of the events as they were delivered */
  readonly delivered: string[] = [];
  deliver: Deliver = () => undefined;
  policy: RunPolicy = defaultPolicy;
  reads = false;
  private readonly moves: () => number;

  constructor(options: Partial<EngineOptions> & { watching?: Watching } = {}) {
    const watched = watchStore(new SqliteStore(':memory:'), options.watching);
    this.store = watched.store;
    this.engine = new Engine({ store: this.store, clock: this.clock, random: () => 0.5, ...options });
    let events = 0;
    for (const event of ['delivered', 'ended', 'storeFailed'] as const) this.engine.on(event, () => events++);
    this.moves = () => watched.moves + events;
  }

  async start(): Promise<this> {
    await this.engine.open();
    const bench = this;
    this.engine.register({
      id: 'in',
      flow: 'tab',
      get policy() {
        return bench.policy;
      },
      reads: () => bench.reads,
      deliver: (active) => {
        this.delivered.push(active.run.event.id);
        this.deliver(active);
      },
    });
    this.engine.start();
    return this;
  }

  async accept(...events: SourceEvent[]): Promise<string[]> {
    const { accepted } = await this.engine.accept({ id: 'in', flow: 'tab', policy: this.policy }, events);
    await this.quiet();
    return accepted;
  }

  quiet(): Promise<void> {
    return quiet(this.moves);
  }

  /** Lets time pass, ringing each timer at its moment. */
  async pass(ms: number): Promise<void> {
    const end = this.clock.now() + ms;
    while (this.clock.step(end)) await this.quiet();
    await this.quiet();
  }

  async run(event: string): Promise<Run> {
    const run = (await this.store.runs({ limit: 500 })).find((one) => one.event.id === event);
    if (!run) throw new Error(`There is no run of ${event}.`);
    return run;
  }

  async status(event: string): Promise<RunStatus> {
    return (await this.run(event)).status;
  }
}

/** A node that keeps the message until the test lets it go. */
export function holding(node = 'node'): {
  deliver: Deliver;
  held: Map<string, (then?: (active: ActiveRun) => void) => void>;
  most: () => number;
} {
  const held = new Map<string, (then?: (active: ActiveRun) => void) => void>();
  let most = 0;
  return {
    held,
    most: () => most,
    deliver(active) {
      active.enter(node, 0);
      held.set(active.run.event.id, (then) => {
        held.delete(active.run.event.id);
        then?.(active);
        active.leave(node, 0);
      });
      most = Math.max(most, held.size);
    },
  };
}
