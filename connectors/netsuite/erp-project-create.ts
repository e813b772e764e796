import { phaseCode, taskCode } from '../../model/engagement-parts.ts';
import type { LeftOut } from '../../model/left-out.ts';
import type { ErpProjectResult, OperationContext } from '../../model/operations.ts';
import type { Phase, Project } from '../../model/types.generated.ts';
import { called } from '../../model/record-names.ts';
import type { Words } from '../../model/failure-sentence.ts';
import { codesMustDiffer, taskCodes } from './unfit/codes-must-differ.ts';
import { ensureRecord } from './records/ensure-record.ts';
import { jobReferences, type ProjectParts } from './records/job-references.ts';
import { examineFound, type ProjectBooks } from './erp-project-create/examine-found.ts';
import { mustFit } from './unfit/field-limits.ts';
import { billingFields, fillInBilling } from './erp-project-create/fill-in-billing.ts';
import {
  billingScheduleBody,
  hasBillingSchedule,
  type JobReferences,
  jobBody,
  phaseBody,
  taskBody,
} from './erp-project-create/project-bodies.ts';
import { billingScheduleKey } from './records/billing-schedule.ts';
import { exactly, jobBook, recordBook, taskBook } from './records/record-lookup.ts';
import { duplicateName } from './errors/refusal-cause.ts';
import { textsOfProject } from './unfit/written-texts.ts';

type ProjectResult = ErpProjectResult['projects'][number];

/**
 * Projects with billing schedule and work breakdown structure. Everything the projects refer to is found, and every amount checked, before the
 * first write. Records are written in one order, each known by its code, so that a run that stopped anywhere goes on from there.
 */
export async function createProjects(parts: ProjectParts, projects: Project[], context: OperationContext): Promise<ErpProjectResult> {
  codesMustDiffer(projects);
  mustFit(projects.flatMap(textsOfProject));
  // milestones that cannot be billed as shares are found here
  for (const project of projects) if (hasBillingSchedule(project)) billingScheduleBody(project);
  const references = await jobReferences(parts, projects, context.signal);
  for (const [index, project] of projects.entries()) jobBody(project, references[index]!); // throws for an amount that cannot be sent
  const books: ProjectBooks = {
    jobs: jobBook(
      parts.suiteQl,
      projects.map((project) => project.code),
      context.signal,
    ),
    tasks: taskBook(parts.suiteQl, projects.flatMap(taskCodes), context.signal),
    schedules: recordBook(
      parts.api,
      'billingSchedule',
      projects.filter(hasBillingSchedule).map((project) => billingScheduleKey(project.code)),
      context.signal,
    ),
  };
  const examined = await examineFound(
    parts,
    projects.map((project, index) => ({ project, references: references[index]!, taskCodes: taskCodes(project) })),
    books,
    context.signal,
  );
  const results: ProjectResult[] = [];
  for (const [index, project] of projects.entries()) {
    const { differences, ...there } = examined[index]!;
    const made = await createProject(parts, project, references[index]!, { books, ...there }, context);
    results.push(differences.length > 0 ? { ...made, differences } : made);
  }
  return { projects: results };
}

async function createProject(
  { api, suiteQl }: ProjectParts,
  project: Project,
  references: JobReferences,
  { books, job: before, schedule }: { books: ProjectBooks; job?: string; schedule?: string },
  context: OperationContext,
): Promise<ProjectResult> {
  const { effects, signal } = context;
  const left: LeftOut[] = [];
  const leftOut = (fields: LeftOut[]) => void left.push(...fields);
  const scheduleKey = billingScheduleKey(project.code);
  const billingScheduleId = hasBillingSchedule(project)
    ? await ensureRecord(
        api,
        effects,
        {
          type: 'billingSchedule',
          externalId: scheduleKey,
          name: called.billingSchedule(scheduleKey),
          body: billingScheduleBody(project),
          // what the project shows is enough: a schedule that the role may not read, or that is locked, is not asked for
          find: async (externalId) => schedule ?? (await books.schedules.find(externalId)),
        },
        signal,
      )
    : undefined;
  const body = jobBody(project, { ...references, ...(billingScheduleId ? { billingSchedule: billingScheduleId } : {}) });
  const job = await ensureRecord(
    api,
    effects,
    {
      type: 'job',
      externalId: project.code,
      name: called.project(project.code),
      body,
      madeFor: { field: 'parent', id: references.customer },
      find: async (externalId) => exactly(externalId, await books.jobs.find(externalId))?.id,
      optional: { projectManager: 'deliveryManagerEmail', comments: 'comments' },
      leftOut,
      explain: (failure) => duplicateName(suiteQl, { table: 'job', name: project.code, externalId: project.code }, failure),
    },
    signal,
  );
  if (before) {
    const terms = Object.fromEntries(billingFields.flatMap((field) => (body[field] === undefined ? [] : [[field, body[field]]])));
    await fillInBilling(api, { code: project.code, job, terms }, context);
  }
  const tasks: Record<string, string> = {};
  // one after the other: NetSuite numbers tasks as they arrive, and the WBS shall read as it was planned
  for (const phase of project.phases) await createPhase(phase, tasks);
  return {
    code: project.code,
    id: job,
    tasks,
    ...(billingScheduleId ? { billingScheduleId } : {}),
    ...(left.length > 0 ? { leftOut: left } : {}),
  };

  async function createPhase(phase: Phase, ids: Record<string, string>): Promise<void> {
    const code = phaseCode(project.code, phase.code);
    const parent = await createTask(code, called.phase(code), phaseBody(project, phase, job));
    ids[code] = parent;
    for (const task of phase.tasks) {
      const own = taskCode(project.code, phase.code, task.code);
      ids[own] = await createTask(own, called.task(own), taskBody(project, phase, task, { job, phase: parent }));
    }
  }

  function createTask(externalId: string, name: Words, body: ReturnType<typeof taskBody>): Promise<string> {
    return ensureRecord(
      api,
      effects,
      {
        type: 'projectTask',
        externalId,
        name,
        body,
        madeFor: { field: 'project', id: job },
        find: async (id) => (await books.tasks.find(id))?.id,
        optional: { estimatedWork: 'plannedMinutes' },
        leftOut,
      },
      signal,
    );
  }
}
