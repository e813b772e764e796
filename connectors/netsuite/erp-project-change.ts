import { mustNotBeOlder } from '../../model/amendment-mark.ts';
import { type Change, mustBeApproved } from '../../model/changes.ts';
import { Failure } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';
import type { ChangesResult, OperationContext, ProjectChangeRequest } from '../../model/operations.ts';
import { called } from '../../model/record-names.ts';
import { additionOf, changesOf } from '../kit/change-plan.ts';
import { otherProjects, underAnotherCode } from './erp-project-create/other-projects.ts';
import { jobBody } from './erp-project-create/project-bodies.ts';
import { applyPlan } from './erp-project-change/apply-plan.ts';
import { stopped } from './erp-project-change/already-done.ts';
import { planProject, type ProjectPlan } from './erp-project-change/plan-project.ts';
import { jobReferences, type ProjectParts } from './records/job-references.ts';
import { exactly, jobBook, taskBook } from './records/record-lookup.ts';
import { fieldText } from './records/record-field.ts';
import { codesMustDiffer, taskCodes } from './unfit/codes-must-differ.ts';
import { mustFit } from './unfit/field-limits.ts';
import { textsOfProject } from './unfit/written-texts.ts';

const here = { system: 'netsuite', systemName: 'NetSuite' };

/**
 * Shows what an amendment changes of projects that are set up, or makes the changes that were approved, and no others. Everything is read, and what
 * stands against it is told, before the first write.
 */
export async function changeProjects(
  parts: ProjectParts,
  request: ProjectChangeRequest,
  context: OperationContext,
): Promise<ChangesResult> {
  const { projects, amendment, approved } = request;
  const { signal } = context;
  codesMustDiffer(projects);
  mustFit(projects.flatMap(textsOfProject));
  await mustBeSetUp(parts, request, signal);
  const references = await jobReferences(parts, projects, signal);
  for (const [index, project] of projects.entries()) jobBody(project, references[index]!); // throws for an amount that cannot be sent
  const codes = projects.map(({ code }) => code);
  const books = { jobs: jobBook(parts.suiteQl, codes, signal), tasks: taskBook(parts.suiteQl, projects.flatMap(taskCodes), signal) };
  const plans: ProjectPlan[] = [];
  for (const [index, project] of projects.entries()) {
    const plan = await planProject(parts, { project, references: references[index]!, books, mark: amendment }, signal);
    mustNotBeOlder(amendment, fieldText(plan.there, 'comments'), { ...here, record: called.project(project.code) });
    plans.push(plan);
  }
  const found = plans.flatMap(changesOfPlan);
  const answered = plans.map(({ project, job }) => ({ code: project.code, id: job }));
  if (!approved) return { changes: found, applied: false, projects: answered };
  mustBeApproved(found, approved, here);
  for (const plan of plans) await applyPlan(parts, plan, approved, context);
  return { changes: [...approved], applied: true, projects: answered };
}

function changesOfPlan({ head, schedule, tasks, closings }: ProjectPlan): Change[] {
  return [
    ...changesOf(head),
    ...(schedule ? changesOf(schedule) : []),
    ...tasks.flatMap(({ record, name, there }) => (there ? changesOf(there) : [additionOf(record, name)])),
    ...closings.flatMap(changesOf),
  ];
}

/** An amendment before its contract, of a share that is new, or without one that is there. */
async function mustBeSetUp({ suiteQl }: ProjectParts, { projects }: ProjectChangeRequest, signal: AbortSignal): Promise<void> {
  const jobs = jobBook(
    suiteQl,
    projects.map(({ code }) => code),
    signal,
  );
  const others = await otherProjects(suiteQl, projects, signal);
  for (const project of projects) {
    const record = called.project(project.code);
    if (exactly(project.code, await jobs.before(project.code))) continue;
    const [other, ...more] = others;
    if (project.main && other) throw underAnotherCode(project, [other, ...more]);
    const { legalEntity } = project;
    if (!project.main)
      throw stopped(record, 'legalEntity', legalEntity, inWords('SHARE_NEW', { record, legalEntity, systemName: here.systemName }));
    throw new Failure({
      class: 'mapping.missing',
      ...inWords('NOT_SET_UP', { record, systemName: here.systemName }),
      system: 'netsuite',
      record,
      field: 'code',
      value: project.code,
      outcome: 'not-made',
    });
  }
  const [gone] = others;
  if (gone) {
    const record = called.project(gone.code);
    throw stopped(record, 'legalEntity', gone.code, inWords('SHARE_GONE', { record, systemName: here.systemName }));
  }
}
