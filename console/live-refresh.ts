/** A timer that can be taken back: `setTimeout` in the browser, hand-driven in tests. */
export type After = (ms: number, then: () => void) => () => void;

export const browserAfter: After = (ms, then) => {
  const timer = setTimeout(then, ms);
  return () => clearTimeout(timer);
};

interface Pauses {
  soonMs: number;
  everyMs: number;
  seldomMs: number;
}

/** With half a second between them: a quarter of a minute. */
const quickLooks = 30;

/**
 * When the console asks again: half a second after something happened, and by the clock, both only while somebody can see it. By the clock every two minutes where it is told
 * what happens, else every ten seconds, and more often when somebody has just acted. One refresh at a time; what happens during one is looked at once after it.
 */
export class LiveRefresh {
  private readonly listeners = new Set<() => Promise<void>>();
  private readonly after: After;
  private readonly soonMs: number;
  private readonly everyMs: number;
  private readonly seldomMs: number;
  private visible = false;
  private busy = false;
  private again = false;
  private cancelSoon: (() => void) | undefined;
  private cancelNext: (() => void) | undefined;
  /** looks still to come in quick succession */
  private quick = 0;
  private hears = false;
  private alone = false;

  constructor({ after = browserAfter, soonMs = 500, everyMs = 10_000, seldomMs = 120_000 }: Partial<Pauses> & { after?: After } = {}) {
    this.after = after;
    this.soonMs = soonMs;
    this.everyMs = everyMs;
    this.seldomMs = seldomMs;
  }

  /** Calls `load` at each refresh; the answer stops that. */
  subscribe(load: () => Promise<void>): () => void {
    this.listeners.add(load);
    return () => this.listeners.delete(load);
  }

  get isVisible(): boolean {
    return this.visible;
  }

  setVisible(visible: boolean): void {
    if (visible === this.visible) return;
    this.visible = visible;
    if (visible) void this.now();
    else this.cancel();
  }

  /** Whether it is told what happens. What happened while it was not is looked at. */
  setHears(hears: boolean): void {
    if (hears === this.hears) return;
    this.hears = hears;
    if (this.visible) void this.now();
  }

  /** Whether this Node-RED is the only one on its store: each tells of what it does itself. */
  setAlone(alone: boolean): void {
    if (alone === this.alone) return;
    this.alone = alone;
    if (!this.busy) this.schedule();
  }

  /** Something happened. What happens within the half second is covered by the same refresh, so that a busy flow cannot starve it. */
  soon(): void {
    if (!this.visible || this.cancelSoon) return;
    this.cancelSoon = this.after(this.soonMs, () => {
      this.cancelSoon = undefined;
      void this.now();
    });
  }

  /** Somebody has just acted, and waits for what comes of it: looks every half second for a while. */
  lively(): Promise<void> {
    this.quick = quickLooks;
    return this.now();
  }

  async now(): Promise<void> {
    if (this.busy) {
      this.again = true;
      return;
    }
    this.busy = true;
    try {
      do {
        this.again = false;
        await Promise.allSettled([...this.listeners].map((load) => load()));
      } while (this.again && this.visible);
    } finally {
      this.busy = false;
      this.schedule();
    }
  }

  private schedule(): void {
    this.cancelNext?.();
    const pause = this.quick > 0 ? this.soonMs : this.hears && this.alone ? this.seldomMs : this.everyMs;
    if (this.quick > 0) this.quick--;
    this.cancelNext = this.visible ? this.after(pause, () => void this.now()) : undefined;
  }

  private cancel(): void {
    this.cancelSoon?.();
    this.cancelNext?.();
    this.cancelSoon = undefined;
    this.cancelNext = undefined;
  }
}
