import { throttled } from './errors.ts';
import type { KantataState, RateLimit } from './state.ts';

/** Times of recent requests per limit; never stored, since a restart forgets them as a real server's counters would. */
const seen = new WeakMap<RateLimit, number[]>();

/** 429 with neither `Retry-After` nor any RateLimit header, as documented; the vendor's numbers are not public. */
export function checkRateLimits(state: KantataState, method: string, path: string, now: Date): void {
  for (const limit of state.rateLimits) {
    if (limit.method && limit.method.toUpperCase() !== method) continue;
    if (limit.path && !new RegExp(limit.path).test(path)) continue;
    const since = now.getTime() - limit.seconds * 1000;
    const recent = (seen.get(limit) ?? []).filter((time) => time > since);
    seen.set(limit, recent);
    if (recent.length >= limit.max) throw throttled();
    recent.push(now.getTime());
  }
}
