import type { ActiveRun } from './active-run.ts';
import type { RunPolicy } from './retry-policy.ts';
import type { Run } from './store/runs.ts';

/** The next runs that there is room for, an entry whose policy limits it with no more than that. What is held in a batch counts as left. */
export async function nextRuns(
  from: {
    entries: Iterable<{ id: string; policy: RunPolicy }>;
    active: Iterable<ActiveRun>;
    /** what this instance may have of the runs that all instances may have under way together */
    partOf(concurrency: number): number;
    claim(entries: string[], limit: number): Promise<Run[]>;
  },
  room: number,
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
    const limit = Math.min(room - runs.length, from.partOf(policy.concurrency) - (underWay.get(id)?.length ?? 0));
    if (limit > 0) runs.push(...(await from.claim([id], limit)));
  }
  if (free.length > 0 && runs.length < room) runs.push(...(await from.claim(free, room - runs.length)));
  return runs;
}
