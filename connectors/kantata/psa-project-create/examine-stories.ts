import { milestoneCode, phaseCode, taskCode } from '../../../model/engagement-parts.ts';
import { phrase } from '../../../model/failure-words.ts';
import { Comparison, type Differences, type FoundIn, recordOfAnother } from '../../../model/found-record.ts';
import { minorUnits } from '../../../model/money.ts';
import type { Milestone, Money, Phase, Project, Task } from '../../../model/types.generated.ts';
import { called, withId } from '../../../model/record-names.ts';
import type { Told } from '../../../model/failure-sentence.ts';
import type { Known } from '../records/ensure-record.ts';
import { text } from '../wire/envelope.ts';
import { storyCode } from './story-lookup.ts';
import { nameIn, phaseMark, taskMark } from '../records/titles.ts';

type Stories = ReadonlyMap<string, Known>;

/** Refuses stories that hang in another place than the deal's; says what differs. Money is budgets, milestones, and what is billable. */
export function examineStories(project: Project, stories: Stories): Differences {
  const wanted = new Set<string>();
  const found: Differences[] = [];
  const at = (model: 'task' | 'milestone', code: string) => {
    wanted.add(storyCode(model, code));
    return stories.get(storyCode(model, code));
  };
  for (const phase of project.phases) {
    const code = phaseCode(project.code, phase.code);
    const there = at('task', code);
    if (there) found.push(examinePhase(code, there, phase, project));
    for (const task of phase.tasks) {
      const own = taskCode(project.code, phase.code, task.code);
      const one = at('task', own);
      if (one) found.push(examineTask(own, one, phase, task, { code, id: there?.id }));
    }
  }
  for (const milestone of project.milestones) {
    const code = milestoneCode(project.code, milestone.code);
    const there = at('milestone', code);
    if (there) found.push(examineMilestone(code, there, milestone, project));
  }
  found.push(leftOver(stories, wanted));
  return { money: found.flatMap(({ money }) => money), plan: found.flatMap(({ plan }) => plan) };
}

function examinePhase(code: string, there: Known, phase: Phase, project: Project): Differences {
  const found = foundIn(called.phase(code), there);
  refuseElsewhere(found, there, undefined);
  const plan = new Comparison(found.record)
    .text('title', nameIn(text(there.row, 'title'), phaseMark(phase)), phase.name)
    .text('start_date', text(there.row, 'start_date'), phase.start)
    .text('due_date', text(there.row, 'due_date'), phase.end);
  const budget = budgetOf(found.record, there, phase.budget, project);
  return { money: budget.money, plan: [...plan.differences, ...budget.plan] };
}

function examineTask(code: string, there: Known, phase: Phase, task: Task, parent: { code: string; id: string | undefined }): Differences {
  const found = foundIn(called.task(code), there);
  refuseElsewhere(found, there, parent);
  const billable = task.billable ?? true;
  const holds = there.row['billable'];
  const money = new Comparison(found.record);
  if (typeof holds === 'boolean') money.told('billable', String(holds), String(billable), holds === billable);
  const plan = new Comparison(found.record).text('title', nameIn(text(there.row, 'title'), taskMark(phase, task)), task.name);
  const estimate = text(there.row, 'time_estimate_in_minutes');
  // none planned and zero are the same to who staffs
  if (task.plannedMinutes !== undefined) plan.text('time_estimate_in_minutes', estimate, String(task.plannedMinutes));
  else if (estimate !== undefined && estimate !== '0') plan.text('time_estimate_in_minutes', estimate, undefined);
  return { money: money.differences, plan: plan.differences };
}

function examineMilestone(code: string, there: Known, milestone: Milestone, project: Project): Differences {
  const { record } = foundIn(called.milestone(code), there);
  const due = text(there.row, 'due_date');
  const [money, plan] = [new Comparison(record), new Comparison(record)];
  (due === undefined ? plan : money).text('due_date', due, milestone.due);
  const amount = described(there);
  if (amount !== undefined)
    money.text('description (Billing milestone)', amount, `${milestone.amount.amount} ${milestone.amount.currency}`);
  plan.text('title', nameIn(text(there.row, 'title'), milestone.code), milestone.name);
  const budget = budgetOf(record, there, milestone.amount, project);
  return { money: [...budget.money, ...money.differences], plan: [...plan.differences, ...budget.plan] };
}

/** A milestone that the deal has no more would still be billed; a phase or task stays as a part of the plan. */
function leftOver(stories: Stories, wanted: ReadonlySet<string>): Differences {
  const left: Differences = { money: [], plan: [] };
  for (const [key, there] of stories) {
    // a story that this connector did not mark is somebody's own, and one that was archived is done with
    if (wanted.has(key) || !there.referenced || there.row['archived'] === true) continue;
    const milestone = key.startsWith('milestone:');
    const { record } = foundIn((milestone ? called.milestone : called.task)(key.slice(key.indexOf(':') + 1)), there);
    const { differences } = new Comparison(record).told('title', text(there.row, 'title')?.trim() || withId(there.id), undefined, false);
    left[milestone ? 'money' : 'plan'].push(...differences);
  }
  return left;
}

function refuseElsewhere(found: FoundIn, there: Known, parent: { code: string; id: string | undefined } | undefined): void {
  // absent = Kantata did not say; null = at the top
  if (there.row['parent_id'] === undefined) return;
  const holds = text(there.row, 'parent_id');
  if (holds === parent?.id) return;
  const top = phrase('KANTATA.top-of-project');
  throw recordOfAnother(found, {
    field: 'parent_id',
    there: holds ? withId(holds) : top,
    wanted: parent ? (parent.id ? withId(parent.id, parent.code) : parent.code) : top,
    what: phrase('KANTATA.of-phase'),
  });
}

/** Budgets are cents of the project's own currency. One that contradicts the deal is a matter of money; none yet, or none any more, is one of the plan. */
function budgetOf(record: Told, there: Known, wanted: Money | undefined, project: Project): Differences {
  const cents = text(there.row, 'budget_estimate_in_cents');
  if (!wanted) {
    const none = cents === undefined || cents === '0';
    return { money: [], plan: none ? [] : new Comparison(record).text('budget_estimate_in_cents', cents, undefined).differences };
  }
  if (wanted.currency !== project.currency) return { money: [], plan: [] };
  const { differences } = new Comparison(record).text('budget_estimate_in_cents', cents, String(minorUnits(wanted)));
  return cents === undefined ? { money: [], plan: differences } : { money: differences, plan: [] };
}

const described = ({ row }: Known) => /^Billing milestone: (.+?)\r?$/m.exec(text(row, 'description') ?? '')?.[1];
const foundIn = (record: Told, { id }: Known): FoundIn => ({ system: 'kantata', systemName: 'Kantata', record, id });
