import type { ActiveRun } from './active-run.ts';
import type { RunPolicy } from './retry-policy.ts';
import type { Room } from './room.ts';
import type { Run } from './store/runs.ts';

const shareOfAll = 0.75;

/** The next runs that there is room for, an entry whose policy limits it with no more than that. What is held in a batch counts as left. */
export async function nextRuns(
  from: {
    entries: Iterable<{ id: string; policy: RunPolicy }>;
    active: Iterable<ActiveRun>;
    /** what this instance may have of the runs that all instances may have under way together */
    partOf(concurrency: number): number;
    claim(entries: string[], limit: number, upTo?: number): Promise<Run[]>;
    /** of what may be under way or held at once, the share that is left to entries of which little is */
    limits: { concurrency: number; maxActive: number };
  },
  room: Room,
): Promise<Run[]> {
  const runs: Run[] = [];
  const free: string[] = [];
  const active = [...from.active];
  const byEntry = (of: ActiveRun[]) => Map.groupBy(of, ({ run }) => run.entry);
  const underWay = byEntry(active.filter(({ held }) => held === 0));
  // thousands of runs of one entry that wait for a slow system must not keep out all others
  const crowded = active.length >= from.limits.maxActive * shareOfAll ? byEntry(active) : undefined;
  for (const { id, policy } of [...from.entries]) {
    if ((crowded?.get(id)?.length ?? 0) >= from.limits.concurrency) continue;
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
