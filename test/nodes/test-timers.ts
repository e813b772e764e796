import type { Clock } from '../../engine/clock.ts';

interface Timer {
  ms: number;
  fire(): void;
  cancel(): void;
}

/** The timers of the pack: which are set, and how long. A test may let the time of one pass at once. */
export class TestTimers {
  private readonly set = new Set<Timer>();

  /** Takes the clock over, in place: whoever has it already goes through this. Answers how to give it back. */
  take(clock: Clock): () => void {
    const after = clock.after.bind(clock);
    clock.after = (ms, callback) => {
      const timer: Timer = {
        ms,
        fire: () => {
          this.set.delete(timer);
          callback();
        },
        cancel: () => undefined,
      };
      this.set.add(timer);
      timer.cancel = after(ms, timer.fire);
      return () => {
        this.set.delete(timer);
        timer.cancel();
      };
    };
    return () => {
      clock.after = after;
    };
  }

  /** Lengths of those that are set, shortest first. */
  get lengths(): number[] {
    return [...this.set].map(({ ms }) => ms).sort((a, b) => a - b);
  }

  /** So much time is over: every timer of that length fires now. */
  pass(ms: number): void {
    for (const timer of [...this.set].filter((one) => one.ms === ms)) {
      timer.cancel();
      timer.fire();
    }
  }
}
