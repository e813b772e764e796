import type { Request, Response } from 'express';

/** What a system with so many slots has seen of its callers. */
export interface SlotReading {
  /** from the first request until the last answer to a write, without the time in which it was closed */
  openSeconds: number;
  /** time of all slots together in which they were busy while it was open */
  busySeconds: number;
  requests: number;
  writes: number;
  mostAtOnce: number;
  /** answers of 429 with Retry-After, and requests that came before that was over */
  closings: number;
  early: number;
  /** how long after the closing the latest of these came, or one that was on its way */
  latestAfterMs: number;
}

/** What was on its way when the system said that it is closed could not know it yet. */
const onTheWayMs = 100;

/** Stands before a system: measures how busy its slots are, and closes it now and then with 429 and `Retry-After`. */
export class SlotMeter {
  private readonly slots: number;
  private readonly closing: { every: number; seconds: number };
  private inFlight = 0;
  private first: number | undefined;
  private at = 0;
  private open = 0;
  private busy = 0;
  private untilLastWrite = { open: 0, busy: 0 };
  private closedAt = Number.NEGATIVE_INFINITY;
  private closedUntil = Number.NEGATIVE_INFINITY;
  private readonly seen = { requests: 0, writes: 0, mostAtOnce: 0, closings: 0, early: 0, latestAfterMs: 0 };

  constructor(slots: number, closing: { every: number; seconds: number }) {
    this.slots = slots;
    this.closing = closing;
  }

  /** Middleware; `refuse` answers in the system's words. */
  pass(request: Request, response: Response, next: () => void, refuse: (seconds: number) => void): void {
    const now = performance.now();
    this.first ??= this.at = now;
    this.count(now);
    if (now < this.closedUntil && now > this.closedAt + onTheWayMs) this.seen.early++;
    if (now < this.closedUntil) this.seen.latestAfterMs = Math.max(this.seen.latestAfterMs, now - this.closedAt);
    this.seen.requests++;
    const isWrite = request.path.startsWith('/record/') && request.method !== 'GET';
    if (isWrite) this.seen.writes++;
    if (now < this.closedUntil) return refuse(Math.ceil((this.closedUntil - now) / 1_000));
    if (isWrite && this.seen.writes % this.closing.every === 0) {
      this.seen.closings++;
      this.closedAt = now;
      this.closedUntil = now + this.closing.seconds * 1_000;
      return refuse(this.closing.seconds);
    }
    this.inFlight++;
    this.seen.mostAtOnce = Math.max(this.seen.mostAtOnce, this.inFlight);
    response.once('close', () => {
      this.count(performance.now());
      this.inFlight--;
      if (isWrite) this.untilLastWrite = { open: this.open, busy: this.busy };
    });
    next();
  }

  get reading(): SlotReading {
    const { open, busy } = this.untilLastWrite;
    return { openSeconds: open / 1_000, busySeconds: busy / 1_000, ...this.seen };
  }

  /** Time in which it is closed counts for neither. */
  private count(now: number): void {
    const from = Math.min(now, Math.max(this.at, this.closedUntil));
    this.open += now - from;
    this.busy += (now - from) * Math.min(this.inFlight, this.slots);
    this.at = now;
  }
}
