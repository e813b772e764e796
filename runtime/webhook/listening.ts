import { type Failure } from '../../model/failure.ts';
import { logLine } from '../log-line.ts';
import type { PackNode } from '../pack-node.ts';
import { SourceHealth } from '../source-health.ts';
import type { SourceState } from '../source-state.ts';
import { type Answer, refused } from './answers.ts';
import { OpenRuns } from './open-runs.ts';
import { QuietLog } from './quiet-log.ts';

/** A node that is sent something: what it shows and says of that it listens, refuses, takes no more for now, or cannot listen. */
export class Listening {
  readonly name: string;
  private readonly base: PackNode;
  private readonly state: SourceState;
  private readonly health: SourceHealth;
  private readonly openRuns: OpenRuns;
  private readonly refusals: QuietLog;
  private readonly obstacle: () => Failure | undefined;
  private readonly settle: (() => void) | undefined;
  private readonly said = new Set<string>();
  /** its runs that have not ended */
  private open = 0;
  private isShown = false;
  private readonly stops: (() => void)[];
  /** a status is made only when it is shown */
  private readonly words = () => this.base.words('status.listening', { count: this.open });

  /**
   * @param obstacle claims what it listens at, and tells why it cannot take anything
   * @param settle of a node that listens beside what else it does: shows that again
   */
  constructor(base: PackNode, obstacle: () => Failure | undefined, settle?: () => void) {
    const { pack, node } = base;
    this.base = base;
    this.obstacle = obstacle;
    this.settle = settle;
    this.name = base.config.name || node.type;
    this.state = { type: node.type, name: this.name, stored: 0, listens: true };
    pack.sources.set(base.id, this.state);
    this.health = new SourceHealth(base);
    this.refusals = new QuietLog(pack.clock, (line) => logLine(node, 'warn', line));
    this.openRuns = new OpenRuns(base, (full, count) => this.counted(full, count));
    this.stops = [pack.onChange(() => this.look()), pack.openRuns.changed(() => this.openRuns.refresh())];
  }

  /** So many of its runs are open that no more are taken. */
  get isFull(): boolean {
    return this.openRuns.areTooMany;
  }

  /** Why it cannot listen. */
  get failure(): Failure | undefined {
    return this.state.failure;
  }

  /** Looks whether it can listen, now that something has changed, and says so. */
  look(): void {
    const { pack, stopping } = this.base;
    if (stopping.signal.aborted) return;
    const failure = this.obstacle();
    if (failure) this.report(failure);
    if (failure ?? pack.trouble) this.showPaused((failure ?? pack.trouble)!);
    else if (pack.ready && !this.isFull) this.show();
  }

  /** Something came in, and is kept. */
  stored(count: number): void {
    this.state.stored += count;
    this.state.readAt = this.base.pack.clock.now();
    if (!this.state.backlog) this.show();
  }

  /** Somebody was told that what was sent is not taken. */
  refused(answer: Answer): void {
    const { base, state } = this;
    const count = (state.refused = (state.refused ?? 0) + 1);
    this.refusals.note((times) => refused(answer, times));
    if (!base.pack.ready || base.stopping.signal.aborted) return;
    this.isShown = false;
    base.resting?.touch();
    base.status.show('yellow', 'dot', () => base.words('status.refused', { count, message: String(answer.status) }));
  }

  /** Logs one line of a kind. */
  say(kind: string, line: string): void {
    if (this.said.has(kind)) return;
    this.said.add(kind);
    logLine(this.base.node, 'error', line);
  }

  /** @param removed its node is gone from the flows: nobody waits for it to listen again */
  end(removed: boolean): void {
    if (removed) this.health.reads();
    for (const stop of this.stops) stop();
    this.base.pack.sources.delete(this.base.id);
  }

  private counted(full: boolean, count: number): void {
    const wasFull = this.state.backlog;
    this.state.backlog = full;
    this.open = count;
    if (full) {
      this.isShown = false;
      this.base.resting?.touch();
      this.base.status.show('yellow', 'ring', this.base.words('status.backlog', { count }));
    } else if (wasFull) this.look();
    else if (this.isShown) this.show();
  }

  private report(failure: Failure): void {
    this.say(failure.code, `${failure.message} ${failure.remedy ?? ''}`);
    this.state.failure = failure;
    this.health.fails(failure);
  }

  private showPaused(failure: Failure): void {
    this.isShown = false;
    this.base.resting?.touch();
    this.base.status.show('red', 'ring', this.base.words('status.paused', { message: this.base.message(failure) }));
  }

  private show(): void {
    if (this.base.stopping.signal.aborted) return;
    delete this.state.failure;
    this.health.reads();
    if (this.settle) return this.settle();
    this.isShown = true;
    this.base.status.show('green', 'dot', this.words);
  }
}
