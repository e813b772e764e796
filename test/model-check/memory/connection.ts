import { type JournalHead, type JournalLine, journalStart, nextLine } from '../../../engine/journal.ts';
import type { ApiKey } from '../../../engine/store/api-keys.ts';
import type { Approval } from '../../../engine/store/approvals.ts';
import type { CrosswalkRow } from '../../../engine/store/crosswalk.ts';
import type { Effect } from '../../../engine/store/effects.ts';
import type { StoreLife } from '../../../engine/store/life.ts';
import type { EngagementState } from '../../../engine/store/engagements.ts';
import type { FigureDay } from '../../../engine/store/measurements.ts';
import type { ReconciliationRecord } from '../../../engine/store/reconciliations.ts';
import type { SavedFilter } from '../../../engine/store/saved-filters.ts';
import type { FailingSource } from '../../../engine/store/sources.ts';
import type { StandingStatement } from '../../../engine/heard.ts';
import type { FailedAttempt, Run, RunId } from '../../../engine/store/runs.ts';
import { suspectAfter } from '../../../engine/suspects.ts';
import type { CrosswalkQuestion } from '../../../model/crosswalk-entry.ts';
import { Failure } from '../../../model/failure.ts';
import { canonicalJson, type Json } from '../../../model/json.ts';
import { MemoryCredentials } from '../../../model/kept-credential.ts';

/** What survives a crash: plain data. */
export class MemoryDisk {
  readonly runs: Run[] = [];
  readonly effects = new Map<string, Effect>();
  readonly cursors = new Map<string, Json>();
  readonly attempts: FailedAttempt[] = [];
  readonly lines: JournalLine[] = [];
  readonly reconciliations: ReconciliationRecord[] = [];
  readonly failing = new Map<string, FailingSource>();
  readonly engagements = new Map<string, EngagementState>();
  measuredTo: Json | undefined;
  /** by day, figure and group */
  readonly figures = new Map<string, FigureDay>();
  approvals: Approval[] = [];
  /** runs under way for which what they will wait for has come already */
  readonly nudged = new Set<RunId>();
  readonly credentials = new MemoryCredentials();
  readonly apiKeys = new Map<string, ApiKey>();
  readonly savedFilters = new Map<string, SavedFilter>();
  statementKey: string | undefined;
  /** by record, node and field */
  readonly statements = new Map<string, StandingStatement & { record: string; field: string }>();
  /** all states of all entries */
  readonly crosswalk: CrosswalkRow[] = [];
  /** what runs found nothing for */
  missing: (CrosswalkQuestion & { run: RunId; token: number; at: number })[] = [];
}

/** One process's connection to it, on which the areas of the store stand. */
export class MemoryConnection implements StoreLife {
  readonly disk: MemoryDisk;

  constructor(disk = new MemoryDisk()) {
    this.disk = disk;
  }

  async open(now: number): Promise<{ recovered: number; suspects: boolean }> {
    const left = this.disk.runs.filter((run) => run.status === 'running');
    for (const run of left)
      Object.assign(run, { status: 'ready', token: run.token + 1, crashes: run.crashes + 1, availableAt: now, updatedAt: now });
    return { recovered: left.length, suspects: this.suspects() };
  }

  async close(): Promise<void> {}

  async touch(): Promise<void> {}

  protected suspects(): boolean {
    return this.disk.runs.some((run) => run.status === 'ready' && run.crashes >= suspectAfter);
  }

  protected mustBeUnderWay(id: RunId, token: number): Run {
    const run = this.live(id, token);
    if (!run) throw takenOver();
    return run;
  }

  /** The run, if this delivery of it is under way. */
  protected live(id: RunId, token: number): Run | undefined {
    return this.disk.runs.find((run) => run.id === id && run.token === token && run.status === 'running');
  }

  protected find(id: RunId): Run | undefined {
    return this.disk.runs.find((run) => run.id === id);
  }

  protected append(line: { actor: string; action: string; subject: string; detail: Json }, now: number): void {
    const detail = JSON.parse(canonicalJson(line.detail)) as Json;
    this.disk.lines.push(nextLine(this.head(), { ...line, detail }, now));
  }

  protected head(): JournalHead {
    const { seq, hash } = this.disk.lines.at(-1) ?? { seq: 0, hash: journalStart };
    return { seq, hash };
  }
}

const takenOver = () =>
  new Failure({
    class: 'internal',
    code: 'RUN_TAKEN_OVER',
    message: 'This delivery of the run is over; nothing is written for it any more.',
  });
