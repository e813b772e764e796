/** Time as the engine sees it; tests hand in one they can move. */
export interface Clock {
  /** epoch milliseconds */
  now(): number;
  /** calls back once after `ms`; the answer cancels */
  after(ms: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
