import type { Approval } from '../../engine/store/approvals.ts';
import { type JournalHead, type JournalLine, journalStart, nextLine } from '../../engine/journal.ts';
import type { JournalFlaw } from '../../engine/journal-flaw.ts';
import type { JournalState } from '../../engine/journal-state.ts';
import { chainFlaw } from '../../engine/verify-journal.ts';
import type { Act } from '../../engine/store/act.ts';
import type { Effect, SentAgain } from '../../engine/store/effects.ts';
import type { FailedAttempt, Run, RunFilter, RunId, RunStatus, Standing } from '../../engine/store/runs.ts';
import type { OpenFigures, ReconciliationRecord, Store } from '../../engine/store.ts';
import { suspectAfter } from '../../engine/suspects.ts';
import { Failure, type FailureDetails } from '../../model/failure.ts';
import { canonicalJson, type Json } from '../../model/json.ts';
import { MemoryCredentials } from '../../model/kept-credential.ts';
import type { RecordVersion, SourceEvent } from '../../model/operations.ts';
import { withData } from '../../model/storable-event.ts';
import { MemoryWaiting } from './memory-waiting.ts';

/** What survives a crash: plain data. A store object over it stands for one process's connection. */
export class MemoryDisk {
  readonly runs: Run[] = [];
  readonly effects = new Map<string, Effect>();
  readonly cursors = new Map<string, Json>();
  readonly attempts: FailedAttempt[] = [];
  readonly lines: JournalLine[] = [];
  readonly reconciliations: ReconciliationRecord[] = [];
  approvals: Approval[] = [];
  /** runs under way for which what they will wait for has come already */
  readonly nudged = new Set<RunId>();
  readonly credentials = new MemoryCredentials();
}

const open: RunStatus[] = ['ready', 'running', 'waiting'];

/** A store without a disk, of the same contract as the others: each method changes everything or nothing, at once. */
export class MemoryStore extends MemoryWaiting implements Store {
  readonly disk: MemoryDisk;

  constructor(disk = new MemoryDisk()) {
    super();
    this.disk = disk;
  }

  async open(now: number): Promise<{ recovered: number; suspects: boolean }> {
    const left = this.disk.runs.filter((run) => run.status === 'running');
    for (const run of left)
      Object.assign(run, { status: 'ready', token: run.token + 1, crashes: run.crashes + 1, availableAt: now, updatedAt: now });
    return { recovered: left.length, suspects: this.suspects() };
  }

  protected suspects(): boolean {
    return this.disk.runs.some((run) => run.status === 'ready' && run.crashes >= suspectAfter);
  }

  async close(): Promise<void> {}

  async accept({ entry, flow, severity, events, cursor, now }: Parameters<Store['accept']>[0]) {
    if (events.some((event) => typeof event.key !== 'string')) throw new Error('NOT NULL constraint failed: runs.key');
    const accepted: RunId[] = [];
    for (const event of events) {
      const known = this.disk.runs.some((run) => run.entry === entry && run.event.source === event.source && run.event.id === event.id);
      if (known || this.isNoNews(entry, event)) continue;
      const seq = this.disk.runs.length + 1;
      const id = `run-${seq}`;
      const times = { availableAt: now, createdAt: now, updatedAt: now };
      this.disk.runs.push({
        id,
        seq,
        entry,
        flow,
        event,
        status: 'ready',
        attempts: 0,
        crashes: 0,
        token: 0,
        revision: '',
        severity,
        ...times,
      });
      accepted.push(id);
    }
    if (cursor) this.disk.cursors.set(cursor.source, cursor.value);
    return { accepted, duplicates: events.length - accepted.length };
  }

  async cursor(source: string): Promise<Json | undefined> {
    return this.disk.cursors.get(source);
  }

  async claim({ entries, limit, upTo = Infinity, now, revision, suspects = false }: Parameters<Store['claim']>[0]): Promise<Run[]> {
    const due = this.disk.runs.filter(
      (run) =>
        (run.status === 'ready' || run.status === 'waiting') &&
        entries.includes(run.entry) &&
        run.availableAt <= now &&
        run.crashes >= suspectAfter === suspects,
    );
    const free = due.filter((run) => !this.disk.runs.some((other) => blocks(other, run)));
    const heads = free
      .sort((one, other) => (suspects ? one.crashes - other.crashes : ranks[one.severity] - ranks[other.severity]) || one.seq - other.seq)
      .slice(0, Math.max(0, limit));
    const lengths = heads.map(({ event }) => JSON.stringify(event).length);
    let length = 0;
    const taken = heads.filter((_, index) => (length += lengths[index - 1] ?? 0) < upTo);
    for (const run of taken) {
      delete run.waitingFor;
      this.disk.nudged.delete(run.id);
      Object.assign(run, { status: 'running', token: run.token + 1, attempts: run.attempts + 1, revision, updatedAt: now });
    }
    return taken.map((run, index) => ({ ...structuredClone(run), eventLength: lengths[index] as number, ...this.overtaker(run) }));
  }

  async nextDue(entries: string[], now: number): Promise<number | undefined> {
    const due = this.disk.runs.filter((run) => run.status === 'waiting' && run.availableAt > now && entries.includes(run.entry));
    return due.length > 0 ? Math.min(...due.map((run) => run.availableAt)) : undefined;
  }

  async done(id: RunId, token: number, now: number): Promise<boolean> {
    const run = this.live(id, token);
    return run !== undefined && end(run, 'done', now);
  }

  async retry(id: RunId, token: number, failed: Parameters<Store['retry']>[2], now: number): Promise<boolean> {
    const run = this.live(id, token);
    if (!run) return false;
    const attempts = run.attempts - (failed.free ? 1 : 0);
    Object.assign(run, { status: 'waiting', attempts, crashes: 0, availableAt: failed.availableAt, updatedAt: now }, lastFailure(failed));
    this.addFailedAttempt(run, failed, now);
    return true;
  }

  async park(id: RunId, token: number, failed: Parameters<Store['park']>[2], now: number): Promise<boolean> {
    const run = this.live(id, token);
    if (!run) return false;
    Object.assign(run, { status: 'dead', crashes: 0, updatedAt: now }, lastFailure(failed));
    this.addFailedAttempt(run, failed, now);
    const { class: failureClass, code } = failed.failure;
    this.append(
      { actor: 'engine', action: 'run.dead', subject: id, detail: { class: failureClass, code, node: failed.node ?? null } },
      now,
    );
    return true;
  }

  async overtaken(id: RunId, token: number, failure: FailureDetails, now: number): Promise<boolean> {
    const run = this.live(id, token);
    if (!run) return false;
    Object.assign(run, { status: 'cancelled', crashes: 0, failure, updatedAt: now });
    delete run.failedNode;
    this.append({ actor: 'engine', action: 'run.overtaken', subject: id, detail: { newer: failure.value ?? null } }, now);
    return true;
  }

  private versionsOf(entry: string, { source, version }: SourceEvent): Run[] {
    return this.disk.runs.filter(
      (run) => run.entry === entry && run.event.source === source && run.event.version?.record === version?.record && version !== undefined,
    );
  }

  private isNoNews(entry: string, event: SourceEvent): boolean {
    const { version } = event;
    if (version?.content === undefined) return false;
    const newest = this.versionsOf(entry, event).reduce<RecordVersion | undefined>(
      (best, run) => (best && best.at > (run.event.version?.at ?? '') ? best : run.event.version),
      undefined,
    );
    return newest?.content === version.content && newest.at <= version.at;
  }

  private overtaker(run: Run): Pick<Run, 'overtakenBy'> {
    const at = run.event.version?.at ?? '';
    const written = (other: Run) =>
      other.status === 'done' ||
      [...this.disk.effects.values()].some(
        (effect) => effect.run === other.id && !effect.ofUndo && ['intended', 'in-doubt', 'done'].includes(effect.status),
      );
    const isNewer = ({ event, seq }: Run) => (event.version?.at ?? '') > at || (event.version?.at === at && seq > run.seq);
    const newer = this.versionsOf(run.entry, run.event).find((other) => isNewer(other) && written(other));
    return newer ? { overtakenBy: { run: newer.id, at: newer.event.version?.at ?? '' } } : {};
  }

  async release(id: RunId, token: number, now: number): Promise<boolean> {
    const run = this.live(id, token);
    if (!run) return false;
    Object.assign(run, { status: 'ready', token: token + 1, attempts: run.attempts - 1, availableAt: now, updatedAt: now });
    return true;
  }

  async intend(effect: Parameters<Store['intend']>[0], token: number, now: number): Promise<Effect | undefined> {
    const run = this.live(effect.run, token);
    if (!run) throw takenOver();
    const before = this.disk.effects.get(effect.key);
    if (!before) {
      this.disk.effects.set(effect.key, {
        ...effect,
        place: [...this.disk.effects.values()].filter(({ run }) => run === effect.run).length,
        ...{ status: 'intended', attempts: 1, intendedAt: now },
      });
      run.crashes = 0;
      return undefined;
    }
    const answer = structuredClone(before);
    if (before.status === 'rejected' || before.status === 'not-made' || before.status === 'compensated') {
      before.request = effect.request;
      delete before.absentBefore;
      intended(before, now);
    }
    return answer;
  }

  async intendAgain(key: string, run: RunId, token: number, now: number, { sentBefore, absent }: SentAgain): Promise<void> {
    if (!this.live(run, token)) throw takenOver();
    const effect = this.disk.effects.get(key);
    if (!effect || effect.status === 'done') return;
    const { attempts } = effect;
    intended(effect, now);
    if (!sentBefore) effect.attempts = attempts;
    if (absent) effect.absentBefore = true;
  }

  async finishEffect(key: string, outcome: Parameters<Store['finishEffect']>[1], now: number): Promise<void> {
    const effect = this.disk.effects.get(key);
    if (!effect || effect.status === 'done' || effect.status === 'compensated') return;
    const { status, result, failure, found, maker } = outcome;
    for (const name of ['result', 'failure', 'found'] as const) delete effect[name];
    Object.assign(effect, { status, finishedAt: now, ...(result === undefined ? {} : { result }), ...(failure ? { failure } : {}) });
    if (found) effect.found = true;
    if (maker) effect.maker = maker;
    const { system, business } = effect;
    const detail = { system, business, result: result ?? null, ...(found ? { found } : {}), ...(failure ? { code: failure.code } : {}) };
    this.append({ actor: 'engine', action: `effect.${status}`, subject: effect.run, detail }, now);
  }

  async run(id: RunId): Promise<Run | undefined> {
    return structuredClone(this.disk.runs.find((run) => run.id === id));
  }

  async runs({ status, ids, entry, flow, search, about, before, limit, dataUpTo = Infinity }: RunFilter): Promise<Run[]> {
    const text = search?.toLowerCase();
    return this.disk.runs
      .filter(
        (run) => (!status?.length || status.includes(run.status)) && (entry ?? run.entry) === run.entry && (flow ?? run.flow) === run.flow,
      )
      .filter((run) => !ids || ids.includes(run.id))
      .filter((run) => !text || `${run.event.subject}\n${run.event.key}`.toLowerCase().includes(text) || run.id === search)
      .filter((run) => !about || about.includes(run.event.subject) || about.includes(run.event.key))
      .filter((run) => before === undefined || run.seq < before)
      .toReversed()
      .slice(0, limit)
      .map((run) =>
        JSON.stringify(run.event).length > dataUpTo ? { ...run, event: { ...run.event, data: null }, dataLeftOut: true as const } : run,
      )
      .map((run) => structuredClone(run));
  }

  async counts(): Promise<Record<RunStatus, number>> {
    const counts: Record<RunStatus, number> = { ready: 0, running: 0, waiting: 0, done: 0, dead: 0, cancelled: 0 };
    for (const run of this.disk.runs) counts[run.status]++;
    return counts;
  }

  async standing(): Promise<Standing[]> {
    const groups = new Map<string, Standing>();
    for (const { status, flow, waitingFor, failedNode, failure } of this.disk.runs) {
      if (status !== 'dead' && status !== 'waiting') continue;
      const node = waitingFor?.node ?? failedNode;
      const place = {
        status,
        flow,
        ...(node === undefined ? {} : { node }),
        ...(failure ? { class: failure.class } : {}),
      };
      const key = canonicalJson(place);
      groups.set(key, { ...place, runs: (groups.get(key)?.runs ?? 0) + 1 });
    }
    return [...groups.values()];
  }

  async openFigures(): Promise<OpenFigures> {
    const first = this.disk.runs.find((run) => open.includes(run.status));
    return {
      approvals: (await this.approvals({ status: 'open', limit: Infinity })).length,
      effectsInDoubt: (await this.effectsInDoubt(Infinity)).length,
      ...(first ? { oldestOpenAt: first.createdAt } : {}),
    };
  }

  async effects(run: RunId): Promise<Effect[]> {
    return [...this.disk.effects.values()].filter((effect) => effect.run === run).map((effect) => structuredClone(effect));
  }

  async effectsInDoubt(limit: number): Promise<Effect[]> {
    return [...this.disk.effects.values()].filter((effect) => effect.status === 'in-doubt').slice(0, limit);
  }

  async failedAttempts(run: RunId): Promise<FailedAttempt[]> {
    return this.disk.attempts.filter((attempt) => attempt.run === run);
  }

  async replay(id: RunId, { data, at, ...act }: Act & { data?: Json; at?: number }, now: number): Promise<boolean> {
    const run = this.disk.runs.find((candidate) => candidate.id === id && candidate.status === 'dead' && !candidate.compensating);
    if (!run) return false;
    if (data !== undefined) run.event = withData(run.event, data);
    forgetFailure(run);
    const from = Math.max(at ?? now, now);
    Object.assign(run, {
      status: from > now ? 'waiting' : 'ready',
      attempts: 0,
      crashes: 0,
      availableAt: from,
      renewedAt: from,
      updatedAt: now,
    });
    if (data !== undefined) this.disk.approvals = this.disk.approvals.filter((approval) => approval.run !== id);
    for (const approval of this.disk.approvals) if (approval.run === id) askAgain(approval, from, now);
    const detail = { reason: act.reason ?? null, edited: data !== undefined };
    this.append({ actor: act.actor, action: 'run.replayed', subject: id, detail }, now);
    return true;
  }

  async discard(id: RunId, act: Act, now: number): Promise<boolean> {
    return this.endByPerson(id, ['dead'], 'run.discarded', act, now);
  }

  async cancel(id: RunId, act: Act, now: number): Promise<boolean> {
    return this.endByPerson(id, ['ready', 'waiting', 'running'], 'run.cancelled', act, now);
  }

  async note(line: Parameters<Store['note']>[0], now: number): Promise<void> {
    this.append(line, now);
  }

  async journal({ after = 0, limit, subject }: Parameters<Store['journal']>[0]): Promise<JournalLine[]> {
    return this.disk.lines.filter((line) => line.seq > after && (subject ?? line.subject) === line.subject).slice(0, limit);
  }

  async verifyJournal(): Promise<JournalFlaw | undefined> {
    return chainFlaw({
      heads: async () => [this.head()],
      lines: async (after, limit) => this.disk.lines.filter((line) => line.seq > after).slice(0, limit),
    });
  }

  async journalState(): Promise<JournalState> {
    return { head: this.head() };
  }

  async acceptJournal(): Promise<boolean> {
    return false;
  }

  private head(): JournalHead {
    const { seq, hash } = this.disk.lines.at(-1) ?? { seq: 0, hash: journalStart };
    return { seq, hash };
  }

  async saveReconciliation(record: ReconciliationRecord): Promise<void> {
    this.disk.reconciliations.push(record);
  }

  async reconciliations(limit: number): Promise<ReconciliationRecord[]> {
    return this.disk.reconciliations.toReversed().slice(0, limit);
  }

  async touch(): Promise<void> {}

  async forget(): Promise<number> {
    return 0;
  }

  async hasten(classes: string[], now: number): Promise<number> {
    const late = this.disk.runs.filter(
      (run) => run.status === 'waiting' && run.availableAt > now && classes.includes(run.failure?.class ?? ''),
    );
    for (const run of late) run.availableAt = now;
    return late.length;
  }

  async saveRevision(): Promise<void> {}

  borrowCredential(id: string, holder: string, ms: number, now: number) {
    return this.disk.credentials.borrowCredential(id, holder, ms, now);
  }

  returnCredential(id: string, holder: string, sealed: string | undefined) {
    return this.disk.credentials.returnCredential(id, holder, sealed);
  }

  forgetCredential(id: string) {
    return this.disk.credentials.forgetCredential(id);
  }

  protected mustBeUnderWay(run: RunId, token: number): void {
    if (!this.live(run, token)) throw takenOver();
  }

  protected live(id: RunId, token: number): Run | undefined {
    return this.disk.runs.find((run) => run.id === id && run.token === token && run.status === 'running');
  }

  private endByPerson(id: RunId, from: RunStatus[], action: string, act: Act, now: number): boolean {
    const run = this.disk.runs.find((candidate) => candidate.id === id && from.includes(candidate.status));
    if (!run) return false;
    Object.assign(run, { status: 'cancelled', token: run.token + 1, updatedAt: now });
    this.append({ actor: act.actor, action, subject: id, detail: { reason: act.reason ?? null } }, now);
    return true;
  }

  private addFailedAttempt(run: Run, failed: { failure: FailedAttempt['failure']; node?: string }, at: number): void {
    const node = failed.node === undefined ? {} : { node: failed.node };
    this.disk.attempts.push({ run: run.id, attempt: run.attempts, failure: failed.failure, at, ...node });
  }

  protected append(line: { actor: string; action: string; subject: string; detail: Json }, now: number): void {
    const detail = JSON.parse(canonicalJson(line.detail)) as Json;
    this.disk.lines.push(nextLine(this.head(), { ...line, detail }, now));
  }
}

const ranks = { critical: 0, high: 1, normal: 2, low: 3 };

function askAgain(approval: Approval, from: number, now: number): void {
  if (approval.status !== 'open' || approval.expiresAt === undefined || approval.expiresAt > now) return;
  const later = from - approval.requestedAt;
  delete approval.escalatedAt;
  if (approval.escalateAt !== undefined) approval.escalateAt += later;
  approval.expiresAt += later;
  approval.requestedAt = from;
}

/** An earlier run of the key that is open, or any that is under way (a dead letter replayed beside a later run). */
const blocks = (other: Run, run: Run) =>
  other !== run &&
  other.entry === run.entry &&
  other.event.key === run.event.key &&
  (other.status === 'running' || (other.seq < run.seq && open.includes(other.status)));

function end(run: Run, status: RunStatus, now: number): true {
  forgetFailure(run);
  Object.assign(run, { status, updatedAt: now });
  return true;
}

function forgetFailure(run: Run): void {
  delete run.failure;
  delete run.failedNode;
}

function intended(effect: Effect, now: number): void {
  for (const name of ['failure', 'finishedAt'] as const) delete effect[name];
  Object.assign(effect, { status: 'intended', attempts: effect.attempts + 1, intendedAt: now });
}

const lastFailure = ({ failure, node }: { failure: FailedAttempt['failure']; node?: string }) => ({ failure, failedNode: node });

const takenOver = () =>
  new Failure({
    class: 'internal',
    code: 'RUN_TAKEN_OVER',
    message: 'This delivery of the run is over; nothing is written for it any more.',
  });
