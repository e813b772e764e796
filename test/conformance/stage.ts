import type { SystemFacts } from '../../declarations/operation-facts.ts';
import type { SystemDeclaration } from '../../declarations/system.ts';
import type { Connector } from '../../model/operations.ts';
import type { ConformanceData, OperationSample } from '../../sandbox/conformance.ts';
import type { JournalEntry } from '../../sandbox/journal.ts';
import { Simulator, type SystemDefinition } from '../../sandbox/simulator.ts';
import { sandboxValues } from '../../scripts/start/environment.ts';
import { trustSandbox } from '../trust-sandbox.ts';
import { FaultProxy } from './fault-proxy.ts';
import { machineClock } from './machine-clock.ts';
import { englishLeft, type Told } from './read-in-german.ts';

/** A system, what is said of what it does, the simulator that stands in for it, and what to ask of both. */
export interface TriedSystem {
  system: SystemDeclaration;
  facts: SystemFacts;
  simulator: SystemDefinition<unknown>;
  data: ConformanceData;
}

/** A system's simulator behind a proxy that lets calls go wrong. */
export class Stage {
  readonly tried: TriedSystem;
  readonly sim: Simulator<unknown>;
  readonly proxy: FaultProxy;
  /** what a German analyst would have read in English */
  readonly english = new Set<string>();
  private counted: ReadonlySet<string> = new Set();

  private constructor(tried: TriedSystem, sim: Simulator<unknown>, proxy: FaultProxy) {
    this.tried = tried;
    this.sim = sim;
    this.proxy = proxy;
  }

  static async open(tried: TriedSystem): Promise<Stage> {
    machineClock.stop();
    const sim = await new Simulator(tried.simulator, { port: 0 }).start();
    trustSandbox();
    await sim.startBeside();
    const proxy = await new FaultProxy(sim.url).start();
    sim.url = proxy.url; // the address that the system tells of itself
    return new Stage(tried, sim, proxy);
  }

  async close(): Promise<void> {
    await this.proxy.stop();
    await this.sim.stop();
    machineClock.goOn();
  }

  /** The system as it is before the sample. */
  async prepare({ given, changes }: Pick<OperationSample, 'given' | 'changes'>): Promise<void> {
    this.counted = new Set(changes ? ['created', 'updated', 'deleted'] : ['created']);
    this.proxy.play({});
    await this.proxy.settled();
    this.sim.reset();
    this.load(this.tried.data.given);
    this.load(given);
  }

  load(given: unknown): void {
    if (given !== undefined) this.tried.simulator.load(this.sim, given);
  }

  /** As the product connects: from the fields' defaults, the sandbox's credentials and the settings. Nothing is remembered from the last one. */
  connect(): Connector {
    const { system, simulator, data } = this.tried;
    const defaults = system.fields.flatMap((field) =>
      'default' in field && field.default !== '' ? [[field.name, String(field.default)]] : [],
    );
    const access = { ...simulator.credentials(this.sim), url: this.proxy.url };
    return system.connect({
      ...(Object.fromEntries(defaults) as Record<string, string>),
      ...sandboxValues(system, access),
      ...data.settings,
    });
  }

  /** Looks through what a play has told. */
  read(played: Told): void {
    for (const text of englishLeft(played)) this.english.add(text);
  }

  /** Writes that changed something, so far. */
  applied(): JournalEntry[] {
    return this.sim.journal.entries.filter(({ outcome }) => outcome === 'created' || outcome === 'updated' || outcome === 'deleted');
  }

  /** Records made so far (of a sample that says so, or changed), as `type key` (as `type` those without a key), in the order of their names. */
  made(): string[] {
    return this.applied()
      .filter(({ outcome }) => this.counted.has(outcome))
      .map(nameOf)
      .sort();
  }

  /** The same with the names of the records in the place of their ids, which are others when the order is another. */
  named(value: unknown): unknown {
    const names = new Map(this.applied().flatMap((entry) => (entry.outcome === 'created' ? [[entry.id, nameOf(entry)]] : [])));
    const name = (part: unknown): unknown => {
      if (typeof part === 'string') return names.get(part) ?? part;
      if (Array.isArray(part)) return part.map(name);
      if (!part || typeof part !== 'object') return part;
      return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, name(inner)]));
    };
    return name(value);
  }
}

/** A record in the journal, as `makes` names it. */
export const nameOf = ({ type, key }: JournalEntry) => (key === undefined ? `${type}` : `${type} ${key}`);
