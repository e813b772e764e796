import type { Effect, SentAgain } from '../../engine/store/effects.ts';
import type { Heartbeat, Instances } from '../../engine/store/instances.ts';
import type { Run, RunId } from '../../engine/store/runs.ts';
import type { Store } from '../../engine/store.ts';
import { Failure } from '../../model/failure.ts';
import type { Json } from '../../model/json.ts';
import type { MemoryDisk } from './memory/connection.ts';
import { MemoryStore } from './memory-store.ts';

export const leaseMs = 15_000;
export const beatMs = leaseMs / 3;

/** What several instances over one disk know of one another. */
export class Neighbours {
  readonly owners = new Map<RunId, number>();
  /** who intended a write last */
  readonly senders = new Map<string, number>();
  readonly leases = new Map<number, number>();
  readonly sources = new Map<string, { owner: number | undefined; token: number }>();
  readonly listeners = new Map<number, () => void>();
}

/** One instance's store among several: it owns the runs that it takes, for as long as it reports in time. */
export class SharedMemoryStore extends MemoryStore implements Instances {
  private readonly id: number;
  private readonly others: Neighbours;
  private readonly clock: () => number;

  constructor(disk: MemoryDisk, others: Neighbours, id: number, clock: () => number) {
    super(disk);
    this.id = id;
    this.others = others;
    this.clock = clock;
  }

  override async open(): Promise<{ recovered: number; suspects: boolean }> {
    return { recovered: 0, suspects: this.suspects() };
  }

  override async accept(input: Parameters<Store['accept']>[0]) {
    const { cursor } = input;
    if (cursor?.lease !== undefined && this.others.sources.get(cursor.source)?.token !== cursor.lease) {
      throw new Failure({ class: 'internal', code: 'SOURCE_TAKEN_OVER', message: 'Another instance reads the source.' });
    }
    const result = await super.accept(input);
    this.call();
    return result;
  }

  override async claim(input: Parameters<Store['claim']>[0]): Promise<Run[]> {
    if (!this.others.leases.has(this.id)) return [];
    const runs = await super.claim(input);
    for (const run of runs) this.others.owners.set(run.id, this.id);
    return runs;
  }

  override async intend(effect: Parameters<Store['intend']>[0], token: number, now: number): Promise<Effect | undefined> {
    const before = await super.intend(effect, token, now);
    if (before?.status !== 'done') this.others.senders.set(effect.key, this.id);
    return before;
  }

  override async intendAgain(key: string, run: RunId, token: number, now: number, what: SentAgain): Promise<void> {
    await super.intendAgain(key, run, token, now, what);
    this.others.senders.set(key, this.id);
  }

  /** As PostgreSQL's store does it: that a write failed counts only from whoever intended it last. */
  override async finishEffect(key: string, outcome: Parameters<Store['finishEffect']>[1], now: number): Promise<void> {
    if (outcome.status !== 'done' && this.others.senders.get(key) !== this.id) return;
    await super.finishEffect(key, outcome, now);
  }

  override async release(id: RunId, token: number, now: number): Promise<boolean> {
    const released = await super.release(id, token, now);
    if (released) this.call();
    return released;
  }

  async heartbeat(): Promise<Heartbeat> {
    const now = this.clock();
    const lost = !this.others.leases.has(this.id);
    this.others.leases.set(this.id, now + leaseMs);
    for (const [instance, until] of this.others.leases) if (until < now) this.others.leases.delete(instance);
    const takenOver = this.give(({ id }) => !this.others.leases.has(this.others.owners.get(id) ?? -1), now, true);
    const alive = [...this.others.leases.keys()];
    const place = alive.filter((id) => id < this.id).length;
    return { at: now, lost, takenOver, suspects: this.suspects(), place, alive: alive.length, nextBeatMs: beatMs };
  }

  async reclaim(active: RunId[], now: number): Promise<number> {
    return this.give(({ id }) => this.others.owners.get(id) === this.id && !active.includes(id), now, false);
  }

  async lease(source: string): Promise<number | undefined> {
    const held = this.others.sources.get(source) ?? { owner: undefined, token: 0 };
    if (held.owner === this.id) return held.token;
    if (held.owner !== undefined && (this.others.leases.get(held.owner) ?? 0) > this.clock()) return undefined;
    this.others.sources.set(source, { owner: this.id, token: held.token + 1 });
    return held.token + 1;
  }

  async unlease(source: string): Promise<void> {
    const held = this.others.sources.get(source);
    if (held?.owner === this.id) this.others.sources.set(source, { owner: undefined, token: held.token + 1 });
    this.call();
  }

  onWake(listener: () => void): () => void {
    this.others.listeners.set(this.id, listener);
    return () => this.others.listeners.delete(this.id);
  }

  /** What is this instance's, for the fingerprint of a state: its lease, runs, writes and sources. */
  known(nameOf: (key: string) => string): Json {
    const { leases, owners, senders, sources, listeners } = this.others;
    const lease = leases.get(this.id);
    const running = this.disk.runs.filter(({ id, status }) => status === 'running' && owners.get(id) === this.id).map(({ id }) => id);
    const open = [...senders].filter(([key, owner]) => owner === this.id && this.disk.effects.get(key)?.status !== 'done');
    const read = [...sources].filter(([, { owner }]) => owner === this.id).map(([name, { token }]) => `${name} ${token}`);
    return [
      lease === undefined ? null : lease - this.clock(),
      running,
      open.map(([key]) => nameOf(key)).sort(),
      read,
      listeners.has(this.id),
    ];
  }

  private give(chosen: (run: Run) => boolean, now: number, crashed: boolean): number {
    const runs = this.disk.runs.filter((run) => run.status === 'running' && chosen(run));
    for (const run of runs) {
      const crashes = run.crashes + (crashed ? 1 : 0);
      Object.assign(run, { status: 'ready', token: run.token + 1, crashes, availableAt: now, updatedAt: now });
    }
    return runs.length;
  }

  private call(): void {
    for (const [id, listener] of this.others.listeners) if (id !== this.id) listener();
  }
}
