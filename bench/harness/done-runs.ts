import type { MeasuredNodeRed } from './node-red.ts';

/** How many runs are done, by the count that the console shows. */
export async function doneIn(nodeRed: MeasuredNodeRed): Promise<number> {
  const { runs } = await nodeRed.ask<{ runs: { done: number } }>('/ps-connect/api/v1/overview');
  return runs.done;
}

/** Waits until so many runs are done in all; fails when none is for a minute. */
export async function untilDone(nodeRed: MeasuredNodeRed, count: number): Promise<void> {
  let last = -1;
  for (let moved = performance.now(); ;) {
    const done = await doneIn(nodeRed);
    if (done >= count) return;
    if (done !== last) moved = performance.now();
    else if (performance.now() - moved > 60_000) throw new Error(`${count - done} of ${count} runs are not done`);
    last = done;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
