import { phaseCode, taskCode } from '../../model/engagement-parts.ts';
import { Comparison, type Difference, type FoundIn, recordDiffers, recordOfAnother } from '../../model/found-record.ts';
import { minorUnits } from '../../model/money.ts';
import type { Milestone, Money, Phase, Project, Task } from '../../model/types.generated.ts';
import type { Known } from './ensure-record.ts';
import { text } from './envelope.ts';
import { milestoneCode, storyCode } from './story-lookup.ts';
import { nameIn, phaseMark, taskMark } from './titles.ts';

type Stories = ReadonlyMap<string, Known>;

/**
 * Refuses stories that hang in another place than the deal's, and those with other money: budgets, milestones, what is billable. Answers what differs in
 * the plan.
 */
export function examineStories(project: Project, stories: Stories): Difference[] {
  const wanted = new Set<string>();
  const at = (model: 'task' | 'milestone', code: string) => {
    wanted.add(storyCode(model, code));
    return stories.get(storyCode(model, code));
  };
  const plan: Difference[] = [];
  for (const phase of project.phases) {
    const code = phaseCode(project.code, phase.code);
    const there = at('task', code);
    if (there) plan.push(...examinePhase(code, there, phase, project));
    for (const task of phase.tasks) {
      const own = taskCode(project.code, phase.code, task.code);
      const found = at('task', own);
      if (found) plan.push(...examineTask(own, found, phase, task, { code, id: there?.id }));
    }
  }
  for (const milestone of project.milestones) {
    const code = milestoneCode(project.code, milestone.code);
    const there = at('milestone', code);
    if (there) plan.push(...examineMilestone(code, there, milestone, project));
  }
  plan.push(...leftOver(stories, wanted));
  return plan;
}

function examinePhase(code: string, there: Known, phase: Phase, project: Project): Difference[] {
  const found = foundIn(`phase ${code}`, there);
  refuseElsewhere(found, there, undefined);
  refuseOtherMoney(found, budgetOf(found.record, there, phase.budget, project));
  return [
    ...new Comparison(found.record)
      .text('title', nameIn(text(there.row, 'title'), phaseMark(phase)), phase.name)
      .text('start_date', text(there.row, 'start_date'), phase.start)
      .text('due_date', text(there.row, 'due_date'), phase.end).differences,
    ...unbudgeted(found.record, there, phase.budget, project),
  ];
}

function examineTask(code: string, there: Known, phase: Phase, task: Task, parent: { code: string; id: string | undefined }): Difference[] {
  const found = foundIn(`task ${code}`, there);
  refuseElsewhere(found, there, parent);
  const billable = task.billable ?? true;
  const holds = there.row['billable'];
  const money = new Comparison(found.record);
  if (typeof holds === 'boolean') money.told('billable', String(holds), String(billable), holds === billable);
  refuseOtherMoney(found, money.differences);
  const plan = new Comparison(found.record).text('title', nameIn(text(there.row, 'title'), taskMark(phase, task)), task.name);
  if (task.plannedMinutes !== undefined) {
    plan.text('time_estimate_in_minutes', text(there.row, 'time_estimate_in_minutes'), String(task.plannedMinutes));
  }
  return plan.differences;
}

function examineMilestone(code: string, there: Known, milestone: Milestone, project: Project): Difference[] {
  const found = foundIn(`milestone ${code}`, there);
  const due = text(there.row, 'due_date');
  const money = new Comparison(found.record);
  if (due !== undefined) money.text('due_date', due, milestone.due);
  const amount = described(there);
  const wanted = `${milestone.amount.amount} ${milestone.amount.currency}`;
  if (amount !== undefined) money.text('Billing milestone in description', amount, wanted);
  refuseOtherMoney(found, [...budgetOf(found.record, there, milestone.amount, project), ...money.differences]);
  const plan = new Comparison(found.record).text('title', nameIn(text(there.row, 'title'), milestone.code), milestone.name);
  if (due === undefined) plan.text('due_date', undefined, milestone.due);
  return [...plan.differences, ...unbudgeted(found.record, there, milestone.amount, project)];
}

/** A milestone that the deal has no more would still be billed; a phase or task stays as a part of the plan. */
function leftOver(stories: Stories, wanted: ReadonlySet<string>): Difference[] {
  const plan: Difference[] = [];
  for (const [key, there] of stories) {
    // a story that this connector did not mark is somebody's own
    if (wanted.has(key) || !there.referenced) continue;
    const milestone = key.startsWith('milestone:');
    const found = foundIn(`${milestone ? 'milestone' : 'task'} ${key.slice(key.indexOf(':') + 1)}`, there);
    const { differences } = new Comparison(found.record).text('title', text(there.row, 'title') ?? `id ${there.id}`, undefined);
    if (milestone) refuseOtherMoney(found, differences);
    plan.push(...differences);
  }
  return plan;
}

function refuseElsewhere(found: FoundIn, there: Known, parent: { code: string; id: string | undefined } | undefined): void {
  // absent = Kantata did not say; null = at the top
  if (there.row['parent_id'] === undefined) return;
  const holds = text(there.row, 'parent_id');
  if (holds === parent?.id) return;
  const top = 'none, at the top of the project';
  throw recordOfAnother(found, {
    field: 'parent_id',
    there: holds ? `id ${holds}` : top,
    wanted: parent ? `${parent.code}${parent.id ? ` (id ${parent.id})` : ''}` : top,
    what: 'the phase',
  });
}

function refuseOtherMoney(found: FoundIn, differences: Difference[]): void {
  if (differences.length > 0) throw recordDiffers(found, differences);
}

/** Budgets are cents of the project's own currency. */
function budgetOf(record: string, there: Known, wanted: Money | undefined, project: Project): Difference[] {
  const cents = text(there.row, 'budget_estimate_in_cents');
  if (wanted?.currency !== project.currency || cents === undefined) return [];
  return new Comparison(record).text('budget_estimate_in_cents', cents, String(minorUnits(wanted))).differences;
}

function unbudgeted(record: string, there: Known, wanted: Money | undefined, project: Project): Difference[] {
  if (wanted?.currency !== project.currency || text(there.row, 'budget_estimate_in_cents') !== undefined) return [];
  return new Comparison(record).text('budget_estimate_in_cents', undefined, String(minorUnits(wanted))).differences;
}

const described = ({ row }: Known) => /^Billing milestone: (.+?)\r?$/m.exec(text(row, 'description') ?? '')?.[1];
const foundIn = (record: string, { id }: Known): FoundIn => ({ system: 'kantata', systemName: 'Kantata', record, id });
