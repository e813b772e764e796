import { amendmentIn } from '../../model/amendment-mark.ts';
import { billingLines } from '../../model/billing-lines.ts';
import { Failure } from '../../model/failure.ts';
import { type FailureText, inWords, phrase } from '../../model/failure-words.ts';
import type { JsonObject } from '../../model/json.ts';
import type { BillingScheduleResult, OperationContext } from '../../model/operations.ts';
import { sumMoney } from '../../model/money.ts';
import { called } from '../../model/record-names.ts';
import type { BillingSchedule, Milestone } from '../../model/types.generated.ts';
import { aboutRecord } from './records/about-record.ts';
import { billedProject } from './billing-schedule-set/billed-project.ts';
import { capTime } from './billing-schedule-set/cap-time.ts';
import { isReached, ourSchedule, reachedStay, type ScheduleThere } from './billing-schedule-set/schedule-there.ts';
import { mayHaveTerms, setTerms } from './billing-schedule-set/set-terms.ts';
import { billingScheduleKey, isLineOf, milestoneScheduleBody, scheduleLines, scheduleName } from './records/billing-schedule.ts';
import { textsOfSchedule } from './unfit/written-texts.ts';
import { changeFields } from './records/change-fields.ts';
import { ensureRecord } from './records/ensure-record.ts';
import type { ExternalIdBook } from './records/external-id-book.ts';
import { holdsValue, lineToSend } from './records/field-values.ts';
import { recordBook } from './records/record-lookup.ts';
import type { ProjectThere } from './records/project-there.ts';
import type { ReferenceData } from './records/reference-data.ts';
import { fieldText } from './records/record-field.ts';
import { mustFit } from './unfit/field-limits.ts';
import type { NetSuiteApi } from './wire.ts';
import type { SuiteQl } from './wire/suiteql.ts';

export interface ScheduleParts {
  api: NetSuiteApi;
  suiteQl: SuiteQl;
  references: ReferenceData;
}

/**
 * Sets how a project is billed: makes its schedule, or changes ours to a newer version. Milestones, instalments and retainers are lines with a day and a
 * share of the project price, each billed once it is marked completed; project and schedule get the same way of billing.
 * https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_N1207171.html
 */
export async function setBillingSchedule(
  parts: ScheduleParts,
  schedule: BillingSchedule,
  context: OperationContext,
): Promise<BillingScheduleResult> {
  const { project, version } = schedule;
  mustFit([textsOfSchedule(project)]);
  const wanted = billingLines(schedule);
  const shares = sharesOf(schedule);
  const job = await billedProject(parts, schedule, wanted, context.signal);
  if (schedule.type === 'time-and-materials') return capTime(parts, schedule, job, context);
  const key = billingScheduleKey(project);
  const book = recordBook(parts.api, 'billingSchedule', [key], context.signal);
  const there = await scheduleThere(parts, job, await book.before(key), context.signal);
  const lines = shares.map((line, index) => keptWith(line, wanted[index]!, there));
  const body = milestoneScheduleBody(project, lines, version);
  mayBeSet(job, there, schedule, wanted, body);
  mayHaveTerms(job, there?.id);
  const id = await writeSchedule(parts, schedule, { job, book, there, body }, context);
  const terms = { job, schedule: { id, holds: { name: body['name'] ?? null, milestone: body['milestone'] ?? null } } };
  await setTerms(parts.api, { ...terms, version, price: priceOf(schedule, wanted) }, context);
  const reached = (line: Milestone) => there?.lines.some((one) => isReached(one) && isLineOf(one, line.code)) ?? false;
  return {
    project,
    id,
    version,
    lines: wanted.map((line) => ({ code: line.code, due: line.due, ...line.amount, ...(reached(line) ? { reached: true } : {}) })),
  };
}

/** Its lines as NetSuite takes them; throws for an amount that cannot be billed exactly in percent. */
export function sharesOf(schedule: BillingSchedule): JsonObject[] {
  const lines = billingLines(schedule);
  return lines.length > 0 ? scheduleLines(schedule.project, lines, called.billingScheduleOf(schedule.project)) : [];
}

async function scheduleThere(
  { api }: ScheduleParts,
  { code, id: job }: ProjectThere,
  id: string | undefined,
  signal: AbortSignal,
): Promise<ScheduleThere | undefined> {
  if (id === undefined) return undefined;
  const record = called.billingSchedule(billingScheduleKey(code));
  const there = await aboutRecord(record, () => api.details('billingSchedule', { id }, signal));
  return ourSchedule(there, { project: code, job });
}

/** What people add to a line, and that it was reached, stays with it. */
function keptWith(line: JsonObject, { code }: Milestone, there: ScheduleThere | undefined): JsonObject {
  const before = there?.lines.find((one) => isLineOf(one, code));
  return before ? { ...lineToSend(before), ...line } : line;
}

/** An older version never takes the place of a newer one, one version says one thing, and none that was agreed before an amendment comes after it. */
function mayBeSet(
  job: ProjectThere,
  there: ScheduleThere | undefined,
  { project, version, amendment = 0 }: BillingSchedule,
  wanted: Milestone[],
  body: JsonObject,
): void {
  const record = there ? called.billingSchedule(billingScheduleKey(project)) : called.billingScheduleOf(project);
  const refused = (said: FailureText, field = 'version', value = version) =>
    new Failure({
      class: 'business.rejected',
      ...said,
      system: 'netsuite',
      record,
      field,
      value: String(value),
      outcome: 'not-made',
    });
  const same = there !== undefined && holdsValue({ milestone: { items: there.lines } }, 'milestone', body['milestone'] ?? null);
  if (there) {
    if (there.version > version) throw refused(inWords('SCHEDULE_OLDER', { record, version, there: there.version }));
    if (there.version === version && !same) throw refused(inWords('SCHEDULE_VERSION_TWICE', { record, version }));
  }
  const amended = amendmentIn(fieldText(job.there, 'comments')) ?? 0;
  if (amended > amendment && there?.version !== version)
    throw refused(inWords('SCHEDULE_BEFORE_AMENDMENT', { project, version, there: amended }), 'amendment', amendment);
  if (there && !same) reachedStay(there, wanted, record);
}

/** One effect, whether it is made or changed: a run that stopped in between finds it settled by what it wrote. */
async function writeSchedule(
  { api }: ScheduleParts,
  { project, version }: BillingSchedule,
  { job, book, there, body }: { job: ProjectThere; book: ExternalIdBook<string>; there: ScheduleThere | undefined; body: JsonObject },
  context: OperationContext,
): Promise<string> {
  const externalId = billingScheduleKey(project);
  const name = called.billingSchedule(externalId);
  const key = `billingSchedule ${externalId} version ${version}`;
  if (there) {
    const fields = {
      name: { was: there.name, set: scheduleName(project, version) },
      milestone: { was: { items: there.lines.map(lineToSend) }, set: body['milestone'] ?? null },
    };
    const title = phrase('WRITE.netsuite-schedule-version', { version, record: name });
    const at = { type: 'billingSchedule' as const, id: there.id, externalId, key, record: name, title };
    await changeFields(api, { ...at, fields, undoing: { together: true } }, context);
    return there.id;
  }
  const made = {
    ...{ type: 'billingSchedule' as const, externalId, key, name },
    body: { ...body, project: { id: job.id } },
    madeFor: { field: 'project' as const, id: job.id },
    find: (id: string) => book.find(id),
  };
  return ensureRecord(api, context.effects, made, context.signal);
}

/** A schedule bills shares of the project price. */
function priceOf({ amount, currency }: BillingSchedule, wanted: readonly Milestone[]): string {
  return (
    amount?.amount ??
    sumMoney(
      wanted.map((line) => line.amount),
      currency,
    ).amount
  );
}
