import type { Severity } from '../../../engine/retry-policy.ts';
import type { Run } from '../../../engine/store/runs.ts';
import type { FailingSource } from '../../../engine/store/sources.ts';
import { lineOf } from '../../../runtime/log-line.ts';
import type { PackNode } from '../../../runtime/pack-node.ts';
import { type Place, placesOf } from '../../../runtime/places.ts';
import { type Change, graver, type Stands } from './problems.ts';

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
  /** `source`: the node reads nothing */
  status: Stands['status'];
  severity: Severity;
  flow: { id: string; name: string };
  node?: { id: string; name: string };
  /** error class */
  class?: string;
  runs: number;
  /** RFC 3339 */
  since: string;
  /** of a source: why it reads nothing */
  message?: string;
  remedy?: string;
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

/** What is at hand of what stands still. */
interface AtHand {
  /** address of a run in the console; undefined = nobody has said where that is */
  linkTo(run: Run): string | undefined;
  failing: readonly FailingSource[];
}

export async function alertOf(base: PackNode, level: Alert['level'], changes: readonly Change[], atHand: AtHand): Promise<Alert> {
  const told = [...changes].sort(worstFirst);
  const shown = told.slice(0, mostProblems);
  const more = told.length - shown.length;
  const [places, newest] = [placesOf(base.RED), await newestRuns(base, shown)];
  const problems = shown.map((change) => inDetail(base, change, { ...atHand, places, newest }));
  const severity = told.map(({ problem }) => problem.severity).reduce(graver);
  const lines = problems.flatMap((problem) => linesOf(base, problem));
  if (more > 0) lines.push(base.words('alert.further', { count: more }));
  return { level, severity, title: titleOf(base, level, severity, problems, more), text: lines.join('\n'), problems, more };
}

/** Of each flow that has a problem, by status. */
async function newestRuns({ pack }: PackNode, changes: readonly Change[]): Promise<Run[]> {
  const places = new Map(
    changes.flatMap(({ what, problem: { status, flow } }) =>
      what === 'over' || status === 'source' ? [] : [[`${status} ${flow}`, { status, flow }]],
    ),
  );
  const runs: Run[] = [];
  for (const { status, flow } of places.values())
    runs.push(...(await pack.engine.store.runs({ status: [status], flow, limit: lookedThrough, dataUpTo: longestData })));
  return runs;
}

interface Known extends AtHand {
  places: ReadonlyMap<string, Place>;
  newest: readonly Run[];
}

function inDetail(base: PackNode, { what, problem }: Change, { places, newest, linkTo, failing }: Known): AlertProblem {
  const { status, flow, node, class: cause, severity, runs, since, told } = problem;
  const isOfIt = (run: Run) =>
    run.status === status && run.flow === flow && run.failedNode === node && run.failure?.class === cause && run.severity === severity;
  return {
    ...{ what, status, severity, flow: { id: flow, name: places.get(flow)?.name ?? flow } },
    ...(node === undefined ? {} : { node: { id: node, name: places.get(node)?.name ?? node } }),
    ...(cause === undefined ? {} : { class: cause }),
    ...{ runs, since: new Date(since).toISOString(), steps: (told?.steps ?? 0) + (what === 'escalated' ? 1 : 0) },
    ...(what === 'over' || status !== 'source'
      ? {}
      : whyNot(
          base,
          failing.find(({ source }) => source === node),
        )),
    examples:
      what === 'over'
        ? []
        : newest
            .filter(isOfIt)
            .slice(0, mostExamples)
            .map((run) => example(base, run, linkTo(run))),
  };
}

function whyNot(base: PackNode, failing: FailingSource | undefined): Pick<AlertProblem, 'message' | 'remedy'> {
  if (!failing) return {};
  const { message, remedy } = base.sentence(failing.failure);
  return { message: lineOf(message), ...(remedy ? { remedy: lineOf(remedy) } : {}) };
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

function linesOf(base: PackNode, problem: AlertProblem): string[] {
  const { what, status, severity, flow, node, runs, since, message, remedy, examples } = problem;
  const place = node ? `${flow.name} › ${node.name}` : flow.name;
  const values = {
    place,
    count: runs,
    severity: base.words(`option.least.${severity}`),
    since: `${since.slice(0, 16).replace('T', ' ')} UTC`,
  };
  return [
    `• ${base.words(`alert.${what}.${status}`, values)}`,
    ...(message === undefined ? [] : [`   ${[message, remedy].filter(Boolean).join(' ')}`]),
    ...examples.map(({ subject, message, remedy, link }) => `   ${subject}: ${[message, remedy, link].filter(Boolean).join(' ')}`),
  ];
}
