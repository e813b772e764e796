import type { Severity } from '../../../engine/retry-policy.ts';
import type { Run } from '../../../engine/store/runs.ts';
import { lineOf } from '../../../runtime/log-line.ts';
import type { PackNode } from '../../../runtime/pack-node.ts';
import { type Place, placesOf } from '../../../runtime/places.ts';
import { type Change, graver } from './problems.ts';

/** What one look has to tell: the payload of the message. Nothing in it names a person. */
export interface Alert {
  level: 'alert' | 'escalation';
  /** the highest of its problems */
  severity: Severity;
  title: string;
  /** all of it in words, a line for each problem */
  text: string;
  problems: AlertProblem[];
  /** how many further problems are not among them */
  more: number;
}

export interface AlertProblem {
  what: Change['what'];
  status: 'dead' | 'waiting';
  severity: Severity;
  flow: { id: string; name: string };
  node?: { id: string; name: string };
  /** error class */
  class?: string;
  runs: number;
  /** RFC 3339 */
  since: string;
  /** how often it was told to the next one up, this time included */
  steps: number;
  /** the newest of its runs, three at most */
  examples: { run: string; subject: string; message: string; remedy?: string; link?: string }[];
}

/** A message stays readable, and below what chat systems take, however much is wrong. */
const mostProblems = 12;
const mostExamples = 3;
/** Of the newest runs of a flow so many are looked through for those of a problem. */
const lookedThrough = 100;
const longestData = 64 * 1024;

/** The worst first; of equal ones that which stops most. */
const worstFirst = (one: Change, other: Change) =>
  one.problem.severity !== other.problem.severity
    ? graver(one.problem.severity, other.problem.severity) === one.problem.severity
      ? -1
      : 1
    : other.problem.runs - one.problem.runs;

/** @param linkTo address of a run in the console; undefined = nobody has said where that is */
export async function alertOf(base: PackNode, level: Alert['level'], changes: readonly Change[], linkTo: LinkTo): Promise<Alert> {
  const told = [...changes].sort(worstFirst);
  const shown = told.slice(0, mostProblems);
  const more = told.length - shown.length;
  const [places, newest] = [placesOf(base.RED), await newestRuns(base, shown)];
  const problems = shown.map((change) => inDetail(base, change, { places, newest, linkTo }));
  const severity = told.map(({ problem }) => problem.severity).reduce(graver);
  const lines = problems.flatMap((problem) => linesOf(base, problem));
  if (more > 0) lines.push(base.words('alert.further', { count: more }));
  return { level, severity, title: titleOf(base, level, severity, problems, more), text: lines.join('\n'), problems, more };
}

/** Of each flow that has a problem, by status. */
async function newestRuns({ pack }: PackNode, changes: readonly Change[]): Promise<Run[]> {
  const places = new Map(
    changes.filter(({ what }) => what !== 'over').map(({ problem: { status, flow } }) => [`${status} ${flow}`, { status, flow }]),
  );
  const runs: Run[] = [];
  for (const { status, flow } of places.values())
    runs.push(...(await pack.engine.store.runs({ status: [status], flow, limit: lookedThrough, dataUpTo: longestData })));
  return runs;
}

type LinkTo = (run: Run) => string | undefined;
interface Known {
  places: ReadonlyMap<string, Place>;
  newest: readonly Run[];
  linkTo: LinkTo;
}

function inDetail(base: PackNode, { what, problem }: Change, { places, newest, linkTo }: Known): AlertProblem {
  const { status, flow, node, class: cause, severity, runs, since, told } = problem;
  const isOfIt = (run: Run) =>
    run.status === status && run.flow === flow && run.failedNode === node && run.failure?.class === cause && run.severity === severity;
  return {
    ...{ what, status, severity, flow: { id: flow, name: places.get(flow)?.name ?? flow } },
    ...(node === undefined ? {} : { node: { id: node, name: places.get(node)?.name ?? node } }),
    ...(cause === undefined ? {} : { class: cause }),
    ...{ runs, since: new Date(since).toISOString(), steps: (told?.steps ?? 0) + (what === 'escalated' ? 1 : 0) },
    examples:
      what === 'over'
        ? []
        : newest
            .filter(isOfIt)
            .slice(0, mostExamples)
            .map((run) => example(base, run, linkTo(run))),
  };
}

function example(base: PackNode, { id, event, failure, dataLeftOut }: Run, link: string | undefined): AlertProblem['examples'][number] {
  // what a record says of persons is masked; of one that is not at hand nothing can be known, and its sentence is left out
  const said = dataLeftOut || !failure ? { message: failure?.class ?? '' } : base.sentence(failure);
  const clean = (text: string) => lineOf(text, event.data);
  return {
    ...{ run: id, subject: clean(event.subject), message: clean(said.message) },
    ...('remedy' in said && said.remedy ? { remedy: clean(said.remedy) } : {}),
    ...(link === undefined ? {} : { link }),
  };
}

function titleOf(base: PackNode, level: Alert['level'], severity: Severity, problems: AlertProblem[], more: number): string {
  const [first] = problems as [AlertProblem];
  const key = problems.every(({ what }) => what === 'over') ? 'over' : level === 'escalation' ? 'escalation' : 'new';
  const count = problems.length + more;
  const values = { flow: first.flow.name, severity: base.words(`option.least.${severity}`), count };
  return base.words(`alert.title.${key}.${count === 1 ? 'one' : 'several'}`, values);
}

function linesOf(base: PackNode, { what, status, severity, flow, node, runs, since, examples }: AlertProblem): string[] {
  const place = node ? `${flow.name} › ${node.name}` : flow.name;
  const values = {
    place,
    count: runs,
    severity: base.words(`option.least.${severity}`),
    since: `${since.slice(0, 16).replace('T', ' ')} UTC`,
  };
  return [
    `• ${base.words(`alert.${what}.${status}`, values)}`,
    ...examples.map(({ subject, message, remedy, link }) => `   ${subject}: ${[message, remedy, link].filter(Boolean).join(' ')}`),
  ];
}
