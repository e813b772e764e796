/** Work in the main thread goes on for so long at most before everybody else has a turn. */
const longestMs = 5;

/** Works that wait for their turn. One goes on in each turn of the event loop, however many there are. */
const waiting: (() => void)[] = [];

function next(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(next);
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    if (waiting.push(resolve) === 1) setImmediate(next);
  });
}

/** So few things are done at once as a rule, and nobody looks at a clock. */
const usuallyFew = 16;

/**
 * For work on very many things. Asked after each of them, it answers what is to be awaited once the work has held the event loop for long enough:
 *
 *     const pause = pauses();
 *     for (const event of events) {
 *       take(event);
 *       const turn = pause();
 *       if (turn) await turn;
 *     }
 *
 * @param few so many of them take no time worth looking at
 */
export function pauses(few = usuallyFew): () => Promise<void> | undefined {
  let since = performance.now();
  let things = 0;
  return () => {
    if (++things < few || performance.now() - since < longestMs) return undefined;
    return turn().then(() => {
      since = performance.now();
    });
  };
}
