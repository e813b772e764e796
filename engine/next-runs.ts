import type { ActiveRun } from './active-run.ts';
import type { RunPolicy } from './retry-policy.ts';
import type { Room } from './room.ts';
import type { Run } from './store/runs.ts';

/** The next runs that there is room for, an entry whose policy limits it with no more than that. What is held in a batch counts as left. */
export async function nextRuns(
  from: {
    entries: Iterable<{ id: string; policy: RunPolicy }>;
    active: Iterable<ActiveRun>;
    /** what this instance may have of the runs that all instances may have under way together */
    partOf(concurrency: number): number;
    claim(entries: string[], limit: number, upTo?: number): Promise<Run[]>;
  },
  room: Room,
): Promise<Run[]> {
  const runs: Run[] = [];
  const free: string[] = [];
  const underWay = Map.groupBy(
    [...from.active].filter((active) => active.held === 0),
    (active) => active.run.entry,
  );
  for (const { id, policy } of [...from.entries]) {
    if (policy.concurrency <= 0) {
      free.push(id);
      continue;
    }
    const part = from.partOf(policy.concurrency) - (underWay.get(id)?.length ?? 0);
    runs.push(...(await room.fill((limit, upTo) => from.claim([id], limit, upTo), part)));
  }
  if (free.length > 0) runs.push(...(await room.fill((limit, upTo) => from.claim(free, limit, upTo))));
  return runs;
}
