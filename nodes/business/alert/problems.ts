import type { Severity } from '../../../engine/retry-policy.ts';
import type { Standing } from '../../../engine/store/runs.ts';

/** What stands still: runs at one place for one cause, or a source that cannot read, at whose node nothing comes in. */
export interface Stands extends Omit<Standing, 'status'> {
  status: Standing['status'] | 'source';
}

/** One thing that is wrong, however many runs it stops. Times are epoch ms. */
export interface Problem extends Stands {
  /** when it was first seen */
  since: number;
  told?: Told;
  /** when it was seen to be over; it may come back */
  goneAt?: number;
}

interface Told {
  first: number;
  last: number;
  /** runs that it stopped then */
  runs: number;
  /** how often it was told to the next one up */
  steps: number;
}

/** What a look found to tell of a problem. */
export interface Change {
  what: 'new' | 'more' | 'escalated' | 'over';
  problem: Problem;
}

/** By place and cause. It is kept as the source's cursor. */
export type Problems = Record<string, Problem>;

export interface AlertRules {
  /** only this flow; absent = all */
  flow?: string;
  least: Severity;
  /** runs that wait, and sources that cannot read, are a problem after so long; 0 = never */
  waitingMs: number;
  /** 0 = never */
  escalateMs: number;
  /** between two steps up, and at least between two messages that there are more */
  againMs: number;
  /** whether it is told that a problem is over */
  recovery: boolean;
  /** only what is critical is told at such a moment; the rest is when it is over, if it still stands */
  isQuiet(now: number): boolean;
}

const ranks: Record<Severity, number> = { low: 0, normal: 1, high: 2, critical: 3 };
/** A problem that comes back sooner was never over: what fails time and again is one problem. */
const calmMs = 300_000;
/** So many times as many runs are told of at once. */
const manyMore = 10;

export const graver = (one: Severity, other: Severity): Severity => (ranks[one] >= ranks[other] ? one : other);

/** What has changed since the last look, and what is to be remembered for the next. */
export function look(
  known: Problems,
  standing: readonly Stands[],
  rules: AlertRules,
  now: number,
): { changes: Change[]; problems: Problems } {
  const seen = new Map(standing.filter((one) => isProblem(one, rules)).map((one) => [keyOf(one), one]));
  const changes: Change[] = [];
  const problems: Problems = {};
  for (const key of new Set([...Object.keys(known), ...seen.keys()])) {
    const before = known[key];
    const stands = seen.get(key);
    const problem = stands ? stillThere(stands, before, now) : gone(before!, now);
    const what = rules.isQuiet(now) && problem.severity !== 'critical' ? undefined : changeOf(problem, rules, now);
    if (what && (what !== 'over' || rules.recovery)) changes.push({ what, problem });
    const kept = what ? afterwards(problem, what, now) : problem;
    if (kept && !isForgotten(kept, now)) problems[key] = kept;
  }
  return { changes, problems };
}

function isProblem({ status, flow, severity, class: cause }: Stands, rules: AlertRules): boolean {
  if (rules.flow !== undefined && flow !== rules.flow) return false;
  if (ranks[severity] < ranks[rules.least]) return false;
  // a run that waits for a person or a moment as its flow wants it has no cause of trouble
  return status === 'dead' || (rules.waitingMs > 0 && cause !== undefined);
}

/** A source is one problem, whatever it fails with at present. */
const keyOf = ({ status, flow, node = '', class: cause = '', severity }: Stands) =>
  JSON.stringify(status === 'source' ? [status, flow, node] : [status, flow, node, cause, severity]);

function stillThere(stands: Stands, before: Problem | undefined, now: number): Problem {
  // since when a source fails is known, also from before anybody looked
  const since = stands.status === 'source' ? stands.newestAt : (before?.since ?? now);
  return { ...stands, since, ...(before?.told ? { told: before.told } : {}) };
}

const gone = (before: Problem, now: number): Problem => ({ ...before, goneAt: before.goneAt ?? now });

function changeOf({ status, runs, newestAt, since, told, goneAt }: Problem, rules: AlertRules, now: number): Change['what'] | undefined {
  if (goneAt !== undefined) return told && now - goneAt >= calmMs ? 'over' : undefined;
  if (!told) return status === 'dead' || now - since >= rules.waitingMs ? 'new' : undefined;
  if (rules.escalateMs > 0 && now - told.first >= rules.escalateMs + told.steps * rules.againMs) return 'escalated';
  if (runs >= told.runs * manyMore) return 'more';
  // one that waits is tried again and again, which makes it no newer
  const isNewer = status === 'dead' && newestAt > told.last;
  return isNewer && now - told.last >= rules.againMs ? 'more' : undefined;
}

function afterwards(problem: Problem, what: Change['what'], now: number): Problem | undefined {
  if (what === 'over') return undefined;
  const { first = now, steps = 0 } = problem.told ?? {};
  return { ...problem, told: { first, last: now, runs: problem.runs, steps: what === 'escalated' ? steps + 1 : steps } };
}

/** What nobody was told of need not be told to be over. */
const isForgotten = ({ told, goneAt }: Problem, now: number) => goneAt !== undefined && !told && now - goneAt >= calmMs;
