import type { Words } from '../../model/failure-sentence.ts';
import type { FailureClass, FailureDetails } from '../../model/failure.ts';
import type { Json } from '../../model/json.ts';
import type { SourceEvent } from '../../model/operations.ts';
import type { Severity } from '../retry-policy.ts';
import type { Act } from './act.ts';
import type { Calls } from './calls.ts';

export type RunId = string & { readonly runId?: never };
export type RunStatus = 'ready' | 'running' | 'waiting' | 'done' | 'dead' | 'cancelled';

/** Until when a run waits that only somebody's act makes due: the last moment that a calendar of four digits knows. */
export const endOfTime = Date.UTC(9999, 11, 31);

/** What a run waits for: not a failure, and no attempt is used up. */
export interface Waiting {
  /** in the analyst's words, `Discount above 20 %`, or in English */
  reason: string;
  /** the same for every other language; absent when the words are the analyst's, or it was stored before there were words */
  reasonWords?: Words;
  /** node that has suspended the run */
  node?: string;
}

/** Why a run's effects are being undone, and who wants it. */
export interface Compensating extends Act {
  /** epoch ms */
  since: number;
}

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
  /** of a run that was claimed: how long its event is as JSON, in characters or, with PostgreSQL, bytes */
  eventLength?: number;
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

/** One failed delivery of a run. */
export interface FailedAttempt {
  run: RunId;
  attempt: number;
  node?: string;
  failure: FailureDetails;
  at: number;
}

/** Dead letters or waiting runs that stand at one place for one cause, however many they are. */
export interface Standing {
  status: 'dead' | 'waiting';
  flow: string;
  /** node that failed, or that has suspended the run */
  node?: string;
  /** of the failure */
  class?: string;
  severity: Severity;
  runs: number;
  /** when the last of them came to stand there, or was tried again last, epoch ms */
  newestAt: number;
}

export interface RunFilter {
  status?: RunStatus[];
  /** these, in one question */
  ids?: RunId[];
  entry?: string;
  flow?: string;
  /** whose business id, key or engagement is this code */
  engagement?: string;
  /** a part of business id, key, client, amount or hours, or the whole id of the run (engine/sought.ts) */
  search?: string;
  /** and a part of the name or the address of a person: for those who may see persons alone */
  searchPersons?: boolean;
  severity?: Severity;
  /** whose failure says this; a dead letter whose failure is lost is of the class `internal` */
  failure?: Partial<Pick<FailureDetails, 'class' | 'code' | 'system'>>;
  /** changed last at this moment or later, epoch ms, and before that one */
  changedFrom?: number;
  changedBefore?: number;
  /** came in at this moment or later, epoch ms, and before that one */
  cameFrom?: number;
  cameBefore?: number;
  /** of one of these business ids or run keys, exactly */
  about?: string[];
  /** newest first; runs with a smaller seq than this */
  before?: number;
  limit: number;
  /** of events with more JSON than so many characters the data is left out: a page of large ones would be larger than what can be held */
  dataUpTo?: number;
}

/** Runs: how they come in, are delivered, wait and end. */
export interface RunStore {
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
  /** Those of these events that an entry node has already seen, as it saw them; what was forgotten since then has no data. */
  keptEvents(entry: string, events: readonly Pick<SourceEvent, 'source' | 'id'>[]): Promise<SourceEvent[]>;
  cursor(source: string): Promise<Json | undefined>;
  /** Open runs of an entry node, counted up to `most`. */
  backlog(entry: string, most: number): Promise<number>;

  /**
   * Takes the next runs of these entry nodes: the first open one of each key, unless a run of that key is under way.
   * One whose record has a newer version that was written is told so (`overtakenBy`).
   * `upTo`: once the events of those taken have so much JSON (`Run.eventLength`), no further one is taken; the first always is.
   * `suspects`: only those that may be what makes the process die (engine/suspects.ts), the least suspicious first; else all others.
   */
  claim(input: { entries: string[]; limit: number; upTo?: number; now: number; revision: string; suspects?: boolean }): Promise<Run[]>;
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
  /** Ends a run that has only read, as cancelled: whoever asked is told why, and nothing is left to be looked after. */
  giveUp(run: RunId, token: number, failed: { failure: FailureDetails; node?: string }, now: number): Promise<boolean>;
  /** Gives a run back undelivered (redeploy, stop): ready again, the delivery does not count. */
  release(run: RunId, token: number, now: number): Promise<boolean>;

  /** A run whose messages are out waits until `until` (absent = until it is roused). The delivery does not count. */
  suspend(run: RunId, token: number, waiting: Waiting & { until?: number }, now: number): Promise<boolean>;
  /** Makes a waiting run due now; one that is under way does not wait when it is suspended. */
  rouse(run: RunId, now: number): Promise<boolean>;
  /** Makes waiting runs whose failure is of one of these classes due now: somebody has just mended something. */
  hasten(classes: FailureClass[], now: number): Promise<number>;
}

export const runCalls = {
  accept: 'keeps',
  keptEvents: 'asks',
  cursor: 'asks',
  backlog: 'asks',
  claim: 'asks',
  nextDue: 'asks',
  done: 'asks',
  retry: 'keeps',
  park: 'keeps',
  overtaken: 'keeps',
  giveUp: 'keeps',
  release: 'asks',
  suspend: 'keeps',
  rouse: 'asks',
  hasten: 'asks',
} satisfies Calls<RunStore>;
