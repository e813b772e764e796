import type { Heard, Statement } from './store/statements.ts';
import type { RunId, RunStatus } from './store/runs.ts';

/** What stands of one field: who said it last, and what has become of the run that did. */
export interface StandingStatement {
  system: string;
  digest: string;
  at?: string | undefined;
  /** the run that passes it on */
  run: RunId;
  /** of that run; absent = it is gone */
  status?: RunStatus | undefined;
  /** place in the order of arrival of the run that said so last */
  seq: number;
}

/** What a statement of one field is to what stands of it. */
export function heard(
  { system, at, digest }: Pick<Statement, 'system' | 'at'> & { digest: string },
  { run, seq }: { run: RunId; seq: number },
  standing: StandingStatement | undefined,
): Heard {
  // another owner's order is not this one's; what was undone or discarded was not passed on
  if (!standing || standing.system !== system || standing.status === undefined || standing.status === 'cancelled') return 'new';
  if (standing.run === run) return 'new'; // it has come here before
  if (isNewer(standing, { at, seq })) return 'overtaken';
  return standing.status === 'done' && standing.digest === digest ? 'known' : 'new';
}

/** Of two states of the same time the one that arrived later, as everywhere (engine/overtaken.ts). */
function isNewer(standing: Pick<StandingStatement, 'at' | 'seq'>, { at, seq }: { at: string | undefined; seq: number }): boolean {
  if (standing.at !== undefined && at !== undefined && standing.at !== at) return standing.at > at;
  return standing.seq > seq;
}
