/** How long expressions may go on one after the other before others have their turn, ms. */
const share = 25;

let began = 0;
let next: Promise<void> | undefined;

/**
 * Many expressions at once (a batch of events, sixty runs) would hold up everything else together, each of them in its limits:
 * after their share of a turn of the event loop they wait for the next one. Undefined = go on at once.
 */
export function turn(): Promise<void> | undefined {
  const now = performance.now();
  if (began === 0) {
    began = now;
    setImmediate(() => {
      began = 0;
    });
    return undefined;
  }
  if (now - began < share) return undefined;
  next ??= new Promise<void>((resolve) => {
    setImmediate(() => {
      next = undefined;
      resolve();
    });
  });
  return next;
}
