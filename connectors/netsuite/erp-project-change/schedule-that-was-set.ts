import { ExactDecimal } from '../../../model/exact-decimal.ts';
import type { Told } from '../../../model/failure-sentence.ts';
import type { Failure } from '../../../model/failure.ts';
import { inEnglish, inWords, phrase } from '../../../model/failure-words.ts';
import type { JsonObject } from '../../../model/json.ts';
import { type Money, sumMoney } from '../../../model/money.ts';
import { called } from '../../../model/record-names.ts';
import type { Project } from '../../../model/types.generated.ts';
import { amountIn, ourSchedule, type ScheduleThere } from '../billing-schedule-set/schedule-there.ts';
import { scheduleDifferences } from '../erp-project-create/examine-schedule.ts';
import { hasBillingSchedule } from '../erp-project-create/project-bodies.ts';
import { isLineOf, versionIn } from '../records/billing-schedule.ts';
import { fieldText } from '../records/record-field.ts';
import { stopped } from './already-done.ts';

/** The project's schedule, where a version of it was set (`billing-schedule.set`); one that was made with its project is the amendment's to change. */
export function scheduleThatWasSet(project: Project, job: string, there: JsonObject): ScheduleThere | undefined {
  const version = versionIn(fieldText(there, 'name'), project.code);
  return version ? ourSchedule(there, { project: project.code, job }) : undefined;
}

/**
 * Once a billing schedule was set, its versions alone say how the project is billed: nothing of it is written by an amendment, and one that says otherwise
 * is stopped. Where no milestone of it is a line there (instalments, a retainer), the amounts must be the same together.
 *
 * @param amended the amount that a project without milestones is amended to
 */
export function mustAgree(set: ScheduleThere, project: Project, amended: Money | undefined): void {
  const { milestones, currency } = project;
  const amounts = set.lines.flatMap((line) => amountIn(line) ?? []);
  const total = sumMoney(amounts, amounts[0]?.currency ?? currency);
  if (!hasBillingSchedule(project)) {
    if (amended !== undefined) mustBeSame(set, project, total, amended);
    return;
  }
  const first = milestones[0]!.amount.currency;
  const foreign = milestones.find(({ amount }) => amount.currency !== first);
  if (foreign === undefined) {
    const sum = sumMoney(
      milestones.map(({ amount }) => amount),
      first,
    );
    mustBeSame(set, project, total, sum);
  }
  if (!milestones.some(({ code }) => set.lines.some((line) => isLineOf(line, code)))) return;
  const [other] = scheduleDifferences(called.project(project.code), { milestone: { items: set.lines } }, project);
  if (other) throw saysOtherwise(set, project, other);
}

function mustBeSame(set: ScheduleThere, project: Project, there: Money, wanted: Money): void {
  if (there.currency === wanted.currency && new ExactDecimal(there.amount).equals(wanted.amount)) return;
  const text = ({ amount, currency }: Money) => `${amount} ${currency}`;
  throw saysOtherwise(set, project, { field: 'jobPrice', there: text(there), wanted: text(wanted) });
}

function saysOtherwise(
  { version }: ScheduleThere,
  { code }: Project,
  { field, there, wanted }: { field: string; there?: Told; wanted?: Told },
): Failure {
  const record = called.project(code);
  const none = phrase('SCHEDULE_SET.none');
  const said = inWords('SCHEDULE_SET', { record, version, field, there: there ?? none, wanted: wanted ?? none });
  return stopped(record, field, inEnglish(there ?? none), said);
}
