import type { FailureClass, FailureDetails } from '../model/failure.ts';
import type { Json } from '../model/json.ts';
import type { CredentialKeeper } from '../model/kept-credential.ts';
import type { Settle, SourceEvent } from '../model/operations.ts';
import type { Compensating, FormStore, Waiting } from './form-store.ts';
import type { IdempotencyKey } from './idempotency.ts';
import type { JournalLine } from './journal.ts';
import type { JournalFlaw } from './journal-flaw.ts';
import type { JournalState } from './journal-state.ts';
import type { Severity } from './retry-policy.ts';

export type RunId = string & { readonly runId?: never };
export type RunStatus = 'ready' | 'running' | 'waiting' | 'done' | 'dead' | 'cancelled';

/** The journey of one event through a flow. */
export interface Run {
  id: RunId;
  /** order of arrival */
  seq: number;
  /** id of the node at which the run enters the flow */
  entry: string;
  /** tab of the entry node */
  flow: string;
  event: SourceEvent;
  /** of a list that was asked for without large data: there is more than `event` says */
  dataLeftOut?: true;
  status: RunStatus;
  /** deliveries so far */
  attempts: number;
  /** deliveries in a row that ended with the process, without a write or a conclusion in between */
  crashes: number;
  /** fencing token: grows at each claim and release, so that a late write of an earlier delivery is refused */
  token: number;
  /** epoch ms before which it is not delivered */
  availableAt: number;
  /** revision of the flows it was last delivered to */
  revision: string;
  severity: Severity;
  failure?: FailureDetails;
  /** node that failed */
  failedNode?: string;
  /** of a waiting run with which nothing is wrong */
  waitingFor?: Waiting;
  /** its effects are undone, not made */
  compensating?: Compensating;
  /** when a person let it begin anew; a deadline counts from then */
  renewedAt?: number;
  /** of a run that was claimed: a newer version of its record that was written, or may have been */
  overtakenBy?: { run: RunId; at: string };
  createdAt: number;
  updatedAt: number;
}

export type EffectStatus = 'intended' | 'done' | 'rejected' | 'not-made' | 'in-doubt' | 'compensated';

/** One write to a system made for a run. */
export interface Effect {
  key: IdempotencyKey;
  run: RunId;
  node: string;
  /** the business object: `job ENG-0001` */
  business: string;
  title: string;
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

/** What is known of a write whose intent is committed anew. */
export interface SentAgain {
  /** it may have been sent before: this is one attempt more */
  sentBefore: boolean;
  /** it was looked for, and was not there */
  absent: boolean;
}

/** One failed delivery of a run. */
export interface FailedAttempt {
  run: RunId;
  attempt: number;
  node?: string;
  failure: FailureDetails;
  at: number;
}

export interface NewRun {
  event: SourceEvent;
}

/** Dead letters or waiting runs that stand at one place for one cause, however many they are. */
export interface Standing {
  status: 'dead' | 'waiting';
  flow: string;
  /** node that failed, or that has suspended the run */
  node?: string;
  /** of the failure */
  class?: string;
  runs: number;
}

/** What is open now, all of it counted. */
export interface OpenFigures {
  /** questions that wait for a person */
  approvals: number;
  effectsInDoubt: number;
  /** epoch ms at which the first of the runs that have not ended came in */
  oldestOpenAt?: number;
}

export interface RunFilter {
  status?: RunStatus[];
  /** these, in one question */
  ids?: RunId[];
  entry?: string;
  flow?: string;
  search?: string;
  /** of one of these business ids or run keys, exactly */
  about?: string[];
  /** newest first; runs with a smaller seq than this */
  before?: number;
  limit: number;
  /** of events with more JSON than so many characters the data is left out: a page of large ones would be larger than what can be held */
  dataUpTo?: number;
}

/** Who acts, and why: each act of a person is in the journal. */
export interface Act {
  actor: string;
  reason?: string;
}

export interface ReconciliationRecord {
  id: string;
  at: number;
  node: string;
  subject: string;
  result: Json;
}

/** What an instance learns when it reports that it is alive. */
export interface Heartbeat {
  /** the store's clock, epoch ms: what instances whose clocks differ agree on; absent when the store has none of its own */
  at?: number;
  /** it was silent for so long that its runs and leases were given to others; it goes on as a new one */
  lost: boolean;
  /** runs of instances that fell silent, ready again now */
  takenOver: number;
  /** there are runs that may be what makes instances die */
  suspects: boolean;
  /** this instance's place among those alive, from 0 on, and how many they are */
  place: number;
  alive: number;
  /** when to report again; absent = never, the store belongs to this process for as long as it is open */
  nextBeatMs?: number;
}

/** What lets several instances work over one store. The embedded store has none of it: the lock on its file makes it one process's. */
export interface Instances {
  /** Renews this instance's lease and makes the runs of instances whose lease ran out ready again. */
  heartbeat(now: number): Promise<Heartbeat>;
  /** Makes runs ready again that this instance claimed but does not know of (the store's answer was lost); `active` are under way. */
  reclaim(active: RunId[], now: number): Promise<number>;
  /** The fencing token under which this instance alone may read the source; undefined while another one does. */
  lease(source: string): Promise<number | undefined>;
  /** Lets others read the source. */
  unlease(source: string): Promise<void>;
  /** Calls back when another instance has stored or given back runs, or the store can be reached again; the answer stops that. */
  onWake(listener: () => void): () => void;
}

/** What a store says when it is opened. */
export interface Opened {
  /** runs that were under way when their process died, ready again */
  recovered: number;
  /** some of them may be what makes the process die (engine/suspects.ts) */
  suspects: boolean;
  /** what the administrator should mend, in words */
  remarks?: string[];
}

/**
 * Where runs live. Every method is one transaction: when its promise resolves, the change is on disk.
 * The same contract suite runs on each implementation (test/engine/store-contract.ts).
 */
export interface Store extends FormStore, CredentialKeeper {
  /** Opens, migrates, and makes every run that a dead process left running ready again; each has one crash more. `suspects`: there are some. */
  open(now: number): Promise<Opened>;
  close(): Promise<void>;

  /**
   * Stores events as runs and the source's cursor together. An event that the entry node has already seen is dropped, and so is
   * a version of a record that says what the newest one of that record says (`RecordVersion.content`).
   */
  accept(input: {
    entry: string;
    flow: string;
    severity: Severity;
    events: SourceEvent[];
    /** with the token of the source's lease it is refused (`SOURCE_TAKEN_OVER`) once another instance reads the source */
    cursor?: { source: string; value: Json; lease?: number };
    /** to be delivered by this instance for as long as it lives: it holds what cannot be stored (a request to be answered) */
    here?: boolean;
    now: number;
  }): Promise<{ accepted: RunId[]; duplicates: number }>;
  cursor(source: string): Promise<Json | undefined>;

  /**
   * Takes the next runs of these entry nodes: the first open one of each key, unless a run of that key is under way.
   * One whose record has a newer version that was written is told so (`overtakenBy`).
   * `suspects`: only those that may be what makes the process die (engine/suspects.ts), the least suspicious first; else all others.
   */
  claim(input: { entries: string[]; limit: number; now: number; revision: string; suspects?: boolean }): Promise<Run[]>;
  /** When the next waiting run of these entries becomes due, after `now`; undefined = none waits. */
  nextDue(entries: string[], now: number): Promise<number | undefined>;
  done(run: RunId, token: number, now: number): Promise<boolean>;
  /** Delivers again later. `free`: the delivery does not count, since nothing was wrong with the run. */
  retry(
    run: RunId,
    token: number,
    failed: { failure: FailureDetails; node?: string; availableAt: number; free?: boolean },
    now: number,
  ): Promise<boolean>;
  park(run: RunId, token: number, failed: { failure: FailureDetails; node?: string }, now: number): Promise<boolean>;
  /** Ends a run of which a newer version was written, as cancelled; `failure` says so, and stays with it. */
  overtaken(run: RunId, token: number, failure: FailureDetails, now: number): Promise<boolean>;
  /** Gives a run back undelivered (redeploy, stop): ready again, the delivery does not count. */
  release(run: RunId, token: number, now: number): Promise<boolean>;

  /** Commits the intent. Answers the effect as it stood before, or undefined when it is new. Throws `RUN_TAKEN_OVER` for a stale token. */
  intend(
    effect: Pick<Effect, 'key' | 'run' | 'node' | 'business' | 'title' | 'system' | 'settle' | 'request' | 'undo' | 'ofUndo'>,
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

  run(id: RunId): Promise<Run | undefined>;
  runs(filter: RunFilter): Promise<Run[]>;
  counts(): Promise<Record<RunStatus, number>>;
  /** Dead letters and waiting runs, counted by where they stand and why. */
  standing(): Promise<Standing[]>;
  openFigures(): Promise<OpenFigures>;
  effects(run: RunId): Promise<Effect[]>;
  effectsInDoubt(limit: number): Promise<Effect[]>;
  failedAttempts(run: RunId): Promise<FailedAttempt[]>;

  /**
   * Makes a dead run ready again, with the event as edited if given; not before `at`. Effects made stay made, its deadline
   * begins anew, and what it asked and nobody answered in time is asked again; with other data, everything is: what was
   * approved was something else. Not one whose effects are being undone.
   */
  replay(run: RunId, act: Act & { data?: Json; at?: number }, now: number): Promise<boolean>;
  /** Ends a dead run as cancelled. */
  discard(run: RunId, act: Act, now: number): Promise<boolean>;
  /** Ends an open run as cancelled. What a delivery under way still says is refused; writes that it has sent are recorded. */
  cancel(run: RunId, act: Act, now: number): Promise<boolean>;

  note(line: { actor: string; action: string; subject: string; detail: Json }, now: number): Promise<void>;
  journal(input: { after?: number; limit: number; subject?: string }): Promise<JournalLine[]>;
  /** Walks through all of it. What shows that it was tampered with; undefined = whole, and the one that was anchored. */
  verifyJournal(): Promise<JournalFlaw | undefined>;
  /** Where it ends, and whether it is the one that was anchored. */
  journalState(): Promise<JournalState>;
  /** A person accepts a journal that is not the one that was anchored (a restored backup); false when there is nothing to accept. */
  acceptJournal(act: Act, now: number): Promise<boolean>;

  saveReconciliation(record: ReconciliationRecord): Promise<void>;
  reconciliations(limit: number): Promise<ReconciliationRecord[]>;

  /** Writes without changing anything: it proves that the store takes writes. */
  touch(): Promise<void>;

  /**
   * Drops what ended runs (done, cancelled) last touched before `before` held of persons and business: event data, requests, results,
   * failures, questions; and the records in reconciliations of that time. At most `limit` runs; answers how many. The run itself stays, so
   * that its event is still known. When nothing is left to forget, and this resolves, no byte of it is in the embedded store's files.
   */
  forget(before: number, limit: number): Promise<number>;
  /** Makes waiting runs whose failure is of one of these classes due now: somebody has just mended something. */
  hasten(classes: FailureClass[], now: number): Promise<number>;

  /** Flows as deployed, kept with the runs that passed through them. */
  saveRevision(revision: string, flows: Json, now: number): Promise<void>;
}
