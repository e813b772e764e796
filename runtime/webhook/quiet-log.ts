import type { Clock } from '../../engine/clock.ts';

const everyMs = 60_000;

/** Lines of one kind that anybody could have written: the first at once, then one a minute at most, so that nobody can fill the log. */
export class QuietLog {
  private readonly clock: Clock;
  private readonly write: (line: string) => void;
  private saidAt = Number.NEGATIVE_INFINITY;
  private unsaid = 0;

  constructor(clock: Clock, write: (line: string) => void) {
    this.clock = clock;
    this.write = write;
  }

  /** @param line made of how often it has happened since the last one */
  note(line: (times: number) => string): void {
    this.unsaid++;
    const now = this.clock.now();
    if (Math.abs(now - this.saidAt) < everyMs) return; // the clock may have been put back
    this.write(line(this.unsaid));
    this.saidAt = now;
    this.unsaid = 0;
  }
}
