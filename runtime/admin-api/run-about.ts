import type { Run } from '../../engine/store/runs.ts';
import { type RunFacts, runFactsIn } from '../../model/run-facts.ts';

/** What tells a person which run it is, beside its business id. */
export interface RunAbout extends Omit<RunFacts, 'persons'> {
  /** of a reconciliation, whose business id is none: the node that makes it */
  reconciles?: string;
}

export function runAbout({ event }: Run, entry: { type: string; name?: string } | undefined): RunAbout {
  if (entry?.type === 'reconcile') return { reconciles: entry.name || entry.type };
  const { persons: _persons, ...about } = runFactsIn(event.data);
  return about;
}
