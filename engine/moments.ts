import type { Clock } from './clock.ts';

/** clocks are corrected by as much every day, and pauses are longer */
const clockErrorMs = 1_000;

/** The moments that the clock has shown: it tells when the clock is set back. */
export class Moments {
  private readonly clock: Clock;
  private latest = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  wentBack(): boolean {
    const now = this.clock.now();
    if (now < this.latest - clockErrorMs) return true;
    this.latest = Math.max(this.latest, now);
    return false;
  }

  /** From now on the clock is right. */
  begin(): number {
    this.latest = this.clock.now();
    return this.latest;
  }
}
