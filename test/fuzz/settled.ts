import type { FuzzedNodeRed } from './fuzzed-node-red.ts';

const patienceMs = 25_000;

/** Waits until no run is to be delivered any more, as long as fewer are. */
export async function settled(red: FuzzedNodeRed, isOver: () => boolean): Promise<void> {
  let least = Infinity;
  let deadline = performance.now() + patienceMs;
  for (let calm = 0; calm < 2 && performance.now() < deadline && !isOver();) {
    const overview = await red.get<{ runs: Record<string, number> | null }>('/overview').catch(() => undefined);
    const busy = overview ? (overview.runs?.['ready'] ?? 0) + (overview.runs?.['running'] ?? 0) : Infinity;
    if (busy < least) {
      least = busy;
      deadline = performance.now() + patienceMs;
    }
    calm = busy === 0 ? calm + 1 : 0;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
