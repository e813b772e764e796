import type { Run } from '../../engine/store/runs.ts';
import { inWords, phrase } from '../../model/failure-words.ts';
import type { Notice } from '../certificate-notice.ts';
import type { Pack } from '../pack.ts';

/** Nodes that a notice names; how many runs of each are counted. */
const mostNodes = 10;
const mostRuns = 100_000;

/** Whether a run waits for a node that is not there: removed, disabled, or one that could not start. While flows are deployed none is there. */
export function isWithoutEntry({ ready, engine }: Pack, { status, entry }: Pick<Run, 'status' | 'entry'>): boolean {
  return ready && (status === 'ready' || status === 'waiting') && !engine.delivers(entry);
}

/** Runs that nobody delivers, since the node at which they enter the flow is gone: they would wait in silence. */
export async function withoutEntryNotices({ ready, engine }: Pack): Promise<Notice[]> {
  if (!ready) return [];
  const gone = (await engine.store.openEntries()).filter((entry) => !engine.delivers(entry));
  if (gone.length === 0) return [];
  const nodes = await Promise.all(
    gone.slice(0, mostNodes).map(async (node) => {
      const count = await engine.store.backlog(node, mostRuns + 1);
      if (count > mostRuns) return phrase('ENTRY_NOT_IN_FLOWS.many', { node, runs: { count: mostRuns } });
      return phrase('ENTRY_NOT_IN_FLOWS.node', { node, runs: { count } });
    }),
  );
  const rest = gone.length - nodes.length;
  const parts = rest > 0 ? [...nodes, phrase('ENTRY_NOT_IN_FLOWS.rest', { rest: { count: rest } })] : nodes;
  return [inWords('ENTRY_NOT_IN_FLOWS', { nodes: { join: 'LIST_AND', parts } })];
}
