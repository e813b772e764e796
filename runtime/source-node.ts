import type { NodeAPI } from 'node-red';
import type { Entry } from '../engine/engine-contract.ts';
import { Failure } from '../model/failure.ts';
import type { Json } from '../model/json.ts';
import type { PollPage } from '../model/operations.ts';
import { doubled, pauseOf } from '../model/pause.ts';
import type { NodeDeclaration } from '../declarations/node-declaration.ts';
import { intervalField } from '../declarations/shared-fields.ts';
import { fieldValue } from '../declarations/typed-config.ts';
import { logFailure } from './log-line.ts';
import type { SourceState } from './source-state.ts';
import { type PackNode, paletteNode } from './pack-node.ts';
import { sourceEntry } from './source-entry.ts';

export type Poll = (cursor: Json | undefined, signal: AbortSignal) => Promise<PollPage>;

/** A node that reads events from a system. Its cursor moves only in the transaction that stores the events. */
export function pollingSource(declaration: NodeDeclaration, setup: (base: PackNode) => Poll): (RED: NodeAPI) => void {
  return paletteNode(declaration, (base) => {
    const { node, pack } = base;
    const poll = setup(base);
    const entry = sourceEntry(base);
    pack.engine.register(entry);
    const loop = new PollLoop(base, poll, entry);
    const stopListening = pack.onChange(() => loop.wake());
    loop.wake();

    const stopFollowing = followTakeOvers(base, loop);
    const stopCounting = pack.openRuns.watch(() => void loop.count());

    node.on('close', (_removed: boolean, closed: () => void) => {
      stopListening();
      stopFollowing();
      stopCounting();
      pack.engine.unregister(base.id);
      pack.sources.delete(base.id);
      base.stopping.abort();
      base.closing.abort();
      void pack.departure.after(loop.stopped()).then(closed);
    });
  });
}

/** A source whose reader fell silent is read on at once. */
function followTakeOvers({ pack }: PackNode, loop: PollLoop): () => void {
  const look = () => loop.lookAgain();
  pack.engine.on('takenOver', look);
  return () => pack.engine.off('takenOver', look);
}

class PollLoop {
  private readonly base: PackNode;
  private readonly poll: Poll;
  private readonly entry: Entry;
  private turn: Promise<void> | undefined;
  private cancelTimer: (() => void) | undefined;
  private failures = 0;
  private elsewhere = false;
  /** its runs that have not ended */
  private open = 0;
  private watches = false;
  private readonly state: SourceState;

  constructor(base: PackNode, poll: Poll, entry: Entry) {
    this.base = base;
    this.poll = poll;
    this.entry = entry;
    this.state = { type: base.node.type, name: base.config.name || base.node.type, stored: 0 };
    base.pack.sources.set(base.id, this.state);
  }

  /** Polls now, unless it does already or may not. */
  wake(): void {
    const { pack, stopping, status } = this.base;
    if (stopping.signal.aborted || this.turn || this.cancelTimer) return;
    if (!pack.ready) {
      if (pack.trouble) status.show('red', 'ring', this.base.words('status.paused', { message: this.base.message(pack.trouble) }));
      return;
    }
    this.turn = this.read().finally(() => {
      this.turn = undefined;
    });
  }

  /** Asks for the source's lease before its time, if another instance had it. */
  lookAgain(): void {
    if (!this.elsewhere) return;
    this.cancelTimer?.();
    this.cancelTimer = undefined;
    this.wake();
  }

  /** How many of its runs are open now, for its status. */
  async count(): Promise<void> {
    const { id, pack } = this.base;
    this.open = await pack.engine.store.backlog(id, pack.settings.maxBacklog).catch(() => this.open);
    if (this.watches && !this.base.stopping.signal.aborted) this.showWatching();
  }

  private showWatching(): void {
    this.watches = true;
    this.base.status.show('green', 'ring', () => this.base.words('status.listening', { count: this.open }));
  }

  async stopped(): Promise<void> {
    this.cancelTimer?.();
    await this.turn;
    void this.base.pack.engine.instances?.unlease(this.base.id).catch(() => undefined); // it runs out by itself
  }

  /** How long to wait while another instance reads. */
  private waitElsewhere(delay: number): number {
    const { base } = this;
    this.elsewhere = true;
    base.status.show('grey', 'ring', base.words('status.elsewhere'));
    return Math.min(delay, base.pack.settings.leaseMs / 3);
  }

  private waitAfter(failure: Failure, delay: number): number {
    const { base } = this;
    this.failures++;
    this.state.failure = failure;
    if (this.failures === 1) logFailure(base.node, failure);
    base.status.show('red', 'ring', base.words('status.failed', { message: base.message(failure) }));
    return Math.max(pauseOf(failure.retryAfterMs) ?? 0, Math.min(delay, doubled(2_000, this.failures - 1, 300_000)));
  }

  /** The right to read, which one instance has at a time. */
  private async lease(): Promise<{ lease?: number }> {
    const { instances } = this.base.pack.engine;
    if (!instances) return {};
    const token = await instances.lease(this.base.id);
    this.elsewhere = token === undefined;
    return token === undefined ? {} : { lease: token };
  }

  /** So many of its runs are open that reading more would only make the queue longer; the system keeps what is not read. */
  private async isFull(): Promise<boolean> {
    const { base } = this;
    const { maxBacklog } = base.pack.settings;
    const open = await base.pack.engine.store.backlog(base.id, maxBacklog);
    const full = open >= maxBacklog;
    this.open = open;
    if (full) base.status.show('yellow', 'ring', base.words('status.backlog', { count: open }));
    this.state.backlog = full;
    return full;
  }

  private async read(): Promise<void> {
    const { base } = this;
    const { pack, stopping } = base;
    this.watches = false;
    let delay = fieldValue(intervalField, base.config) * 1000;
    try {
      const lease = await this.lease();
      for (let more = !this.elsewhere; more && pack.ready && !stopping.signal.aborted;) {
        if (await this.isFull()) break;
        base.status.show('blue', 'ring', base.words('status.polling'));
        const cursor = await pack.engine.store.cursor(base.id);
        const page = await this.poll(cursor, stopping.signal);
        const { accepted } = await pack.engine.accept(this.entry, page.events, { source: base.id, value: page.cursor, ...lease });
        this.state.stored += accepted.length;
        more = page.more;
      }
      this.failures = 0;
      delete this.state.failure;
      if (this.elsewhere) {
        delay = this.waitElsewhere(delay);
      } else if (!this.state.backlog) {
        this.state.readAt = pack.clock.now();
        await this.count();
        this.showWatching();
      }
    } catch (error) {
      if (stopping.signal.aborted) return;
      const failure = Failure.from(error);
      delay = failure.code === 'SOURCE_TAKEN_OVER' ? this.waitElsewhere(delay) : this.waitAfter(failure, delay);
    }
    if (stopping.signal.aborted) return;
    this.cancelTimer = pack.clock.after(delay, () => {
      this.cancelTimer = undefined;
      this.wake();
    });
  }
}
