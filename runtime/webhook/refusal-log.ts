import type { Clock } from '../../engine/clock.ts';
import type { Answer } from './answers.ts';

const everyMs = 60_000;

/** Writes refused requests to the log: the first at once, then one line a minute at most, so that nobody can fill it. */
export class RefusalLog {
  private readonly clock: Clock;
  private readonly write: (line: string) => void;
  private saidAt = Number.NEGATIVE_INFINITY;
  private unsaid = 0;

  constructor(clock: Clock, write: (line: string) => void) {
    this.clock = clock;
    this.write = write;
  }

  /** An answer's words hold nothing of what was sent but names of attributes. */
  note({ status, text }: Answer): void {
    this.unsaid++;
    const now = this.clock.now();
    if (Math.abs(now - this.saidAt) < everyMs) return; // the clock may have been put back
    const { detail } = JSON.parse(text) as { detail: string };
    this.write(`Refused ${this.unsaid === 1 ? 'a request' : `${this.unsaid} requests, the last`} with ${status}: ${detail}`);
    this.saidAt = now;
    this.unsaid = 0;
  }
}
