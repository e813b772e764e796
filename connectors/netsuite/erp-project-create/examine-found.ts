import { Failure } from '../../../model/failure.ts';
import { type Difference, type Differences, type FoundIn, recordDiffers } from '../../../model/found-record.ts';
import type { Project } from '../../../model/types.generated.ts';
import { called } from '../../../model/record-names.ts';
import type { Told } from '../../../model/failure-sentence.ts';
import { aboutRecord } from '../records/about-record.ts';
import { examineProject, mustBeOfDeal } from './examine-project.ts';
import { examineSchedule } from './examine-schedule.ts';
import { examineTasks, tasksLeftOver } from './examine-tasks.ts';
import type { ExternalIdBook } from '../records/external-id-book.ts';
import { sameButForCase } from '../records/id-taken.ts';
import type { NetSuiteApi } from '../wire.ts';
import { leftStanding, otherProjects, underAnotherCode } from './other-projects.ts';
import { hasBillingSchedule, type JobReferences } from './project-bodies.ts';
import { billingScheduleKey } from '../records/billing-schedule.ts';
import { fieldText, referredId } from '../records/record-field.ts';
import { exactly, type RecordFound, type TaskFound } from '../records/record-lookup.ts';
import { noneIfRefused } from '../records/reference-data.ts';
import type { SuiteQl } from '../wire/suiteql.ts';

export interface ProjectBooks {
  jobs: ExternalIdBook<RecordFound>;
  tasks: ExternalIdBook<TaskFound>;
  schedules: ExternalIdBook<string>;
}

/** What is there already of one project. */
export interface ProjectExamined {
  /** internal id of the project; absent = it is to be made */
  job?: string;
  /** internal id of its billing schedule, where that is there already */
  schedule?: string;
  differences: Difference[];
}

/**
 * Looks at everything of these projects that is there already, before anything is written: what is another's, was put aside or would bill something
 * else than the deal is refused; what differs in the plan is told. In the order of the projects.
 */
export async function examineFound(
  { api, suiteQl }: { api: NetSuiteApi; suiteQl: SuiteQl },
  projects: readonly { project: Project; references: JobReferences; taskCodes: string[] }[],
  books: ProjectBooks,
  signal: AbortSignal,
): Promise<ProjectExamined[]> {
  const examined: ProjectExamined[] = [];
  for (const { project, references } of projects) {
    const record = called.project(project.code);
    const found = await books.jobs.before(project.code);
    if (found && !exactly(project.code, found)) throw sameButForCase(record, project.code, found);
    const there = found && (await aboutRecord(record, () => api.details('job', { id: found.id }, signal)));
    // whose it is comes first: what another's would bill is nobody's business
    if (found && there) mustBeOfDeal(netSuites(record, found.id), there, { project, references });
    const schedule = await examinedSchedule(api, project, { books, linked: there && referredId(there, 'billingSchedule') }, signal);
    const own =
      found && there ? examineProject(netSuites(record, found.id), there, { project, references, schedule: schedule?.id }) : nothing;
    const tasks = await examineTasks(project, found?.id, books.tasks);
    const money = [...own.money, ...(schedule?.money ?? []), ...tasks.money];
    const first = found ? netSuites(record, found.id) : netSuites(called.billingScheduleOf(project.code), schedule?.id ?? '');
    if (money.length > 0) throw recordDiffers(first, money);
    examined.push({
      ...(found ? { job: found.id } : {}),
      ...(schedule ? { schedule: schedule.id } : {}),
      differences: [...own.plan, ...tasks.plan],
    });
  }
  const jobs = new Map(examined.flatMap(({ job }, index): [string, Project][] => (job ? [[job, projects[index]!.project]] : [])));
  const [one, ...more] = await otherProjects(
    suiteQl,
    projects.map(({ project }) => project),
    signal,
  );
  const [main] = projects;
  if (one && main && jobs.size === 0) throw underAnotherCode(main.project, [one, ...more]);
  if (one) examined[0]?.differences.push(...leftStanding([one, ...more]));
  const left = await tasksLeftOver(suiteQl, jobs, new Set(projects.flatMap(({ taskCodes }) => taskCodes)), signal);
  return examined.map((one, index) => ({ ...one, differences: [...one.differences, ...(left.get(projects[index]!.project) ?? [])] }));
}

/**
 * Internal id of the project's billing schedule, when it is there, and what it would not bill as the deal says. One that may not be read (the role may not, a workflow
 * locks it) is known by the project that shows it (`linked`): a look-up needs no more rights than its answer.
 */
async function examinedSchedule(
  api: NetSuiteApi,
  project: Project,
  { books, linked }: { books: ProjectBooks; linked: string | undefined },
  signal: AbortSignal,
): Promise<{ id: string; money: Difference[] } | undefined> {
  if (!hasBillingSchedule(project)) return undefined;
  const key = billingScheduleKey(project.code);
  const record = called.billingSchedule(key);
  const read = async () => {
    const id = await books.schedules.before(key);
    return id === undefined ? undefined : { id, there: await aboutRecord(record, () => api.details('billingSchedule', { id }, signal)) };
  };
  const found = await read().catch((error: unknown) => {
    if (linked === undefined) throw error;
    // locked, it is known all the same
    if (!Failure.is(error) || error.class !== 'transient.locked') noneIfRefused(error);
    return { id: linked, there: undefined };
  });
  if (!found?.there) return found && { id: found.id, money: [] };
  const { id, there } = found;
  const externalId = fieldText(there, 'externalId');
  if (externalId !== undefined && externalId !== key) throw sameButForCase(record, key, { id, externalId });
  return { id, money: examineSchedule(netSuites(record, id), there, project) };
}

const nothing: Differences = { money: [], plan: [] };
const netSuites = (record: Told, id: string): FoundIn => ({ system: 'netsuite', systemName: 'NetSuite', record, id });
