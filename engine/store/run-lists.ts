import type { SourceEvent } from '../../model/operations.ts';
import type { Calls } from './calls.ts';
import type { FailedAttempt, Run, RunFilter, RunId, RunStatus, Standing } from './runs.ts';

/** What is open now, all of it counted. */
export interface OpenFigures {
  /** questions that wait for a person */
  approvals: number;
  effectsInDoubt: number;
  /** epoch ms at which the first of the runs that have not ended came in */
  oldestOpenAt?: number;
}

/** Runs as a person looks for them, one by one, listed and counted. */
export interface RunLists {
  run(id: RunId): Promise<Run | undefined>;
  /** That an event has become at an entry node; it stays known when the event itself is forgotten. */
  runOfEvent(entry: string, event: Pick<SourceEvent, 'source' | 'id'>): Promise<Run | undefined>;
  runs(filter: RunFilter): Promise<Run[]>;
  counts(): Promise<Record<RunStatus, number>>;
  /** Dead letters and waiting runs, counted by where they stand and why. */
  standing(): Promise<Standing[]>;
  /** In order; of very many the `newest` alone. */
  failedAttempts(run: RunId, newest?: number): Promise<FailedAttempt[]>;
  openFigures(): Promise<OpenFigures>;
  /** Nodes at which runs that have not ended enter their flows, in order. */
  openEntries(): Promise<string[]>;
}

export const runListCalls = {
  run: 'asks',
  runOfEvent: 'asks',
  runs: 'asks',
  counts: 'asks',
  standing: 'asks',
  failedAttempts: 'asks',
  openFigures: 'asks',
  openEntries: 'asks',
} satisfies Calls<RunLists>;
