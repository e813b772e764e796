import { phrase } from '../../../model/failure-words.ts';
import { phaseCode, taskCode } from '../../../model/engagement-parts.ts';
import { Comparison, type Difference, type Differences, type FoundIn, recordOfAnother } from '../../../model/found-record.ts';
import { decimalHours } from '../../../model/minutes.ts';
import type { Project } from '../../../model/types.generated.ts';
import { called, withId } from '../../../model/record-names.ts';
import type { Told } from '../../../model/failure-sentence.ts';
import { sameNumber } from './examine-project.ts';
import type { ExternalIdBook } from '../records/external-id-book.ts';
import type { TaskFound } from '../records/record-lookup.ts';
import { isClosed, tasksOfProjects } from '../records/tasks-of-projects.ts';
import type { SuiteQl } from '../wire/suiteql.ts';

/** Refuses phases and tasks that are another project's or hang elsewhere; says what differs. `job` is the project's internal id, where it is there. */
export async function examineTasks(project: Project, job: string | undefined, tasks: ExternalIdBook<TaskFound>): Promise<Differences> {
  const money: Difference[] = [];
  const plan: Difference[] = [];
  const foundIn = (record: Told, { id }: TaskFound): FoundIn => ({ system: 'netsuite', systemName: 'NetSuite', record, id });
  for (const phase of project.phases) {
    const code = phaseCode(project.code, phase.code);
    const there = await tasks.before(code);
    if (there) {
      refuseAnothers(foundIn(called.phase(code), there), there, { project: project.code, job, parent: undefined });
      plan.push(
        ...new Comparison(called.phase(code))
          .text('title', there.title, phase.name)
          .text('startDate', there.start, phase.start)
          .text('finishByDate', there.finishBy, phase.end).differences,
      );
    }
    for (const task of phase.tasks) {
      const own = taskCode(project.code, phase.code, task.code);
      const found = await tasks.before(own);
      if (!found) continue;
      const record = called.task(own);
      refuseAnothers(foundIn(record, found), found, { project: project.code, job, parent: { code, id: there?.id } });
      const nonBillable = task.billable === false;
      const billing = new Comparison(record).told(
        'nonBillableTask',
        String(found.nonBillable),
        String(nonBillable),
        found.nonBillable === nonBillable,
      );
      money.push(...billing.differences);
      const compared = new Comparison(record).text('title', found.title, task.name);
      // no hours planned are none in NetSuite, which has a number always
      const hours = decimalHours(task.plannedMinutes ?? 0);
      const planned = task.plannedMinutes === undefined ? undefined : hours;
      compared.told('estimatedWork', found.estimatedWork, planned, sameNumber(found.estimatedWork ?? '0', hours));
      plan.push(...compared.differences);
    }
  }
  return { money, plan };
}

interface Place {
  project: string;
  job: string | undefined;
  parent: { code: string; id: string | undefined } | undefined;
}

function refuseAnothers(found: FoundIn, there: TaskFound, { project, job, parent }: Place): void {
  if (there.project !== undefined && there.project !== job) {
    throw recordOfAnother(found, {
      field: 'project',
      there: withId(there.project),
      wanted: job ? withId(job, project) : project,
      what: phrase('NETSUITE.of-project'),
    });
  }
  if (there.parent === parent?.id) return;
  const top = phrase('NETSUITE.top-of-project');
  throw recordOfAnother(found, {
    field: 'parent',
    there: there.parent ? withId(there.parent) : top,
    wanted: parent ? (parent.id ? withId(parent.id, parent.code) : parent.code) : top,
    what: phrase('NETSUITE.of-phase'),
  });
}

/** Phases and tasks with an external id that a project has and the deal has no more; one that was closed there is done with. */
export async function tasksLeftOver(
  suiteQl: SuiteQl,
  jobs: ReadonlyMap<string, Project>,
  wanted: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<Map<Project, Difference[]>> {
  const left = new Map<Project, Difference[]>();
  for (const { code, task } of jobs.size > 0 ? await tasksOfProjects(suiteQl, jobs.keys(), signal) : []) {
    const project = jobs.get(task.project);
    if (!project || wanted.has(code) || isClosed(task)) continue;
    const { differences } = new Comparison(called.task(code)).told('title', task.title?.trim() || withId(task.id), undefined, false);
    left.set(project, [...(left.get(project) ?? []), ...differences]);
  }
  return left;
}
