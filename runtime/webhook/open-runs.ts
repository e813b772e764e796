import type { PackNode } from '../pack-node.ts';

const askEveryMs = 1_000;

/** How many runs of a source are open, and whether no more are taken for it; the store is asked once a second at most. */
export class OpenRuns {
  private readonly base: PackNode;
  private readonly changed: (full: boolean, count: number) => void;
  private askedAt = 0;
  private asking = false;
  private full = false;
  private count = 0;
  private refreshes = false;

  /** @param changed called with each new count, and whether it is too many */
  constructor(base: PackNode, changed: (full: boolean, count: number) => void) {
    this.base = base;
    this.changed = changed;
  }

  /** By the store's last answer, at most a second old while requests come. */
  get areTooMany(): boolean {
    this.ask();
    return this.full;
  }

  /** Something has happened to them: the store is asked, though perhaps not at once. */
  refresh(): void {
    const { clock } = this.base.pack;
    const restMs = askEveryMs - Math.abs(clock.now() - this.askedAt);
    if (restMs <= 0 && !this.asking) return this.ask();
    if (this.refreshes || this.base.stopping.signal.aborted) return;
    this.refreshes = true;
    clock.after(restMs > 0 ? restMs : askEveryMs, () => {
      this.refreshes = false;
      this.refresh();
    });
  }

  /** Asks the store, unless it was asked a moment ago. */
  ask(): void {
    const { pack, stopping } = this.base;
    const now = pack.clock.now();
    if (this.asking || stopping.signal.aborted || !pack.ready || Math.abs(now - this.askedAt) < askEveryMs) return;
    this.asking = true;
    this.askedAt = now;
    const { maxBacklog } = pack.settings;
    pack.engine.store.backlog(this.base.id, maxBacklog).then(
      (count) => this.answered(count >= maxBacklog, count),
      () => {
        this.asking = false; // what is wrong with the store is noticed when it is written to
      },
    );
  }

  private answered(full: boolean, count: number): void {
    this.asking = false;
    if (this.base.stopping.signal.aborted) return;
    if (full !== this.full || count !== this.count) {
      [this.full, this.count] = [full, count];
      this.changed(full, count);
    }
    // nobody may ask again: the node must not say that it is full when it no longer is
    if (full) this.refresh();
  }
}
