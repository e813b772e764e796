import type { Clock } from './clock.ts';
import type { Instances } from './store/instances.ts';

/** What the engine does when the watch reports. */
export interface InstanceReports {
  /** runs and leases went to others while this instance was silent */
  lost(): void;
  /** the store was reached; `takenOver` runs of dead instances are ready again; `suspects`: some may be what made them die */
  beat(takenOver: number, suspects: boolean): void;
  failed(error: unknown): void;
  /** another instance has work, or the store is back */
  wake(): void;
}

/** Reports in time that this instance is alive, and keeps the clock that all instances agree on: the store's. */
export class InstanceWatch {
  readonly clock: Clock;
  private readonly local: Clock;
  private readonly instances: Instances | undefined;
  private readonly reports: InstanceReports;
  /** instances alive on the store, this one included */
  alive = 1;
  private place = 0;
  private aheadMs = 0;
  private cancelBeat: (() => void) | undefined;
  private stopListening: (() => void) | undefined;
  private watching = false;

  constructor(instances: Instances | undefined, clock: Clock, reports: InstanceReports) {
    this.instances = instances;
    this.local = clock;
    this.reports = reports;
    this.clock = { now: () => clock.now() + this.aheadMs, after: (ms, callback) => clock.after(ms, callback) };
  }

  async start(): Promise<void> {
    if (!this.instances || this.watching) return;
    this.watching = true;
    this.stopListening = this.instances.onWake(() => this.reports.wake());
    await this.beat();
  }

  stop(): void {
    this.watching = false;
    this.cancelBeat?.();
    this.stopListening?.();
  }

  /** This instance's part of what all instances may do together; at least one, since some runs are for this instance alone. */
  partOf(whole: number): number {
    return Math.max(1, Math.floor(whole / this.alive) + (this.place < whole % this.alive ? 1 : 0));
  }

  private async beat(): Promise<void> {
    let next = 1_000;
    try {
      const asked = this.local.now();
      const beat = await (this.instances as Instances).heartbeat(this.clock.now());
      const took = this.local.now() - asked;
      // that half of it was the way there is a guess: an answer that took long (this process stood still) tells too little
      if (beat.at !== undefined && took < 1_000) this.aheadMs = Math.round(beat.at - asked - took / 2);
      next = beat.nextBeatMs ?? next;
      this.place = beat.place;
      this.alive = beat.alive;
      if (!this.watching) return;
      if (beat.lost) this.reports.lost();
      this.reports.beat(beat.takenOver, beat.suspects);
    } catch (error) {
      if (this.watching) this.reports.failed(error);
    } finally {
      if (this.watching) this.cancelBeat = this.local.after(next, () => void this.beat());
    }
  }
}
