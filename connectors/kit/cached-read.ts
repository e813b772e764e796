/** A read that is made once for all who ask, and kept for a while; a failed one is not kept. */
export class CachedRead<T> {
  private readonly read: () => Promise<T>;
  private readonly maxAgeMs: number;
  private readonly now: () => number;
  private kept: { reading: Promise<T>; until: number } | undefined;

  /** `maxAgeMs` left out: kept until it is asked for anew */
  constructor(read: () => Promise<T>, maxAgeMs = Infinity, now: () => number = Date.now) {
    this.read = read;
    this.maxAgeMs = maxAgeMs;
    this.now = now;
  }

  get(refresh = false): Promise<T> {
    if (!refresh && this.kept && this.now() < this.kept.until) return this.kept.reading;
    const kept = { reading: this.read(), until: this.now() + this.maxAgeMs };
    kept.reading.catch(() => {
      if (this.kept === kept) this.kept = undefined;
    });
    this.kept = kept;
    return kept.reading;
  }
}
