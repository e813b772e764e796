import { Failure } from '../../model/failure.ts';

/**
 * Creates that got no answer. Kantata may work on a request for three minutes (https://developer.kantata.com/ "Timeouts"),
 * so for a while after a lost answer a look-up that finds nothing does not prove that nothing was made.
 */
export class Doubts {
  private readonly since = new Map<string, number>();
  private readonly settleAfterMs: number;
  private readonly now: () => number;

  constructor(settleAfterMs: number, now: () => number = Date.now) {
    this.settleAfterMs = settleAfterMs;
    this.now = now;
  }

  async watch<T>(key: string, send: () => Promise<T>): Promise<T> {
    try {
      const result = await send();
      this.since.delete(key);
      return result;
    } catch (error) {
      if (Failure.is(error) && error.outcome === 'unknown') this.since.set(key, this.now());
      throw error;
    }
  }

  found(key: string): void {
    this.since.delete(key);
  }

  /** Nothing was found: certain, or too early to say. */
  notFound(key: string): void {
    const since = this.since.get(key);
    if (since === undefined) return;
    const left = since + this.settleAfterMs - this.now();
    if (left <= 0) {
      this.since.delete(key);
      return;
    }
    throw new Failure({
      class: 'transient.unavailable',
      code: 'NOT_SETTLED_YET',
      message: 'Kantata gave no answer a moment ago and may still be making the record; it is looked up again before it is sent again.',
      system: 'kantata',
      retryAfterMs: left,
      outcome: 'unknown',
      remedy: 'Nothing to do: the run goes on by itself.',
    });
  }
}
