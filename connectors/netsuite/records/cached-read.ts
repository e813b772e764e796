/** A read that is kept for a while; a failed one is not kept. */
export class CachedRead<T> {
  private readonly read: () => Promise<T>;
  private readonly maxAgeMs: number;
  private kept: { reading: Promise<T>; until: number } | undefined;

  constructor(read: () => Promise<T>, maxAgeMs: number) {
    this.read = read;
    this.maxAgeMs = maxAgeMs;
  }

  get(refresh = false): Promise<T> {
    if (!refresh && this.kept && Date.now() < this.kept.until) return this.kept.reading;
    const kept = { reading: this.read(), until: Date.now() + this.maxAgeMs };
    kept.reading.catch(() => {
      if (this.kept === kept) this.kept = undefined;
    });
    this.kept = kept;
    return kept.reading;
  }
}
