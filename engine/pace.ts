import { Failure } from '../model/failure.ts';
import { inWords } from '../model/failure-words.ts';
import type { Clock } from './clock.ts';

interface Waiting {
  /** epoch ms */
  since: number;
  perMinute(): number;
  go(): void;
}

/** what a process that stood still makes up for, milliseconds */
const longestBurstMs = 1_000;

/**
 * Spaces the writes to one connection evenly, so that the system's own limit is not run into. One for each connection and
 * process: where several share a store, each takes its part of the rate, which changes as they come and go.
 */
export class Pace {
  private readonly clock: Clock;
  private readonly waiting = new Set<Waiting>();
  /** epoch ms from which the next write may go */
  private freeAt = 0;
  private intervalMs = 0;
  private timed = false;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Resolves when it is this write's turn; the rate is asked for then. An abort gives the turn up: `ABORTED`, not made. */
  turn(perMinute: () => number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.reject(givenUp());
    return new Promise<void>((resolve, reject) => {
      const give = () => {
        this.waiting.delete(one);
        reject(givenUp());
      };
      const go = () => {
        signal.removeEventListener('abort', give);
        resolve();
      };
      const one: Waiting = { since: this.clock.now(), perMinute, go };
      signal.addEventListener('abort', give, { once: true });
      this.waiting.add(one);
      this.letGo();
    });
  }

  private letGo(): void {
    if (this.timed) return;
    for (const one of this.waiting) {
      const now = this.clock.now();
      this.freeAt = Math.min(this.freeAt, now + this.intervalMs); // the clock may have been put back
      if (this.freeAt > now) {
        this.timed = true;
        this.clock.after(this.freeAt - now, () => {
          this.timed = false;
          this.letGo();
        });
        return;
      }
      this.waiting.delete(one);
      this.intervalMs = 60_000 / one.perMinute();
      this.freeAt = Math.max(this.freeAt, one.since, now - longestBurstMs) + this.intervalMs;
      one.go();
    }
  }
}

function givenUp(): Failure {
  return new Failure({ class: 'transient.unavailable', ...inWords('ABORTED.turn'), outcome: 'not-made' });
}
