import { phaseCode, taskCode } from '../../../model/engagement-parts.ts';
import type { Words } from '../../../model/failure-sentence.ts';
import { decimalHours } from '../../../model/minutes.ts';
import { called } from '../../../model/record-names.ts';
import type { Phase, Project, Task } from '../../../model/types.generated.ts';
import { type Aspect, aspect, type RecordPlan, textAspect } from '../../kit/change-plan.ts';
import { sameNumber } from '../erp-project-create/examine-project.ts';
import { phaseTexts, taskTexts } from '../erp-project-create/project-bodies.ts';
import type { ExternalIdBook } from '../records/external-id-book.ts';
import type { TaskFound } from '../records/record-lookup.ts';
import { isClosed } from '../records/tasks-of-projects.ts';
import type { Place } from './place.ts';

/** A phase or task that the amendment has: there, or to be made. */
export interface PlannedTask {
  code: string;
  record: Words;
  name: string;
  phase: Phase;
  task?: Task;
  there?: RecordPlan<Place>;
}

export async function planTasks(project: Project, tasks: ExternalIdBook<TaskFound>): Promise<PlannedTask[]> {
  const planned: PlannedTask[] = [];
  for (const phase of project.phases) {
    const code = phaseCode(project.code, phase.code);
    const record = called.phase(code);
    const there = await tasks.before(code);
    const dates = there ? dateAspects(there, phase) : [];
    const moves = dates.some(({ differs }) => differs);
    planned.push({
      ...{ code, record, name: phase.name, phase },
      ...(there
        ? { there: plan(record, code, there, [textAspect('title', there.title, phaseTexts(project, phase).title), ...dates]) }
        : {}),
    });
    for (const task of phase.tasks) {
      const own = taskCode(project.code, phase.code, task.code);
      const found = await tasks.before(own);
      planned.push({
        ...{ code: own, record: called.task(own), name: task.name, phase, task },
        ...(found ? { there: plan(called.task(own), own, found, taskAspects(found, project, phase, task, moves)) } : {}),
      });
    }
  }
  return planned;
}

/** A phase's dates follow from its tasks, so the tasks move with it; as long as it stays where it is, delivery plans its tasks. */
function taskAspects(there: TaskFound, project: Project, phase: Phase, task: Task, moves: boolean): Aspect[] {
  const hours = decimalHours(task.plannedMinutes ?? 0);
  const nonBillable = task.billable === false;
  return [
    textAspect('title', there.title, taskTexts(project, phase, task).title),
    ...dateAspects(there, phase).map((one) => ({ ...one, differs: moves && one.differs })),
    aspect('estimatedWork', {
      there: there.estimatedWork,
      wanted: hours,
      differs: !sameNumber(there.estimatedWork ?? '0', hours),
      was: there.estimatedWork === undefined ? null : Number(there.estimatedWork),
      set: Number(hours),
    }),
    aspect('nonBillableTask', {
      there: String(there.nonBillable),
      wanted: String(nonBillable),
      differs: there.nonBillable !== nonBillable,
      was: there.nonBillable,
      set: nonBillable,
    }),
  ];
}

const dateAspects = (there: TaskFound, phase: Phase) => [
  textAspect('startDate', there.start, phase.start),
  textAspect('finishByDate', there.finishBy, phase.end),
];

/** One that had been closed is opened again. */
function plan(record: Words, key: string, there: TaskFound, aspects: Aspect[]): RecordPlan<Place> {
  const opened = statusAspect(there.status, 'NOTSTART', isClosed(there));
  return { record, place: { type: 'projectTask', id: there.id, key }, aspects: [...aspects, opened] };
}

/** Taken out: closed, never deleted, so that what is known of it stays and can be brought back. */
export function closing(code: string, there: TaskFound): RecordPlan<Place> {
  const record = called.task(code);
  const { sets } = statusAspect(there.status, 'COMPLETE', true);
  const name = there.title?.trim() || there.id;
  const taken: Aspect = { field: 'status', there: name, wanted: undefined, differs: !isClosed(there), whole: true, sets };
  return { record, place: { type: 'projectTask', id: there.id, key: code }, aspects: [taken] };
}

function statusAspect(status: string | undefined, wanted: string, differs: boolean): Aspect {
  return aspect('status', {
    there: status,
    wanted,
    differs,
    was: status === undefined ? null : { id: status },
    set: { id: wanted },
  });
}
