import { GivenUp } from './unless-aborted.ts';

/** answers in a row without throttling after which one more request may be in flight */
const calmAnswers = 20;

/**
 * Lets so many tasks run at once; the rest wait in order. How many that is follows the system: each time it says that there are too many
 * requests the number is halved, and while it says nothing the number grows back one by one to what was set. Other integrations
 * share the system's limit, so what was set may be too much at times. A throttled connection slows only itself.
 */
export class Limiter {
  private running = 0;
  private calm = 0;
  private allowed: number;
  private readonly waiting = new Set<() => void>();
  private readonly most: number;

  constructor(limit: number) {
    this.most = limit;
    this.allowed = limit;
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
    if (this.running >= this.allowed) await this.turn(signal);
    else this.running++;
    try {
      return await task();
    } finally {
      this.running--;
      this.admit();
    }
  }

  /** The system says that there are too many requests. */
  throttled(): void {
    this.calm = 0;
    this.allowed = Math.max(1, Math.floor(this.allowed / 2));
  }

  /** The system answered as usual. */
  answered(): void {
    if (this.allowed === this.most) return;
    this.calm++;
    if (this.calm < calmAnswers) return;
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
      this.waiting.add(admitted);
      signal?.addEventListener('abort', give, { once: true });
    });
  }

  private admit(): void {
    for (const next of this.waiting) {
      if (this.running >= this.allowed) return;
      this.waiting.delete(next);
      this.running++;
      next();
    }
  }
}
