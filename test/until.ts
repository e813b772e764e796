/** Looks often at first, then every twentieth of what has been waited: what is looked at has its CPU for itself. Milliseconds. */
export const nextLook = (waitedMs: number): number => Math.min(250, Math.max(15, waitedMs / 20));

/** Waits for a condition, looking often; fails with words when it does not come true in time. */
export async function until(condition: () => Promise<boolean> | boolean, words: () => string, seconds = 60): Promise<void> {
  const began = performance.now();
  while (!(await condition())) {
    const waited = performance.now() - began;
    if (waited > seconds * 1_000) throw new Error(words());
    await new Promise((resolve) => setTimeout(resolve, nextLook(waited)));
  }
}
