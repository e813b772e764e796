import type { AmendmentMark } from '../../../model/amendment-mark.ts';
import type { FoundIn } from '../../../model/found-record.ts';
import { inWords } from '../../../model/failure-words.ts';
import type { JsonObject } from '../../../model/json.ts';
import { called } from '../../../model/record-names.ts';
import type { Project } from '../../../model/types.generated.ts';
import type { RecordPlan } from '../../kit/change-plan.ts';
import { mustBeOfDeal } from '../erp-project-create/examine-project.ts';
import { examineTasks } from '../erp-project-create/examine-tasks.ts';
import { billingType, hasBillingSchedule, type JobReferences } from '../erp-project-create/project-bodies.ts';
import { aboutRecord } from '../records/about-record.ts';
import { billingScheduleKey } from '../records/billing-schedule.ts';
import type { ExternalIdBook } from '../records/external-id-book.ts';
import type { ProjectParts } from '../records/job-references.ts';
import { fieldText, referredId } from '../records/record-field.ts';
import type { RecordFound, TaskFound } from '../records/record-lookup.ts';
import { tasksOfProjects } from '../records/tasks-of-projects.ts';
import { taskCodes } from '../unfit/codes-must-differ.ts';
import { mustHaveNoTime, mustNotBeBelowBilled, stopped } from './already-done.ts';
import type { Place } from './place.ts';
import { jobAspects, amountThatChanges } from './plan-job.ts';
import { planSchedule } from './plan-schedule.ts';
import { mustAgree, scheduleThatWasSet } from './schedule-that-was-set.ts';
import { closing, type PlannedTask, planTasks } from './plan-tasks.ts';

/** All that an amendment says of one project, as it stands now. */
export interface ProjectPlan {
  project: Project;
  /** internal id of the project */
  job: string;
  there: JsonObject;
  head: RecordPlan<Place>;
  schedule?: RecordPlan<Place>;
  tasks: PlannedTask[];
  closings: RecordPlan<Place>[];
}

interface Asked {
  project: Project;
  references: JobReferences;
  books: { jobs: ExternalIdBook<RecordFound>; tasks: ExternalIdBook<TaskFound> };
  mark: AmendmentMark;
}

/** Reads one project and says what the amendment changes of it; what was billed, completed or booked there stops it. */
export async function planProject(
  parts: ProjectParts,
  { project, references, books, mark }: Asked,
  signal: AbortSignal,
): Promise<ProjectPlan> {
  const { api, suiteQl } = parts;
  const record = called.project(project.code);
  const { id: job } = (await books.jobs.before(project.code))!; // it was there a moment ago
  const there = await aboutRecord(record, () => api.details('job', { id: job }, signal));
  const found: FoundIn = { system: 'netsuite', systemName: 'NetSuite', record, id: job };
  mustBeOfDeal(found, there, { project, references });
  const ended = fieldText(there, 'endDate');
  if (ended !== undefined) throw stopped(record, 'endDate', ended, inWords('PROJECT_CLOSED.ended', { record, day: ended }));
  const type = referredId(there, 'jobBillingType');
  const billedBy = await scheduleThere(parts, project, there, signal);
  const set = billedBy && scheduleThatWasSet(project, job, billedBy);
  // a fixed price without milestones is billed by instalments once they are set
  const may = set && billingType(project) === 'FBI' ? 'FBM' : billingType(project);
  if (type !== undefined && type !== may) {
    throw stopped(record, 'jobBillingType', type, inWords('WAY_OF_BILLING', { record, there: type, wanted: billingType(project) }));
  }
  const head = { record, place: { type: 'job' as const, id: job, key: project.code }, aspects: jobAspects(there, project, mark) };
  const other = amountThatChanges(head.aspects, project);
  if (set) mustAgree(set, project, other?.wanted);
  const schedule = !set && hasBillingSchedule(project) ? planOfSchedule(project, billedBy, there) : undefined;
  await examineTasks(project, job, books.tasks); // refuses those of another
  const tasks = await planTasks(project, books.tasks);
  const own = new Set(taskCodes(project));
  const left = (await tasksOfProjects(suiteQl, [job], signal)).filter(({ code }) => !own.has(code));
  const closings = left.map(({ code, task }) => closing(code, task));
  const open = closings.filter(({ aspects }) => aspects.some(({ differs }) => differs));
  await mustHaveNoTime(
    suiteQl,
    open.map((one) => ({ id: one.place.id, record: one.record })),
    signal,
  );
  if (other) {
    const currencyOf = (currency: string) => parts.references.currencyCode(currency);
    await mustNotBeBelowBilled(suiteQl, { record, job, ...other }, currencyOf, signal);
  }
  return { project, job, there, head, ...(schedule ? { schedule } : {}), tasks, closings };
}

/** The project's schedule, where it has one that says how it is billed. */
async function scheduleThere(
  { api }: ProjectParts,
  project: Project,
  there: JsonObject,
  signal: AbortSignal,
): Promise<JsonObject | undefined> {
  const id = referredId(there, 'billingSchedule');
  if (id === undefined || referredId(there, 'jobBillingType') === 'TM') return undefined;
  return aboutRecord(called.billingSchedule(billingScheduleKey(project.code)), () => api.details('billingSchedule', { id }, signal));
}

function planOfSchedule(project: Project, schedule: JsonObject | undefined, there: JsonObject): RecordPlan<Place> {
  const key = billingScheduleKey(project.code);
  const record = called.project(project.code);
  if (schedule === undefined) throw stopped(record, 'billingSchedule', key, inWords('SCHEDULE_UNKNOWN', { record, key }));
  return planSchedule(project, key, schedule, fieldText(there, 'jobPrice'));
}
