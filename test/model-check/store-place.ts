import type { Approval } from '../../engine/store/approvals.ts';
import type { JournalLine } from '../../engine/journal.ts';
import type { Effect } from '../../engine/store/effects.ts';
import type { Instances } from '../../engine/store/instances.ts';
import type { Run } from '../../engine/store/runs.ts';
import type { Store } from '../../engine/store.ts';
import type { Json } from '../../model/json.ts';
import type { Steps } from './steps.ts';

/** One call of a process to its store. */
export interface StoreCall {
  name: string;
  parts: unknown[];
  /** tells it from others, without the clock and without ids that differ from execution to execution */
  label: string;
}

/** Is told what a process asks of its store: it is part of what the process knows. */
export interface StoreObserver {
  /** what an id stands for, the same in each execution: event of a run, business of an effect */
  nameOf(id: string): string;
  asked(label: string, times: number[]): void;
  /** at the moment of the commit, which may come before the process hears of it */
  answered(call: StoreCall, answer: unknown): void;
}

/** What has been committed so far. */
export interface StoreView {
  runs: Run[];
  effects: Effect[];
  approvals: Approval[];
  /** runs under way for which what they will wait for has come already */
  nudged: string[];
  cursor: Json | undefined;
}

/** Where the runs live, through crashes. */
export interface StorePlace {
  /** a new process's store */
  connect(steps: Steps, owner: number, observer: StoreObserver): { store: Store; instances?: Instances };
  /** the process died: nothing more is committed */
  died(owner: number): void;
  view(): Promise<StoreView>;
  /** fencing token of a run at this moment */
  tokenOf?(run: string): number | undefined;
  /** what the store knows of one process among several: leases, runs, sources, with the moments that matter */
  knownOf?(owner: number): Json;
  /** what it still knows of processes that died: their leases run on */
  knownOfDead?(): Json;
  journal(): Promise<JournalLine[]>;
  remove(): void;
}
