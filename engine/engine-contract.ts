import type { Failure } from '../model/failure.ts';
import type { ActiveRun } from './active-run.ts';
import type { Clock } from './clock.ts';
import type { RunPolicy } from './retry-policy.ts';
import type { Instances } from './store/instances.ts';
import type { Run, RunId } from './store/runs.ts';
import type { Store } from './store.ts';

/** A node at which runs enter the flow: a source, or an action node that was given a message from outside. */
export interface Entry {
  id: string;
  flow: string;
  policy: RunPolicy;
  /** whether a run only reads for somebody who waits: one that fails is over when that is told, and is neither tried again nor kept for a person */
  reads?(run: Run): boolean;
  /** Puts the run's message into the flow. Counting is the caller's: it has entered and left when this returns. */
  deliver(active: ActiveRun): void;
}

/** A write that was sent to a system, however that went. Times are epoch ms. */
export interface WriteMade {
  run: Run;
  node: string;
  system: string;
  beganAt: number;
  endedAt: number;
  failure?: Failure;
}

/** Lines of many runs that were posted together. Times are epoch ms. */
export interface BatchPosted {
  node: string;
  system: string;
  runs: readonly Run[];
  refused: number;
  beganAt: number;
  endedAt: number;
}

/** Everything observable flows through here. */
export interface EngineEvents {
  accepted: [runs: RunId[], entry: string];
  delivered: [active: ActiveRun];
  /** `cancelled` = everything it had written is undone, or a person has ended it */
  ended: [run: Run, status: 'done' | 'waiting' | 'dead' | 'ready' | 'cancelled'];
  /** a delivery is over and some of its messages are still in nodes */
  cutShort: [active: ActiveRun];
  changed: [];
  /** something else that is kept is another now: what a person has done, how a source does */
  news: [];
  storeFailed: [failure: Failure | undefined];
  wrote: [write: WriteMade];
  posted: [batch: BatchPosted];
  /** other instances fell silent: their runs are ready again, their sources free */
  takenOver: [runs: number];
}

export interface EngineOptions {
  store: Store;
  clock: Clock;
  /** of a store that several instances share */
  instances?: Instances;
  /** runs being delivered at once, those held in a batch not counted */
  concurrency?: number;
  /** runs in memory at once, those held included */
  maxActive?: number;
  random?: () => number;
}
