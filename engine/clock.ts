/** Time as the engine sees it; tests hand in one they can move. */
export interface Clock {
  /** epoch milliseconds */
  now(): number;
  /** calls back once after `ms`; the answer cancels */
  after(ms: number, callback: () => void): () => void;
}

/** A timer cannot be set for longer: it would call back at once. https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const longestTimerMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    let timer: NodeJS.Timeout;
    // a longer time is waited for in parts; one that never ends, so long as the process lives
    const wait = (left: number) => {
      const part = Math.min(left, longestTimerMs);
      timer = setTimeout(() => (left > part ? wait(left - part) : callback()), part);
    };
    wait(ms > 0 ? ms : 0);
    return () => clearTimeout(timer);
  },
};
