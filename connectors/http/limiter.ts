import { GivenUp } from './unless-aborted.ts';

/** What a rest is measured by. */
export interface RestClock {
  now(): number;
  after(ms: number, callback: () => void): void;
}
const ofThisMachine: RestClock = { now: () => Date.now(), after: (ms, callback) => void setTimeout(callback, ms) };

/** A system that wants no request for so long is waited for; for longer, whoever would ask is told at once, and can do without it meanwhile. */
export const longestRestMs = 60_000;

/** answers in a row without throttling after which one more request may be in flight, where nobody said how long it would last */
const calmAnswers = 20;

/**
 * Lets so many tasks run at once; the rest wait in order. How many that is follows the system: each time it says that there are too many
 * requests the number is halved, and while it says nothing the number grows back one by one to what was set. Other integrations
 * share the system's limit, so what was set may be too much at times. A throttled connection slows only itself.
 * A system that said for how long it wanted no request is done with it then: the number grows with each round of answers, not with
 * each twenty, unless it is throttled again on its way back.
 */
export class Limiter {
  private running = 0;
  private calm = 0;
  private growsByRounds = false;
  private allowed: number;
  private readonly waiting = new Map<() => void, (reason: unknown) => void>();
  private readonly most: number;
  private readonly clock: RestClock;
  private restsUntil = Number.NEGATIVE_INFINITY;
  private restLength = 0;
  /** what is said while it rests for long */
  private refusal: ((leftMs: number) => unknown) | undefined;

  constructor(limit: number, clock: RestClock = ofThisMachine) {
    this.most = limit;
    this.allowed = limit;
    this.clock = clock;
  }

  get inFlight(): number {
    return this.running;
  }

  /** tasks that may run at once at present */
  get width(): number {
    return this.allowed;
  }

  /** Who gives up while he waits is told at once (`GivenUp`), and his task is not begun. */
  async run<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (signal?.aborted) throw new GivenUp();
    if (this.restMs > 0 && this.refusal) throw this.refusal(this.restMs);
    if (this.restMs > 0 || this.running >= this.allowed) await this.turn(signal);
    else this.running++;
    try {
      return await task();
    } finally {
      this.running--;
      this.admit();
    }
  }

  /** The system says that there are too many requests, and may say for how long it wants none. A request that was under way when it said so tells nothing new. */
  throttled(saysHowLong = false): void {
    this.calm = 0;
    if (this.restMs > 0) return;
    this.growsByRounds = saysHowLong && this.allowed === this.most;
    this.allowed = Math.max(1, Math.floor(this.allowed / 2));
  }

  /** The system says for how long it wants no request (`Retry-After`): until then none is begun. What is under way may end. */
  rest(ms: number, refusal: (leftMs: number) => unknown): void {
    if (ms <= this.restMs) return;
    this.restsUntil = this.clock.now() + ms;
    this.restLength = ms;
    this.refusal = ms > longestRestMs ? refusal : undefined;
    if (this.refusal) {
      const given = [...this.waiting.values()];
      this.waiting.clear();
      for (const give of given) give(refusal(ms));
    } else this.clock.after(ms, () => this.wake());
  }

  /** A clock that was put back ends it: the system says again for how long. */
  private get restMs(): number {
    const left = this.restsUntil - this.clock.now();
    return left > this.restLength ? 0 : left;
  }

  /** Timers may be a little early. */
  private wake(): void {
    if (this.restMs > 0 && !this.refusal) this.clock.after(Math.ceil(this.restMs), () => this.wake());
    else this.admit();
  }

  /** The system answered as usual. */
  answered(): void {
    if (this.allowed === this.most) return;
    this.calm++;
    if (this.calm < (this.growsByRounds ? this.allowed : calmAnswers)) return;
    this.calm = 0;
    this.allowed++;
    this.admit();
  }

  private turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const admitted = () => {
        signal?.removeEventListener('abort', give);
        resolve();
      };
      const give = () => {
        this.waiting.delete(admitted);
        reject(new GivenUp());
      };
      this.waiting.set(admitted, (reason) => {
        signal?.removeEventListener('abort', give);
        reject(reason);
      });
      signal?.addEventListener('abort', give, { once: true });
    });
  }

  private admit(): void {
    for (const next of this.waiting.keys()) {
      if (this.restMs > 0 || this.running >= this.allowed) return;
      this.waiting.delete(next);
      this.running++;
      next();
    }
  }
}
