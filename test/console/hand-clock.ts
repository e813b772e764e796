/** Timers that run when the test says so. */
export function handClock() {
  const timers = new Set<{ ms: number; then: () => void }>();
  return {
    after: (ms: number, then: () => void) => {
      const timer = { ms, then };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    waiting: () => [...timers].map((timer) => timer.ms).sort((left, right) => left - right),
    /** runs the timers of this length */
    pass: (ms: number) => {
      for (const timer of [...timers].filter((one) => one.ms === ms)) {
        timers.delete(timer);
        timer.then();
      }
    },
  };
}
