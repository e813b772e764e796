import { milestoneCode, phaseCode, taskCode } from '../../../model/engagement-parts.ts';
import type { Told, Words } from '../../../model/failure-sentence.ts';
import type { Json } from '../../../model/json.ts';
import { minorUnits } from '../../../model/money.ts';
import { called, withId } from '../../../model/record-names.ts';
import type { Milestone, Money, Phase, Project, Task } from '../../../model/types.generated.ts';
import { type Aspect, aspect, type RecordPlan, textAspect } from '../../kit/change-plan.ts';
import { storyCode } from '../psa-project-create/story-lookup.ts';
import type { Known } from '../records/ensure-record.ts';
import { milestoneDescription, milestoneTitle, nameIn, phaseMark, phaseTitle, taskMark, taskTitle } from '../records/titles.ts';
import { text } from '../wire/envelope.ts';
import { mustHaveNoTime, mustNotBeBelowInvoiced, mustNotBeCompleted } from './already-done.ts';
import { lineOf, withLine } from './described.ts';
import type { Place } from './place.ts';

/** A phase, task or milestone that the amendment has: there, or to be made. */
export interface PlannedStory {
  code: string;
  record: Words;
  name: string;
  is: { phase: Phase; task?: Task } | { milestone: Milestone };
  there?: RecordPlan<Place>;
}

type Stories = ReadonlyMap<string, Known>;

export function planStories(project: Project, stories: Stories): PlannedStory[] {
  const phases = project.phases.flatMap((phase): PlannedStory[] => {
    const code = phaseCode(project.code, phase.code);
    const tasks = phase.tasks.map((task): PlannedStory => {
      const own = taskCode(project.code, phase.code, task.code);
      const plan = (known: Known) => taskAspects(known, phase, task);
      return { ...planned(stories, 'task', own, called.task(own), plan), name: task.name, is: { phase, task } };
    });
    const plan = (known: Known) => phaseAspects(known, phase, project);
    return [{ ...planned(stories, 'task', code, called.phase(code), plan), name: phase.name, is: { phase } }, ...tasks];
  });
  const milestones = project.milestones.map((milestone): PlannedStory => {
    const code = milestoneCode(project.code, milestone.code);
    const plan = (known: Known) => milestoneAspects(known, milestone, project);
    return { ...planned(stories, 'milestone', code, called.milestone(code), plan), name: milestone.name, is: { milestone } };
  });
  return [...phases, ...milestones];
}

function planned(
  stories: Stories,
  model: 'task' | 'milestone',
  code: string,
  record: Words,
  aspectsOf: (known: Known) => Aspect[],
): Pick<PlannedStory, 'code' | 'record' | 'there'> {
  const known = stories.get(storyCode(model, code));
  if (!known) return { code, record };
  // one that had been archived is brought back
  const archived = known.row['archived'] === true;
  const back = aspect('archived', { there: String(archived), wanted: 'false', differs: archived, was: archived, set: false });
  return { code, record, there: { record, place: placeOf(model, code, known), aspects: [...aspectsOf(known), back] } };
}

/** What the amendment has no more: archived, never deleted, so that its history stays and it can be brought back. */
export function closings(project: Project, stories: Stories): RecordPlan<Place>[] {
  const wanted = new Set([
    ...project.phases.flatMap((phase) => [
      storyCode('task', phaseCode(project.code, phase.code)),
      ...phase.tasks.map((task) => storyCode('task', taskCode(project.code, phase.code, task.code))),
    ]),
    ...project.milestones.map((milestone) => storyCode('milestone', milestoneCode(project.code, milestone.code))),
  ]);
  return [...stories].flatMap(([key, known]): RecordPlan<Place>[] => {
    // a story that this connector did not mark is somebody's own
    if (wanted.has(key) || !known.referenced) return [];
    const model = key.startsWith('milestone:') ? 'milestone' : 'task';
    const code = key.slice(key.indexOf(':') + 1);
    const record = (model === 'milestone' ? called.milestone : called.task)(code);
    const isOpen = known.row['archived'] !== true;
    if (isOpen) {
      mustHaveNoTime(record, known.row);
      mustNotBeBelowInvoiced(record, known.row, undefined, project.currency);
      if (model === 'milestone') mustNotBeCompleted(record, known.row, code);
    }
    const name: Told = text(known.row, 'title')?.trim() || withId(known.id);
    const sets = { archived: { was: !isOpen, set: true } };
    const taken: Aspect = { field: 'archived', there: name, wanted: undefined, differs: isOpen, whole: true, sets };
    return [{ record, place: placeOf(model, code, known), aspects: [taken] }];
  });
}

function phaseAspects(known: Known, phase: Phase, project: Project): Aspect[] {
  return [
    titleAspect(known, phaseMark(phase), phase.name, phaseTitle(phase)),
    textAspect('start_date', text(known.row, 'start_date'), phase.start),
    textAspect('due_date', text(known.row, 'due_date'), phase.end),
    ...budgetAspects(called.phase(phaseCode(project.code, phase.code)), known, phase.budget, project),
  ];
}

function taskAspects(known: Known, phase: Phase, task: Task): Aspect[] {
  const billable = task.billable ?? true;
  const holds = known.row['billable'];
  const minutes = String(task.plannedMinutes ?? 0);
  const planned = text(known.row, 'time_estimate_in_minutes');
  return [
    titleAspect(known, taskMark(phase, task), task.name, taskTitle(phase, task)),
    ...(typeof holds === 'boolean'
      ? [aspect('billable', { there: String(holds), wanted: String(billable), differs: holds !== billable, was: holds, set: billable })]
      : []),
    aspect('time_estimate_in_minutes', {
      there: planned,
      wanted: minutes,
      // none planned and zero are the same to who staffs
      differs: (planned ?? '0') !== minutes,
      was: planned === undefined ? null : Number(planned),
      set: Number(minutes),
    }),
  ];
}

function milestoneAspects(known: Known, milestone: Milestone, project: Project): Aspect[] {
  const record = called.milestone(milestoneCode(project.code, milestone.code));
  const label = 'Billing milestone:';
  const there = text(known.row, 'description') ?? '';
  const wanted = lineOf(milestoneDescription(milestone, project), label);
  const holds = lineOf(there, label);
  const set = withLine(there.split('\n'), label, wanted).join('\n').trim();
  const aspects = [
    titleAspect(known, milestone.code, milestone.name, milestoneTitle(milestone)),
    textAspect('due_date', text(known.row, 'due_date'), milestone.due),
    {
      field: 'description (Billing milestone)',
      ...{ there: holds, wanted, differs: holds !== undefined && holds !== wanted },
      sets: { description: { was: there || null, set } },
    },
    ...budgetAspects(record, known, milestone.amount, project),
  ];
  if (aspects.some(({ field, differs }) => differs && field !== 'title')) mustNotBeCompleted(record, known.row, milestone.code);
  return aspects;
}

function titleAspect(known: Known, mark: string, name: string, title: string): Aspect {
  const there = text(known.row, 'title');
  const named = nameIn(there, mark)?.trim();
  return aspect('title', { there: named, wanted: name, differs: named !== name.trim(), was: there ?? null, set: title });
}

/** Budgets are cents of the project's own currency; one in another stays in the description. */
function budgetAspects(record: Words, known: Known, wanted: Money | undefined, project: Project): Aspect[] {
  if (wanted && wanted.currency !== project.currency) return [];
  const cents = text(known.row, 'budget_estimate_in_cents');
  const set: Json = wanted ? minorUnits(wanted) : null;
  const differs = wanted ? cents !== String(set) : cents !== undefined && cents !== '0';
  if (differs) mustNotBeBelowInvoiced(record, known.row, typeof set === 'number' ? set : undefined, project.currency);
  const was = cents === undefined ? null : Number(cents);
  return [aspect('budget_estimate_in_cents', { there: cents, wanted: set === null ? undefined : String(set), differs, was, set })];
}

const placeOf = (model: 'task' | 'milestone', code: string, { id }: Known): Place => ({
  collection: 'stories',
  id,
  key: `${model === 'milestone' ? 'milestone' : 'story'} ${code}`,
});
