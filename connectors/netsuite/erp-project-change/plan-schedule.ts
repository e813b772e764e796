import type { Words } from '../../../model/failure-sentence.ts';
import { inWords } from '../../../model/failure-words.ts';
import type { JsonObject } from '../../../model/json.ts';
import { sumMoney } from '../../../model/money.ts';
import type { Project } from '../../../model/types.generated.ts';
import { called } from '../../../model/record-names.ts';
import type { Aspect, RecordPlan } from '../../kit/change-plan.ts';
import { billed } from '../erp-project-create/billing-shares.ts';
import { isDecimal } from '../erp-project-create/examine-project.ts';
import { scheduleDifferences } from '../erp-project-create/examine-schedule.ts';
import { billingScheduleBody } from '../erp-project-create/project-bodies.ts';
import { isLineOf } from '../records/billing-schedule.ts';
import { milestoneLines } from '../records/field-values.ts';
import { fieldText, linesOf } from '../records/record-field.ts';
import { stopped } from './already-done.ts';
import type { Place } from './place.ts';

/**
 * The milestones of a billing schedule, set as a whole: each is a share of the price, so that another price or another milestone changes them all. A line
 * keeps what else NetSuite has of it; one that is completed keeps its amount and its day.
 */
export function planSchedule(project: Project, key: string, there: JsonObject, formerPrice: string | undefined): RecordPlan<Place> {
  const record = called.billingSchedule(key);
  const id = String(there['id']);
  const lines = linesOf(there, 'milestone');
  const former = milestoneLines(there);
  const { milestone } = billingScheduleBody(project) as { milestone: { items: JsonObject[] } };
  const total = sumMoney(
    project.milestones.map(({ amount }) => amount),
    project.milestones[0]!.amount.currency,
  );
  for (const line of lines.filter((one) => one['milestoneCompleted'] === true)) {
    mustStayAsCompleted(record, line, project, formerPrice === undefined ? undefined : { amount: formerPrice, currency: total.currency });
  }
  const left = new Set(former.keys());
  const items = milestone.items.map((line, index) => {
    const of = project.milestones[index]!;
    const at = [...left].find((one) => isLineOf(former[one]!, of.code));
    if (at === undefined) return line;
    left.delete(at);
    return { ...former[at], ...line };
  });
  const name = fieldText(there, 'name') ?? null;
  // its name stays: a schedule that somebody sets meanwhile has another
  const sets = { name: { was: name, set: name }, milestone: { was: { items: former }, set: { items } } };
  const aspects = scheduleDifferences(record, there, project).map(({ field, there: holds, wanted }): Aspect => ({
    field,
    there: holds,
    wanted,
    differs: true,
    sets,
  }));
  // no difference is left once it is written: what was approved of it is its lines whatever they are called
  return { record, place: { type: 'billingSchedule', id, key }, aspects: [...aspects, ...unchanged(project, aspects, sets)] };
}

/** Lines that hold what they shall hold, so that a change that was approved is known when it is made already. */
function unchanged(project: Project, differing: readonly Aspect[], sets: Aspect['sets']): Aspect[] {
  const names = ['milestone', ...project.milestones.map(({ code }) => `milestone (${code})`)];
  return names
    .filter((name) => !differing.some(({ field }) => field === name))
    .map((field) => ({ field, there: undefined, wanted: undefined, differs: false, sets }));
}

function mustStayAsCompleted(
  record: Words,
  line: JsonObject,
  project: Project,
  formerPrice: { amount: string; currency: string } | undefined,
): void {
  const wanted = project.milestones.find((milestone) => isLineOf(line, milestone.code));
  const percent = (fieldText(line, 'milestoneAmount') ?? '').replace(/ ?%$/, '');
  const was = formerPrice && isDecimal(percent) ? billed(percent, formerPrice) : undefined;
  if (wanted && was?.equals(wanted.amount.amount) && fieldText(line, 'milestoneDate') === wanted.due) return;
  const there = [fieldText(line, 'comments') ?? `${percent} %`, fieldText(line, 'milestoneDate')].filter(Boolean).join(', ');
  const milestone = wanted?.code ?? fieldText(line, 'comments') ?? percent;
  throw stopped(record, 'milestone', there, inWords('MILESTONE_COMPLETED', { milestone, there, systemName: 'NetSuite' }));
}
