import { phaseCode, taskCode } from '../../model/engagement-parts.ts';
import type { LeftOut } from '../../model/left-out.ts';
import { Failure } from '../../model/failure.ts';
import type { ErpProjectResult, OperationContext } from '../../model/operations.ts';
import type { Phase, Project } from '../../model/types.generated.ts';
import { aboutRecord } from './about-record.ts';
import type { NetSuiteSettings } from './config.ts';
import { customerKey } from './ensure-customers.ts';
import { ensureRecord } from './ensure-record.ts';
import type { ExternalIdBook } from './external-id-book.ts';
import type { NetSuiteApi } from './netsuite-api.ts';
import {
  billingScheduleBody,
  billingScheduleKey,
  hasBillingSchedule,
  type JobReferences,
  jobBody,
  phaseBody,
  taskBody,
} from './project-bodies.ts';
import { idBook, idsByExternalId, type JobFound, jobBook, recordBook } from './record-lookup.ts';
import { missing, noneIfRefused, type ReferenceData } from './reference-data.ts';
import { duplicateName } from './refusal-cause.ts';
import type { SuiteQl } from './suiteql.ts';

export interface ProjectParts {
  api: NetSuiteApi;
  suiteQl: SuiteQl;
  references: ReferenceData;
  settings: NetSuiteSettings;
}

interface Books {
  jobs: ExternalIdBook<JobFound>;
  tasks: ExternalIdBook<string>;
  schedules: ExternalIdBook<string>;
}

type ProjectResult = ErpProjectResult['projects'][number];

/**
 * Projects with billing schedule and work breakdown structure. Everything the projects refer to is found, and every amount checked, before the
 * first write. Records are written in one order, each known by its code, so that a run that stopped anywhere goes on from there.
 */
export async function createProjects(parts: ProjectParts, projects: Project[], context: OperationContext): Promise<ErpProjectResult> {
  const references = await jobReferences(parts, projects, context.signal);
  for (const [index, project] of projects.entries()) {
    if (hasBillingSchedule(project)) billingScheduleBody(project);
    jobBody(project, references[index]!);
  }
  const books: Books = {
    jobs: jobBook(
      parts.suiteQl,
      projects.map((project) => project.code),
      context.signal,
    ),
    tasks: idBook(parts.suiteQl, 'projecttask', projects.flatMap(taskCodes), context.signal),
    schedules: recordBook(
      parts.api,
      'billingSchedule',
      projects.filter(hasBillingSchedule).map((project) => billingScheduleKey(project.code)),
      context.signal,
    ),
  };
  const results: ProjectResult[] = [];
  for (const [index, project] of projects.entries()) results.push(await createProject(parts, project, references[index]!, books, context));
  return { projects: results };
}

function taskCodes(project: Project): string[] {
  return project.phases.flatMap((phase) => [
    phaseCode(project.code, phase.code),
    ...phase.tasks.map((task) => taskCode(project.code, phase.code, task.code)),
  ]);
}

async function jobReferences(parts: ProjectParts, projects: Project[], signal: AbortSignal): Promise<JobReferences[]> {
  const { references, suiteQl, settings } = parts;
  const customerOf = (project: Project) => customerKey(project.account.code, project.legalEntity);
  const managers = projects.flatMap((project) => (project.deliveryManagerEmail ? [project.deliveryManagerEmail] : []));
  const employees = managers.length > 0 ? await references.employeesByEmail(managers).catch(noneIfRefused) : undefined;
  const places = await Promise.all(
    projects.map((project) =>
      aboutRecord(`project ${project.code}`, async () => ({
        subsidiary: (await references.subsidiary(project.legalEntity)).id,
        currency: await references.currency(project.currency),
      })),
    ),
  );
  const customers = await idsByExternalId(suiteQl, 'customer', projects.map(customerOf), signal);
  return projects.map((project, index) => {
    const customer = customers.get(customerOf(project));
    if (customer === undefined) {
      throw missing(
        'CUSTOMER_UNKNOWN',
        'account.code',
        customerOf(project),
        `NetSuite has no customer ${customerOf(project)} for project ${project.code}.`,
        {
          record: `project ${project.code}`,
          remedy: `Put an erp-customer node before this one, or set External ID ${customerOf(project)} on the customer in NetSuite; then replay.`,
        },
      );
    }
    const place = places[index]!;
    // the manager is a convenience: named when an active employee of the project's own subsidiary, since NetSuite refuses others
    const manager = employees
      ?.get(project.deliveryManagerEmail?.toLowerCase() ?? '')
      ?.find((employee) => employee.active && employee.subsidiaryId === place.subsidiary);
    return {
      ...place,
      customer,
      projectExpenseType: settings.projectExpenseType,
      ...(manager ? { projectManager: manager.id } : {}),
    };
  });
}

async function createProject(
  { api, suiteQl }: ProjectParts,
  project: Project,
  references: JobReferences,
  books: Books,
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
          name: `billing schedule ${scheduleKey}`,
          body: billingScheduleBody(project),
          // what the project shows is enough: a schedule that the role may not read, or that is locked, is not asked for
          find: async (externalId) => (await books.jobs.before(project.code))?.billingSchedule ?? (await books.schedules.find(externalId)),
        },
        signal,
      )
    : undefined;
  const job = await ensureRecord(
    api,
    effects,
    {
      type: 'job',
      externalId: project.code,
      name: `project ${project.code}`,
      body: jobBody(project, { ...references, ...(billingScheduleId ? { billingSchedule: billingScheduleId } : {}) }),
      find: async (externalId) => (await books.jobs.find(externalId))?.id,
      optional: { projectManager: 'deliveryManagerEmail', comments: 'comments' },
      leftOut,
      explain: (failure) => duplicateName(suiteQl, { table: 'job', name: project.code, externalId: project.code }, failure),
    },
    signal,
  );
  if (billingScheduleId) await linkBillingSchedule(api, project, billingScheduleId, books, context);
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
    const parent = await createTask(code, 'phase', phaseBody(project, phase, job));
    ids[code] = parent;
    for (const task of phase.tasks) {
      const own = taskCode(project.code, phase.code, task.code);
      ids[own] = await createTask(own, 'task', taskBody(project, phase, task, { job, phase: parent }));
    }
  }

  function createTask(externalId: string, what: string, body: ReturnType<typeof taskBody>): Promise<string> {
    return ensureRecord(
      api,
      effects,
      {
        type: 'projectTask',
        externalId,
        name: `${what} ${externalId}`,
        body,
        find: (id) => books.tasks.find(id),
        optional: { estimatedWork: 'plannedMinutes' },
        leftOut,
      },
      signal,
    );
  }
}

/** A project that was there before, without billing terms, gets its schedule; one that has a schedule keeps it. */
async function linkBillingSchedule(
  api: NetSuiteApi,
  project: Project,
  billingScheduleId: string,
  books: Books,
  { effects, signal }: OperationContext,
): Promise<void> {
  const linked = async () => (await books.jobs.find(project.code))?.billingSchedule;
  if (await linked()) return;
  const title = `Billing schedule of project ${project.code} in NetSuite`;
  const body = { billingSchedule: { id: billingScheduleId } };
  await effects.write<{ id: string }>({
    key: `job ${project.code} billingSchedule`,
    title,
    request: body,
    undo: { type: 'job', externalId: project.code, field: 'billingSchedule' },
    settle: 'probe',
    probe: async () => {
      const id = await linked();
      return id === undefined ? undefined : { id };
    },
    send: async () => {
      try {
        await api.upsert('job', project.code, body, { signal });
      } catch (error) {
        throw Failure.is(error) ? error.with({ record: `project ${project.code}` }) : error;
      }
      return { id: billingScheduleId };
    },
  });
}
