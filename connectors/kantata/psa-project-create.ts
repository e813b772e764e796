import { milestoneCode, phaseCode, taskCode } from '../../model/engagement-parts.ts';
import { Failure } from '../../model/failure.ts';
import { Comparison, type Difference, recordDiffers } from '../../model/found-record.ts';
import type { LeftOut } from '../../model/left-out.ts';
import type { PsaProjectResult } from '../../model/operations.ts';
import type { Project } from '../../model/types.generated.ts';
import { called } from '../../model/record-names.ts';
import { ensureRecord, type Known, type Writer } from './records/ensure-record.ts';
import { examineWorkspace, workspaceOf } from './psa-project-create/examine-project.ts';
import { examineStories } from './psa-project-create/examine-stories.ts';
import type { Lookup } from './records/lookup.ts';
import { Stories, titleOf } from './psa-project-create/stories.ts';
import { storyLookup } from './psa-project-create/story-lookup.ts';
import { projectDescription, projectTitle } from './records/titles.ts';
import { sharesLeftOver, workspaceLookup } from './records/workspace-lookup.ts';

/**
 * A workspace for each project, a `deliverable` story for each phase, a `task` story below it for each task, and a
 * `milestone` story for each milestone. https://developer.kantata.com/ "Workspaces", "Stories".
 */
export async function createProjects(projects: Project[], writer: Writer): Promise<PsaProjectResult> {
  const workspaces = workspaceLookup(
    writer.api,
    projects.map((project) => project.code),
    writer.context.signal,
  );
  // all that is there already is looked at before anything is written
  const planned: Planned[] = [];
  for (const project of projects) planned.push(await examined(project, workspaces, writer));
  // of a deal that is set up for the first time there is nothing left
  const first = planned[0];
  if (first?.stories) {
    for (const { code, title } of await sharesLeftOver(writer.api, projects, writer.context.signal))
      first.differences.push(...new Comparison(called.project(code)).text('title', title, undefined).differences);
  }
  const result: PsaProjectResult = { projects: [] };
  for (const one of planned) {
    const made = await createProject(one, workspaces, writer);
    result.projects.push(one.differences.length > 0 ? { ...made, differences: one.differences } : made);
  }
  return result;
}

interface Planned {
  project: Project;
  differences: Difference[];
  /** of a workspace that is there */
  stories?: { workspaceId: string; lookup: Lookup<Known> };
}

async function examined(project: Project, workspaces: Lookup<Known>, { api, context }: Writer): Promise<Planned> {
  const known = await aboutProject(project, () => workspaces.find(project.code));
  if (!known) return { project, differences: [] };
  const own = examineWorkspace(known, project);
  const lookup = storyLookup(api, project, known.id, context.signal);
  const stories = examineStories(project, await aboutProject(project, () => lookup.all()));
  const money = [...own.money, ...stories.money];
  if (money.length > 0) throw recordDiffers(workspaceOf(project, known.id), money);
  return { project, differences: [...own.plan, ...stories.plan], stories: { workspaceId: known.id, lookup } };
}

async function aboutProject<T>(project: Project, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    throw Failure.is(error) && !error.record ? error.with({ record: titleOf(called.project(project.code)) }) : error;
  }
}

async function createProject(
  { project, stories: known }: Planned,
  workspaces: Lookup<Known>,
  writer: Writer,
): Promise<PsaProjectResult['projects'][number]> {
  const left: LeftOut[] = [];
  const leftOut = (fields: LeftOut[]) => void left.push(...fields);
  const id = await ensureRecord(
    {
      key: `workspace ${project.code}`,
      title: titleOf(called.project(project.code)),
      collection: 'workspaces',
      singular: 'workspace',
      subjectType: 'Workspace',
      attributes: {
        title: projectTitle(project),
        creator_role: 'maven',
        start_date: project.start,
        due_date: project.end,
        currency: project.currency,
        description: projectDescription(project),
        stories_are_fixed_fee_by_default: project.billing.type === 'fixed-price',
      },
      reference: { model: 'project', ref: project.code },
      optional: { description: 'description' },
      leftOut,
      code: project.code,
      lookup: workspaces,
    },
    writer,
  );
  const lookup = known?.workspaceId === id ? known.lookup : storyLookup(writer.api, project, id, writer.context.signal);
  const stories = new Stories(project, id, lookup, writer, leftOut);
  const tasks: Record<string, string> = {};
  const milestones: Record<string, string> = {};
  for (const phase of project.phases) {
    const code = phaseCode(project.code, phase.code);
    const parent = await stories.phase(phase);
    tasks[code] = parent;
    for (const task of phase.tasks) tasks[taskCode(project.code, phase.code, task.code)] = await stories.task(phase, task, parent);
  }
  for (const milestone of project.milestones) milestones[milestoneCode(project.code, milestone.code)] = await stories.milestone(milestone);
  return { code: project.code, id, tasks, milestones, ...(left.length > 0 ? { leftOut: left } : {}) };
}
