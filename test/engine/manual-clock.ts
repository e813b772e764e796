import type { Clock } from '../../engine/clock.ts';

/** Time that stands still until the test moves it. */
export class ManualClock implements Clock {
  private time: number;
  private timers: { at: number; callback: () => void }[] = [];

  constructor(time = 1_000_000) {
    this.time = time;
  }

  now(): number {
    return this.time;
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.time + Math.max(0, ms), callback };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  /** Somebody sets the clock; timers ring after as long as before, as those of Node.js do. */
  set(ms: number): void {
    this.time += ms;
    for (const timer of this.timers) timer.at += ms;
  }

  /** Lets time go by while the process is busy: timers ring late, at the next step. */
  jump(ms: number): void {
    this.time += ms;
  }

  /** Moves to the next timer, at most until `limit`, and lets it ring; false = none rings by then. */
  step(limit = Number.POSITIVE_INFINITY): boolean {
    const next = this.timers.reduce<(typeof this.timers)[number] | undefined>(
      (first, timer) => (first === undefined || timer.at < first.at ? timer : first),
      undefined,
    );
    if (!next || next.at > limit) {
      if (Number.isFinite(limit)) this.time = Math.max(this.time, limit);
      return false;
    }
    this.timers = this.timers.filter((timer) => timer !== next);
    this.time = Math.max(this.time, next.at);
    next.callback();
    return true;
  }
}
