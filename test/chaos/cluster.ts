import type { Sandbox } from '../../sandbox/server.ts';
import { connectionEnvironment } from '../../scripts/start/environment.ts';
import { until } from '../until.ts';
import { chaosStore, type ChaosStore } from './chaos-store.ts';
import { type FlowNode, MortalNodeRed } from './mortal-node-red.ts';
import { senderSecret } from './sender.ts';

export interface ClusterOptions {
  store: 'sqlite' | 'postgres';
  /** on SQLite one of them works, and the others stand by until the file is free */
  instances: number;
  flows: FlowNode[];
}

/** A death of an instance. */
export interface Death {
  /** what it was about to do */
  at: string;
  /** until as many instances as before took runs, milliseconds */
  recoveryMs: number;
}

/** Instances of one installation on one store. */
export class Cluster {
  readonly instances: MortalNodeRed[];
  readonly store: ChaosStore;
  readonly deaths: Death[] = [];

  private constructor(instances: MortalNodeRed[], store: ChaosStore) {
    this.instances = instances;
    this.store = store;
  }

  static async start(sandbox: Sandbox, { store: kind, instances: count, flows }: ClusterOptions): Promise<Cluster> {
    const store = await chaosStore(kind);
    const environment = { ...connectionEnvironment(sandbox.access), ...store.environment, CHAOS_EVENTS_SECRET: senderSecret };
    const instances = await Promise.all(Array.from({ length: count }, () => MortalNodeRed.create(flows, environment)));
    const cluster = new Cluster(instances, store);
    for (const instance of instances) instance.start();
    await cluster.ready();
    return cluster;
  }

  /** Where a sender may knock. */
  get addresses(): string[] {
    return this.instances.map(({ url }) => url);
  }

  /** Waits until an instance takes runs; with a shared store, until all do. */
  async ready(seconds = 120): Promise<void> {
    const enough = this.store.leaseMs === undefined ? 1 : this.instances.length;
    await until(
      async () => (await this.active()).length >= enough,
      () => `no instance works:\n${this.instances.map(({ log }) => log.slice(-10).join('')).join('\n---\n')}`,
      seconds,
    );
  }

  async active(): Promise<MortalNodeRed[]> {
    const overviews = await Promise.all(this.instances.map(async (one) => (one.alive ? (await one.overview())?.ready === true : false)));
    return this.instances.filter((_one, index) => overviews[index]);
  }

  /**
   * Lets an instance die at the `point`-th moment from now, or after `patienceMs` wherever it is then; starts it again, and
   * lets it die in its start as well, at the `again`-th moment (0 = not).
   */
  async kill(victim: MortalNodeRed, { point, again, patienceMs = 3_000 }: { point: number; again: number; patienceMs?: number }) {
    await victim.arm(point);
    const deadline = performance.now() + patienceMs;
    while (victim.alive && performance.now() < deadline) await pause(10);
    const died = performance.now();
    const at = victim.diedAt ?? 'any time';
    await victim.stop();
    victim.start(again);
    if (again > 0) {
      const patience = performance.now() + 10_000;
      while (victim.alive && performance.now() < patience && !(await victim.overview())?.ready) await pause(25);
      await victim.arm(0); // it may die until it has heard that it need not
      if (!victim.alive) {
        this.deaths.push({ at: `in its start, ${victim.diedAt ?? 'any time'}`, recoveryMs: performance.now() - died });
        victim.start();
      }
    }
    await this.ready();
    this.deaths.push({ at, recoveryMs: performance.now() - died });
  }

  /** Whatever has ended works again. */
  async heal(): Promise<void> {
    this.store.disk?.empty();
    await this.store.revive();
    for (const instance of this.instances) {
      instance.signal('SIGCONT');
      if (!instance.alive) instance.start();
      else {
        await instance.arm(0);
        await instance.turnClock(0);
      }
    }
    await this.ready();
  }

  async end(): Promise<void> {
    for (const instance of this.instances) await instance.end();
    await this.store.remove();
  }
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
