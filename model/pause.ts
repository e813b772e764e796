import { outsideInstant, outsideNumber } from './outside-number.ts';

/** No system is left alone for longer on its own word; what still is not ready then says so again. */
export const longestPauseMs = 24 * 3_600_000;

/** A pause in milliseconds as everything that waits can take it: whole, not negative, not longer than a day. Undefined = no pause is meant. */
export function pauseOf(ms: unknown): number | undefined {
  const pause = outsideNumber(typeof ms === 'number' ? ms : undefined, { least: 0, most: longestPauseMs });
  return pause === undefined ? undefined : Math.ceil(pause);
}

/** RFC 9110 §10.2.3: seconds or an HTTP date. What is neither, or lies in the past, is no pause. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,400}(?:\.\d{1,20})?$/.test(text)) return pauseOf(Math.min(Number(text) * 1000, longestPauseMs));
  const at = outsideInstant(text);
  return at === undefined || /^[\d.+-]/.test(text) || at < now ? undefined : pauseOf(at - now);
}

/** How pauses grow before what has failed is tried again: each is twice the last, the longest at most. `times`: how often it was doubled. */
export function doubled(firstMs: number, times: number, longestMs: number): number {
  return Math.min(longestMs, firstMs * 2 ** times);
}
