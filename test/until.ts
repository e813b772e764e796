/** Waits for a condition, looking often; fails with words when it does not come true in time. */
export async function until(condition: () => Promise<boolean> | boolean, words: () => string, seconds = 60): Promise<void> {
  const deadline = performance.now() + seconds * 1_000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(words());
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
