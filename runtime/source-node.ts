import type { NodeAPI } from 'node-red';
import type { Entry } from '../engine/engine-contract.ts';
import { Failure } from '../model/failure.ts';
import type { Json } from '../model/json.ts';
import type { PollPage, StreamPage } from '../model/operations.ts';
import { doubled, pauseOf } from '../model/pause.ts';
import { credentialTypes } from '../declarations/credential-types.ts';
import type { NodeDeclaration } from '../declarations/node-declaration.ts';
import { intervalField } from '../declarations/shared-fields.ts';
import { fieldValue } from '../declarations/typed-config.ts';
import { logFailure, logLine } from './log-line.ts';
import { SourceHealth } from './source-health.ts';
import type { SourceState } from './source-state.ts';
import { type PackNode, paletteNode } from './pack-node.ts';
import { sourceEntry, type SourceOutputs } from './source-entry.ts';

/** `trouble`: why something cannot be read that holds up nothing else; it is told, and looked for again the next time. */
export type Poll = (cursor: Json | undefined, signal: AbortSignal) => Promise<PollPage & { trouble?: Failure }>;

/** Pages, each asked for when the one before is stored. */
export type Stream = (cursor: Json | undefined, signal: AbortSignal) => AsyncIterable<StreamPage>;

/** How a source learns of events: it asks time and again, or it listens. `outputs`: what leaves each of its outputs, where it has several. */
export type Reading = ({ poll: Poll } | { stream: Stream }) & { outputs?: SourceOutputs };

/** A node that asks a system for events. */
export function pollingSource(declaration: NodeDeclaration, setup: (base: PackNode) => Poll): (RED: NodeAPI) => void {
  return readingSource(declaration, (base) => ({ poll: setup(base) }));
}

/** A node that reads events from a system. Its cursor moves only in the transaction that stores the events. */
export function readingSource(declaration: NodeDeclaration, setup: (base: PackNode) => Reading): (RED: NodeAPI) => void {
  return paletteNode(
    declaration,
    (base) => {
      const { node, pack } = base;
      const reading = setup(base);
      const entry = sourceEntry(base, reading.outputs);
      pack.engine.register(entry);
      const loop = new ReadLoop(base, reading, entry);
      const stopListening = pack.onChange(() => loop.wake());
      loop.wake();

      const stopFollowing = followTakeOvers(base, loop);
      const stopCounting = pack.openRuns.changed(() => void loop.count());

      node.on('close', (removed: boolean, closed: () => void) => {
        if (removed) loop.health.reads();
        stopListening();
        stopFollowing();
        stopCounting();
        pack.engine.unregister(base.id);
        pack.sources.delete(base.id);
        base.stopping.abort();
        base.closing.abort();
        void pack.departure.after(loop.stopped()).then(closed);
      });
    },
    { credentials: credentialTypes(declaration) },
  );
}

/** A source whose reader fell silent is read on at once. */
function followTakeOvers({ pack }: PackNode, loop: ReadLoop): () => void {
  const look = () => loop.lookAgain();
  pack.engine.on('takenOver', look);
  return () => pack.engine.off('takenOver', look);
}

type Lease = { lease?: number };

class ReadLoop {
  private readonly base: PackNode;
  private readonly reading: Reading;
  private readonly entry: Entry;
  private turn: Promise<void> | undefined;
  private cancelTimer: (() => void) | undefined;
  private failures = 0;
  private elsewhere = false;
  /** its runs that have not ended */
  private open = 0;
  private watches = false;
  private healed: Failure | undefined;
  private toldPassedOver = false;
  private readonly state: SourceState;
  readonly health: SourceHealth;

  constructor(base: PackNode, reading: Reading, entry: Entry) {
    this.base = base;
    this.reading = reading;
    this.entry = entry;
    this.state = { type: base.node.type, name: base.config.name || base.node.type, stored: 0 };
    base.pack.sources.set(base.id, this.state);
    this.health = new SourceHealth(base);
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
    const { base, healed } = this;
    this.watches = true;
    if (healed) {
      base.status.show('yellow', 'ring', () => base.words('status.healed', { count: this.open, message: base.message(healed) }));
    } else base.status.show('green', 'ring', () => base.words('status.listening', { count: this.open }));
  }

  /** That events had to be read in another way is logged once, and shown until events come as they should. */
  private tellHealed({ healed, events, more }: StreamPage): void {
    if (healed && healed.message !== this.healed?.message) logLine(this.base.node, 'warn', healed.message);
    if (healed) this.healed = healed;
    else if (events.length > 0 && !more) this.healed = undefined;
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
    this.health.elsewhere();
    base.status.show('grey', 'ring', base.words('status.elsewhere'));
    return Math.min(delay, base.pack.settings.leaseMs / 3);
  }

  private waitAfter(failure: Failure, delay: number): number {
    const { base } = this;
    this.failures++;
    this.health.fails(failure);
    this.state.failure = failure;
    if (this.failures === 1) logFailure(base.node, failure);
    base.status.show('red', 'ring', base.words('status.failed', { message: base.message(failure) }));
    const pause = Math.max(pauseOf(failure.retryAfterMs) ?? 0, Math.min(delay, doubled(2_000, this.failures - 1, 300_000)));
    // all that listen to a system are cut off at once, and must not all come back at once
    return 'stream' in this.reading ? Math.ceil(pause * (1 + Math.random() / 4)) : pause;
  }

  /** Something is not read, and all the rest is. */
  private tellTrouble(failure: Failure): void {
    const { base } = this;
    if (this.state.failure?.message !== failure.message) logFailure(base.node, failure);
    this.failures = 0;
    this.health.fails(failure);
    this.state.failure = failure;
    this.state.readAt = base.pack.clock.now();
    base.status.show('red', 'ring', base.words('status.failed', { message: base.message(failure) }));
  }

  /** The right to read, which one instance has at a time. */
  private async lease(): Promise<Lease> {
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

  private wentWell(): void {
    this.failures = 0;
    if (!this.elsewhere) this.health.reads();
    delete this.state.failure;
  }

  /** Page after page, until there are no more for now. */
  private async ask(poll: Poll, lease: Lease): Promise<Failure | undefined> {
    const { base } = this;
    const { pack, stopping } = base;
    let trouble: Failure | undefined;
    for (let more = true; more && pack.ready && !stopping.signal.aborted;) {
      if (await this.isFull()) break;
      base.status.show('blue', 'ring', base.words('status.polling'));
      const page = await poll(await pack.engine.store.cursor(base.id), stopping.signal);
      await this.accept(page, lease);
      ({ more, trouble } = page);
    }
    return trouble;
  }

  /** Page after page as they come. Where too many runs are open it stops listening: the system keeps what is not heard. */
  private async listen(stream: Stream, lease: Lease): Promise<undefined> {
    const { base } = this;
    const { pack, stopping } = base;
    if (!pack.ready || (await this.isFull())) return;
    base.status.show('blue', 'ring', base.words('status.polling'));
    for await (const page of stream(await pack.engine.store.cursor(base.id), stopping.signal)) {
      await this.accept(page, lease);
      this.wentWell();
      this.state.readAt = pack.clock.now();
      this.tellHealed(page);
      if (!pack.ready || stopping.signal.aborted || (await this.isFull())) return;
      if (page.more) continue;
      await this.count();
      this.showWatching();
    }
  }

  private async accept(page: PollPage, lease: Lease): Promise<void> {
    const { id, pack } = this.base;
    const { accepted } = await pack.engine.accept(this.entry, page.events, { source: id, value: page.cursor, ...lease });
    this.state.stored += accepted.length;
    this.tellPassedOver(page);
  }

  /** Once: some minutes are read again at each look. */
  private tellPassedOver({ passedOver = 0 }: PollPage): void {
    if (passedOver === 0 || this.toldPassedOver) return;
    this.toldPassedOver = true;
    const what = 'saved now, but became what is asked for before this source began';
    logLine(
      this.base.node,
      'info',
      `left out what was ${what}: ${passedOver} so far ("Start from" of a new node with an earlier day takes them)`,
    );
  }

  private async read(): Promise<void> {
    const { base } = this;
    const { pack, stopping } = base;
    this.watches = false;
    let delay = fieldValue(intervalField, base.config) * 1000;
    try {
      const lease = await this.lease();
      const { reading } = this;
      const trouble = this.elsewhere
        ? undefined
        : await ('poll' in reading ? this.ask(reading.poll, lease) : this.listen(reading.stream, lease));
      if (!trouble) this.wentWell();
      if (trouble) {
        this.tellTrouble(trouble);
      } else if (this.elsewhere) {
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
