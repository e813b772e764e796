import type { MeasuredNodeRed } from './node-red.ts';

/** Waits until so many runs have ended since Node-RED was started; fails when none ends for a minute. */
export async function untilEnded(nodeRed: MeasuredNodeRed, count: number): Promise<void> {
  let last = -1;
  for (let moved = performance.now(); ;) {
    const { ended } = await nodeRed.ask<{ ended: number }>('/ended');
    if (ended >= count) return;
    if (ended !== last) moved = performance.now();
    else if (performance.now() - moved > 60_000) throw new Error(`${count - ended} of ${count} runs have not ended`);
    last = ended;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
