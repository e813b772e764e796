import type { FuzzedNodeRed } from './fuzzed-node-red.ts';
import { marksIn } from './inputs/input.ts';
import type { Verdict } from './judge-answer.ts';
import type { Stored } from './ledger.ts';

/** What is read of a run. */
export interface RunSeen extends Stored {
  id: string;
  seq: number;
  status: string;
  failure?: { class: string; code: string; message: string };
  waitingFor?: unknown;
  /** the nodes at which it is */
  at?: string[];
  /** it waits for its entry node */
  withoutEntry?: boolean;
}

/** All runs of a house, newest first. */
export async function allRuns(house: FuzzedNodeRed): Promise<RunSeen[]> {
  const runs: RunSeen[] = [];
  for (let before = ''; ;) {
    const page = await house.get<RunSeen[]>(`/runs?limit=500${before && `&before=${before}`}`);
    runs.push(...page);
    const last = page.at(-1);
    if (page.length < 500 || !last) return runs;
    before = String(last.seq);
  }
}

const patienceMs = 25_000;

/**
 * The same runs, each that was under way as it is once it has moved on: a run that waits may have had its moment between the last look at the house
 * and this one. All together have `patienceMs` for it.
 */
export async function movedOn(house: FuzzedNodeRed, runs: readonly RunSeen[]): Promise<RunSeen[]> {
  const deadline = performance.now() + patienceMs;
  const seen: RunSeen[] = [];
  for (let run of runs) {
    for (let last = false; isUnderWay(run) && !last;) {
      last = performance.now() >= deadline;
      await new Promise((resolve) => setTimeout(resolve, 250));
      const {
        run: now,
        at,
        withoutEntry = false,
      } = await house.get<{ run: RunSeen } & Pick<RunSeen, 'at' | 'withoutEntry'>>(`/runs/${run.id}`);
      run = { ...now, at, withoutEntry };
    }
    seen.push(run);
  }
  return seen;
}

/** What waits for a node that is not in the flows says so, and is nobody's to deliver. */
const isUnderWay = ({ status, withoutEntry }: RunSeen) => status === 'running' || (status === 'ready' && !withoutEntry);

/** A run that has neither ended nor says what it waits for, and one whose failure nobody has thought of. */
export function judgeRun(run: RunSeen): Verdict | undefined {
  const { status, failure, waitingFor, entry, at = [] } = run;
  if (isUnderWay(run)) return ['unclassified', `a run of ${entry} has neither ended nor waits: ${[status, ...at].join(' at ')}`];
  if (status === 'waiting' && !failure && !waitingFor) return ['unclassified', `a run of ${entry} waits and does not say for what`];
  if (failure && (failure.code === 'UNEXPECTED' || failure.class === 'internal')) {
    return ['unclassified', `a run of ${entry} failed as ${failure.class} ${failure.code}: ${failure.message}`];
  }
  return undefined;
}

/** The inputs that made a run, by the marks that its event carries. */
export async function inputsOf(house: FuzzedNodeRed, run: RunSeen): Promise<number[]> {
  const said = marksIn(`${run.event.id} ${run.event.subject}`);
  if (said.length > 0) return said;
  return marksIn(JSON.stringify(await house.get<unknown>(`/dead-letters/${run.id}`).catch(() => '')));
}
