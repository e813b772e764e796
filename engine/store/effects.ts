import type { FailureDetails } from '../../model/failure.ts';
import type { Json } from '../../model/json.ts';
import type { Settle } from '../../model/operations.ts';
import type { Told, Words } from '../../model/failure-sentence.ts';
import type { IdempotencyKey } from '../idempotency.ts';
import type { Act } from './act.ts';
import type { Calls } from './calls.ts';
import type { RunId } from './runs.ts';

export type EffectStatus = 'intended' | 'done' | 'rejected' | 'not-made' | 'in-doubt' | 'compensated';

/** One write to a system made for a run. */
export interface Effect {
  key: IdempotencyKey;
  run: RunId;
  node: string;
  /** the business object: `job ENG-0001` */
  business: string;
  /** in English */
  title: string;
  /** the title for every other language; absent when it is a text of the flow's, or was stored before there were words */
  titleWords?: Words;
  system: string;
  settle: Settle;
  status: EffectStatus;
  request: Json;
  result?: Json;
  failure?: FailureDetails;
  /** true when it was found in the system instead of being sent */
  found?: boolean;
  /** of one that was found: this run made it after all, or nobody knows who did; absent = it had been there before */
  maker?: 'run' | 'unknown';
  /** it was looked for before it was sent, and was not there: what is found later is this run's */
  absentBefore?: boolean;
  /** what the connector needs to undo it; null = nothing is left behind; absent = it cannot be undone */
  undo?: Json;
  /** made while the run was undone */
  ofUndo?: boolean;
  /** order in which the run's writes were first intended: what needs another one's result comes after it */
  place?: number;
  attempts: number;
  /** epoch ms */
  intendedAt: number;
  finishedAt?: number;
}

/** What a person calls the write, to fill a gap. */
export const titleOf = ({ title, titleWords }: Pick<Effect, 'title' | 'titleWords'>): Told => titleWords ?? title;

/** What is known of a write whose intent is committed anew. */
export interface SentAgain {
  /** it may have been sent before: this is one attempt more */
  sentBefore: boolean;
  /** it was looked for, and was not there */
  absent: boolean;
  /** what is sent now: the run may have been edited since */
  request: Json;
}

/** Writes to systems: the intent before, what became of it after, and what a person says of one in doubt. */
export interface EffectStore {
  /** Commits the intent. Answers the effect as it stood before, or undefined when it is new. Throws `RUN_TAKEN_OVER` for a stale token. */
  intend(
    effect: Pick<
      Effect,
      'key' | 'run' | 'node' | 'business' | 'title' | 'titleWords' | 'system' | 'settle' | 'request' | 'undo' | 'ofUndo'
    >,
    token: number,
    now: number,
  ): Promise<Effect | undefined>;
  /** Commits the intent anew, before it is sent: a doubt counts from this send on. Throws `RUN_TAKEN_OVER` for a stale token. */
  intendAgain(key: IdempotencyKey, run: RunId, token: number, now: number, what: SentAgain): Promise<void>;
  /** Records what became of a write, from whichever delivery it comes: it happened. A write that is done stays done. */
  finishEffect(
    key: IdempotencyKey,
    outcome: {
      status: Exclude<EffectStatus, 'intended' | 'compensated'>;
      result?: Json;
      failure?: FailureDetails;
      found?: boolean;
      maker?: 'run' | 'unknown';
    },
    now: number,
  ): Promise<void>;
  /**
   * A person says what became of a write that is in doubt. The run goes on: one that waits is due now, a dead letter
   * that nothing else is in doubt of and that only the doubt stopped is ready. Undefined = nobody doubts that write (any more), or its run is under way.
   */
  settleEffect(key: IdempotencyKey, settled: Act & { made: boolean; result?: Json }, now: number): Promise<Effect | undefined>;

  effects(run: RunId): Promise<Effect[]>;
  effectsInDoubt(limit: number): Promise<Effect[]>;
}

export const effectCalls = {
  intend: 'keeps',
  intendAgain: 'keeps',
  finishEffect: 'keeps',
  settleEffect: 'keeps',
  effects: 'asks',
  effectsInDoubt: 'asks',
} satisfies Calls<EffectStore>;
