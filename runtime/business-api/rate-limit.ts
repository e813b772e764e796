/** Tokens of one consumer: so many calls at once, and the same again in each minute. */
interface Bucket {
  tokens: number;
  at: number;
}

export interface Taken {
  /** whether this call may be made */
  may: boolean;
  /** how many more may be made at once */
  remaining: number;
  /** seconds until there is a token again, or, of a call that may be made, until all are there */
  seconds: number;
}

/** More consumers than this are not told apart: the oldest begin anew. */
const mostConsumers = 10_000;

/** How many calls each consumer makes (a token bucket). Of this process alone: several Node-REDs have one each. */
export class RateLimit {
  readonly perMinute: number;
  private readonly buckets = new Map<string, Bucket>();

  constructor(perMinute: number) {
    this.perMinute = perMinute;
  }

  /** @param now in epoch ms */
  take(consumer: string, now: number): Taken {
    const { perMinute, buckets } = this;
    const before = buckets.get(consumer) ?? { tokens: perMinute, at: now };
    // a clock that was put back gives nothing and takes nothing
    const tokens = Math.min(perMinute, before.tokens + (Math.max(0, now - before.at) / 60_000) * perMinute);
    const may = tokens >= 1;
    const left = may ? tokens - 1 : tokens;
    buckets.delete(consumer);
    if (buckets.size >= mostConsumers) buckets.delete(buckets.keys().next().value!);
    buckets.set(consumer, { tokens: left, at: now });
    const missing = may ? perMinute - left : 1 - left;
    return { may, remaining: Math.floor(left), seconds: Math.max(1, Math.ceil((missing / perMinute) * 60)) };
  }

  /** https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-ratelimit-headers-10 */
  headers({ may, remaining, seconds }: Taken): Record<string, string | number> {
    return {
      'RateLimit-Policy': `"calls";q=${this.perMinute};w=60`,
      RateLimit: `"calls";r=${remaining};t=${seconds}`,
      ...(may ? {} : { 'Retry-After': seconds }),
    };
  }
}
