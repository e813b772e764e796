import type { Run, RunId, RunStatus, RunStore } from '../../../engine/store/runs.ts';
import { endOfTime } from '../../../engine/store/runs.ts';
import { suspectAfter } from '../../../engine/suspects.ts';
import type { FailureDetails } from '../../../model/failure.ts';
import type { Json } from '../../../model/json.ts';
import type { RecordVersion, SourceEvent } from '../../../model/operations.ts';
import { MemoryConnection } from './connection.ts';
import { addFailedAttempt, ended, forgetFailure, open, rouseRun } from './run-states.ts';

/** How runs come in, are delivered, wait and end. */
export abstract class MemoryRuns extends MemoryConnection implements RunStore {
  async accept({ entry, flow, severity, events, cursor, now }: Parameters<RunStore['accept']>[0]) {
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

  async keptEvents(entry: string, events: Parameters<RunStore['keptEvents']>[1]): Promise<SourceEvent[]> {
    const seen = this.disk.runs.filter((run) => run.entry === entry).map(({ event }) => event);
    return events.flatMap(({ source, id }) => seen.filter((event) => event.source === source && event.id === id));
  }

  async cursor(source: string): Promise<Json | undefined> {
    return this.disk.cursors.get(source);
  }

  async backlog(entry: string, most: number): Promise<number> {
    return Math.min(most, this.disk.runs.filter((run) => run.entry === entry && !ended(run) && run.status !== 'dead').length);
  }

  async claim({ entries, limit, upTo = Infinity, now, revision, suspects = false }: Parameters<RunStore['claim']>[0]): Promise<Run[]> {
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

  async retry(id: RunId, token: number, failed: Parameters<RunStore['retry']>[2], now: number): Promise<boolean> {
    const run = this.live(id, token);
    if (!run) return false;
    const attempts = run.attempts - (failed.free ? 1 : 0);
    Object.assign(run, { status: 'waiting', attempts, crashes: 0, availableAt: failed.availableAt, updatedAt: now }, lastFailure(failed));
    addFailedAttempt(this.disk, run, failed, now);
    return true;
  }

  async park(id: RunId, token: number, failed: Parameters<RunStore['park']>[2], now: number): Promise<boolean> {
    const run = this.live(id, token);
    if (!run) return false;
    Object.assign(run, { status: 'dead', crashes: 0, updatedAt: now }, lastFailure(failed));
    addFailedAttempt(this.disk, run, failed, now);
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

  async giveUp(id: RunId, token: number, { failure, node }: Parameters<RunStore['giveUp']>[2], now: number): Promise<boolean> {
    const run = this.live(id, token);
    if (!run) return false;
    Object.assign(run, { status: 'cancelled', crashes: 0, failure, updatedAt: now });
    delete run.failedNode;
    if (node !== undefined) run.failedNode = node;
    return true;
  }

  async release(id: RunId, token: number, now: number): Promise<boolean> {
    const run = this.live(id, token);
    if (!run) return false;
    Object.assign(run, { status: 'ready', token: token + 1, attempts: run.attempts - 1, availableAt: now, updatedAt: now });
    return true;
  }

  async suspend(id: RunId, token: number, { until = endOfTime, ...waitingFor }: Parameters<RunStore['suspend']>[2], now: number) {
    const run = this.live(id, token);
    if (!run) return false;
    const availableAt = this.disk.nudged.delete(id) ? now : until;
    forgetFailure(run);
    Object.assign(run, { status: 'waiting', attempts: run.attempts - 1, crashes: 0, availableAt, waitingFor, updatedAt: now });
    return true;
  }

  async rouse(id: RunId, now: number): Promise<boolean> {
    return rouseRun(this.disk, id, now);
  }

  async hasten(classes: string[], now: number): Promise<number> {
    const late = this.disk.runs.filter(
      (run) => run.status === 'waiting' && run.availableAt > now && classes.includes(run.failure?.class ?? ''),
    );
    for (const run of late) run.availableAt = now;
    return late.length;
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
}

const ranks = { critical: 0, high: 1, normal: 2, low: 3 };

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

const lastFailure = ({ failure, node }: { failure: FailureDetails; node?: string }) => ({ failure, failedNode: node });
