import { mustNotBeOlder } from '../../model/amendment-mark.ts';
import { type Change, isAmong, mustBeApproved } from '../../model/changes.ts';
import { Failure } from '../../model/failure.ts';
import { inEnglish, inWords, phrase } from '../../model/failure-words.ts';
import type { ChangesResult, ProjectChangeRequest } from '../../model/operations.ts';
import { called } from '../../model/record-names.ts';
import type { Project, StaffingDemand } from '../../model/types.generated.ts';
import { additionOf, approvedFields, changesOf, isApprovedAddition, type RecordPlan, textAspect } from '../kit/change-plan.ts';
import { type ChangedFields, changeRecord } from '../kit/change-record.ts';
import { aspect } from '../kit/change-plan.ts';
import { phaseCode } from '../../model/engagement-parts.ts';
import { examineWorkspace } from './psa-project-create/examine-project.ts';
import { examineStories } from './psa-project-create/examine-stories.ts';
import { Stories } from './psa-project-create/stories.ts';
import { storyLookup } from './psa-project-create/story-lookup.ts';
import { stopped } from './psa-project-change/already-done.ts';
import { descriptionAspects, markOnly } from './psa-project-change/described.ts';
import type { Place } from './psa-project-change/place.ts';
import { accessTo } from './psa-project-change/access-to.ts';
import { changesOfHead, type PlannedHead, planHeads } from './psa-project-change/plan-heads.ts';
import { closings, type PlannedStory, planStories } from './psa-project-change/plan-stories.ts';
import type { Known, Writer } from './records/ensure-record.ts';
import type { Lookup } from './records/lookup.ts';
import { nameIn, projectTitle } from './records/titles.ts';
import { sharesLeftOver, workspaceLookup } from './records/workspace-lookup.ts';
import type { KantataUndo } from './undo.ts';
import { Catalog } from './staffing-request/catalog.ts';
import { type DemandPlan, planDemand } from './staffing-request/demand-plan.ts';
import { allocation, staffHeads, type StaffingBooks } from './staffing-request/staff-heads.ts';
import { headsOf } from './staffing-request/staffing-heads.ts';
import { headDetails } from './staffing-request/head-details.ts';
import { headsThere, type HeadThere, staffingLookups } from './staffing-request/staffing-lookup.ts';
import { text } from './wire/envelope.ts';

const here = { system: 'kantata', systemName: 'Kantata' };

interface ProjectPlan {
  project: Project;
  id: string;
  lookup: Lookup<Known>;
  head: RecordPlan<Place>;
  stories: PlannedStory[];
  closings: RecordPlan<Place>[];
  heads: PlannedHead[];
}

/**
 * Shows what an amendment changes of projects that are set up, or makes the changes that were approved, and no others. Everything is read, and what
 * stands against it is told, before the first write. https://developer.kantata.com/ "Workspaces", "Stories".
 */
export async function changeProjects(request: ProjectChangeRequest, writer: Writer): Promise<ChangesResult> {
  const { projects, approved } = request;
  const { api, context } = writer;
  const codes = projects.map(({ code }) => code);
  const workspaces = workspaceLookup(api, codes, context.signal);
  const plans: ProjectPlan[] = [];
  for (const project of projects) plans.push(await planProject(request, project, workspaces, writer));
  const books = request.demands && (await addDemands(request.demands, plans, workspaces, writer));
  const [gone] = await sharesLeftOver(api, projects, context.signal);
  if (gone) {
    const record = called.project(gone.code);
    throw stopped(record, 'legalEntity', gone.code, inWords('SHARE_GONE', { record, systemName: here.systemName }));
  }
  const found = plans.flatMap((plan) => changesOfPlan(plan, approved));
  const answered = plans.map(({ project, id }) => ({ code: project.code, id }));
  if (!approved) return { changes: found, applied: false, projects: answered };
  mustBeApproved(found, approved, here);
  for (const plan of plans) await applyPlan(plan, approved, writer);
  if (books)
    await applyHeads(
      plans.flatMap(({ heads }) => heads),
      approved,
      books,
      writer,
    );
  return { changes: [...approved], applied: true, projects: answered };
}

async function planProject(
  { amendment }: ProjectChangeRequest,
  project: Project,
  workspaces: Lookup<Known>,
  { api, context }: Writer,
): Promise<ProjectPlan> {
  const record = called.project(project.code);
  const known = await workspaces.find(project.code);
  if (!known) throw notSetUp(project);
  examineWorkspace(known, project); // refuses one of another, and one that was archived
  const { id, row } = known;
  const description = text(row, 'description') ?? '';
  mustNotBeOlder(amendment, description, { ...here, record });
  const lookup = storyLookup(api, project, id, context.signal);
  const stories = await lookup.all();
  examineStories(project, stories); // refuses those that hang elsewhere
  const title = text(row, 'title');
  const name = nameIn(title, project.code)?.trim();
  const aspects = [
    aspect('title', {
      there: name,
      wanted: project.name,
      differs: name !== project.name.trim(),
      was: title ?? null,
      set: projectTitle(project),
    }),
    textAspect('start_date', text(row, 'start_date'), project.start),
    textAspect('due_date', text(row, 'due_date'), project.end),
    ...descriptionAspects(description, project, amendment),
  ];
  const place: Place = { collection: 'workspaces', id, key: `workspace ${project.code}` };
  return {
    project,
    id,
    lookup,
    head: { record, place, aspects },
    stories: planStories(project, stories),
    closings: closings(project, stories),
    heads: [],
  };
}

/** What it says of the people that are asked for, project by project. */
async function addDemands(
  demands: readonly StaffingDemand[],
  plans: readonly ProjectPlan[],
  workspaces: Lookup<Known>,
  writer: Writer,
): Promise<StaffingBooks> {
  const { api, context } = writer;
  const catalog = new Catalog(api, context.signal);
  const planned: DemandPlan[] = [];
  for (const demand of demands) planned.push(await planDemand(demand, catalog, workspaces, writer));
  const there = new Map<ProjectPlan, HeadThere[]>();
  for (const plan of plans) there.set(plan, await headsThere(api, plan.id, context.signal, headDetails));
  const codes = [...demands.flatMap(headsOf), ...[...there.values()].flat()].map(({ code }) => code);
  const resourceIds = new Set<string>();
  const books = { lookups: staffingLookups(api, [...new Set(codes)], resourceIds, context.signal), resourceIds };
  for (const plan of plans) {
    const own = planned.filter(({ workspaceId }) => workspaceId === plan.id);
    const { heads, takenOut } = await planHeads(own, there.get(plan) ?? [], books.lookups);
    plan.heads.push(...heads);
    plan.closings.push(...takenOut);
  }
  return books;
}

function changesOfPlan({ head, stories, heads, closings: taken }: ProjectPlan, approved: readonly Change[] | undefined): Change[] {
  return [
    ...changesOf(head),
    ...stories.flatMap(({ record, name, there }) => (there ? changesOf(there) : [additionOf(record, name)])),
    ...heads.flatMap((one) => changesOfHead(one, approved)),
    ...taken.flatMap(changesOf),
  ];
}

/** What is written follows from what was approved, not from what differs now, so that a run that goes on comes to the same writes again. */
async function applyPlan(plan: ProjectPlan, approved: readonly Change[], writer: Writer): Promise<void> {
  const { project, id, lookup, head, stories } = plan;
  const records = [head, ...stories, ...plan.heads, ...plan.closings].map(({ record }) => inEnglish(record));
  if (!approved.some(({ record }) => records.includes(record))) return;
  await change(head, { ...approvedFields(head, approved), ...markOnly(head.aspects) }, writer);
  const made = new Stories(project, id, lookup, writer, () => undefined);
  const ids = new Map(stories.flatMap(({ code, is, there }) => ('phase' in is && there ? [[code, there.place.id]] : [])));
  for (const story of stories) {
    if (isApprovedAddition(story.record, approved)) ids.set(story.code, await add(story));
    else if (story.there) await change(story.there, approvedFields(story.there, approved), writer);
  }
  for (const one of plan.closings.toReversed()) await change(one, approvedFields(one, approved), writer);

  function add({ is }: PlannedStory): Promise<string> {
    if ('milestone' in is) return made.milestone(is.milestone);
    const { phase, task } = is;
    return task ? made.task(phase, task, ids.get(phaseCode(project.code, phase.code)) ?? '') : made.phase(phase);
  }
}

/** Placeholders that are new, and what changes of those that are there. */
async function applyHeads(heads: readonly PlannedHead[], approved: readonly Change[], books: StaffingBooks, writer: Writer): Promise<void> {
  for (const { there } of heads) for (const one of there) await change(one, approvedFields(one, approved), writer);
  await staffHeads(
    heads.filter(({ record }) => isApprovedAddition(record, approved)),
    books,
    () => undefined,
    writer,
  );
  for (const { head, plan, record, resourceId } of heads) {
    if (resourceId === undefined || !isAmong(approved, record, 'allocation')) continue;
    await allocation(head, plan, resourceId, books.lookups, () => undefined, writer);
  }
}

async function change({ record, place }: RecordPlan<Place>, fields: ChangedFields, { api, context }: Writer): Promise<void> {
  if (Object.keys(fields).length === 0) return;
  const undo: KantataUndo = { collection: place.collection, id: place.id, former: fields };
  await changeRecord(context.effects, accessTo(api, record, place, context.signal), {
    key: `change ${place.key}`,
    title: phrase('WRITE.changed', { record, systemName: here.systemName }),
    fields,
    undo,
  });
}

function notSetUp(project: Project): Failure {
  const record = called.project(project.code);
  const { legalEntity } = project;
  if (!project.main)
    return stopped(record, 'legalEntity', legalEntity, inWords('SHARE_NEW', { record, legalEntity, systemName: here.systemName }));
  return new Failure({
    class: 'mapping.missing',
    ...inWords('NOT_SET_UP', { record, systemName: here.systemName }),
    system: 'kantata',
    record,
    field: 'code',
    value: project.code,
    outcome: 'not-made',
  });
}
