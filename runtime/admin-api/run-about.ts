import type { Run } from '../../engine/store/runs.ts';
import { clientIn } from '../../model/client-in.ts';

/** What tells a person which run it is, beside its business id. */
export interface RunAbout {
  /** of a deal or a project */
  client?: string;
  /** of a reconciliation, whose business id is none: the node that makes it */
  reconciles?: string;
}

export function runAbout({ event }: Run, entry: { type: string; name?: string } | undefined): RunAbout {
  if (entry?.type === 'reconcile') return { reconciles: entry.name || entry.type };
  const client = clientIn(event.data);
  return client === undefined ? {} : { client };
}
