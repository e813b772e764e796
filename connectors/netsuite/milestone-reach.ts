import { milestoneCode } from '../../model/engagement-parts.ts';
import { codeOfPart } from '../../model/business-key.ts';
import { Failure } from '../../model/failure.ts';
import { type FailureText, inWords, phrase } from '../../model/failure-words.ts';
import type { JsonObject } from '../../model/json.ts';
import type { OperationContext, ReachedMilestone } from '../../model/operations.ts';
import { called } from '../../model/record-names.ts';
import type { MilestoneState } from '../../model/types.generated.ts';
import { isReached, ourSchedule, type ScheduleThere } from './billing-schedule-set/schedule-there.ts';
import { aboutRecord } from './records/about-record.ts';
import { billingScheduleKey, isLineOf } from './records/billing-schedule.ts';
import { changeFields } from './records/change-fields.ts';
import { lineToSend } from './records/field-values.ts';
import { invoicesOf } from './records/invoices-of-project.ts';
import { projectThere } from './records/project-there.ts';
import { referredId } from './records/record-field.ts';
import { recordBook } from './records/record-lookup.ts';
import { missing } from './records/reference-data.ts';
import type { NetSuiteApi } from './wire.ts';
import type { SuiteQl } from './wire/suiteql.ts';

/**
 * Marks the line of a milestone completed, so that NetSuite can bill it: "Milestones cannot be billed unless they are marked as complete". One that is
 * open again is unmarked, unless the project was invoiced: NetSuite does not show which of its lines an invoice has billed.
 * https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_N1207490.html
 */
export async function reachMilestone(
  parts: { api: NetSuiteApi; suiteQl: SuiteQl },
  milestone: MilestoneState,
  context: OperationContext,
): Promise<ReachedMilestone> {
  const { api, suiteQl } = parts;
  const { signal } = context;
  const { code, state } = milestone;
  const project = milestone.project.code;
  const record = called.milestone(code);
  const job = await aboutRecord(record, () => projectThere(parts, project, signal));
  const key = billingScheduleKey(project);
  const id = await recordBook(api, 'billingSchedule', [key], signal).before(key);
  const reached = state === 'reached';
  if (id === undefined) {
    // time is billed as it is posted, a fixed price without milestones at its intervals; and what was never reached has nothing to be taken back
    if (!reached || /^(TM|CB|FBI)$/.test(referredId(job.there, 'jobBillingType') ?? '')) return { code, billable: false };
    throw missing('project', project, inWords('SCHEDULE_NOT_SET', { milestone: code, project }), { record });
  }
  const details = await aboutRecord(called.billingSchedule(key), () => api.details('billingSchedule', { id }, signal));
  const there = ourSchedule(details, { project, job: job.id });
  const index = lineOf(there, milestone);
  const line = there.lines[index];
  if (line === undefined) {
    if (!reached) return { code, id, billable: false };
    throw missing('code', code, inWords('MILESTONE_UNKNOWN', { milestone: code, project }), { record });
  }
  if (!reached && isReached(line)) await mayBeOpened(suiteQl, milestone, job.id, signal);
  await changeFields(
    api,
    {
      type: 'billingSchedule',
      id,
      externalId: key,
      key: `milestone ${code} ${state} ${milestone.version}`,
      title: reached ? phrase('WRITE.netsuite-milestone', { code }) : phrase('WRITE.netsuite-milestone-open', { code }),
      record,
      fields: { milestone: { was: { items: there.lines.map(lineToSend) }, set: { items: withState(there, index, milestone) } } },
      undoing: { together: true, ...(reached ? { unlessInvoiced: job.id } : {}) },
    },
    context,
  );
  return { code, id, billable: reached };
}

/** Its place in the schedule; -1 = it is not there. */
function lineOf({ lines }: ScheduleThere, { code, project }: MilestoneState): number {
  const own = ownCode(code, project.code);
  const found = lines.flatMap((line, index) => (own !== undefined && isLineOf(line, own) ? [index] : []));
  if (found.length > 1)
    throw refused(code, { field: 'code', value: code }, inWords('MILESTONE_UNCLEAR', { milestone: code, project: project.code }));
  return found[0] ?? -1;
}

/** `ENG-0001/M1` is the line M1 of the schedule of ENG-0001. */
function ownCode(code: string, project: string): string | undefined {
  const start = milestoneCode(project, '');
  return code.startsWith(start) ? codeOfPart(code.slice(start.length)) : undefined;
}

function withState(there: ScheduleThere, index: number, { state, reachedOn }: MilestoneState): JsonObject[] {
  return there.lines.map((line, at): JsonObject => {
    const kept = lineToSend(line);
    if (at !== index || isReached(line) === (state === 'reached')) return kept;
    const { milestoneActualCompletionDate: _date, ...rest } = kept;
    if (state === 'open') return { ...rest, milestoneCompleted: false };
    return { ...rest, milestoneCompleted: true, ...(reachedOn ? { milestoneActualCompletionDate: reachedOn } : {}) };
  });
}

async function mayBeOpened(suiteQl: SuiteQl, { code, state, project }: MilestoneState, job: string, signal: AbortSignal): Promise<void> {
  const [invoice] = await invoicesOf(suiteQl, job, signal);
  if (invoice === undefined) return;
  throw refused(code, { field: 'state', value: state }, inWords('MILESTONE_BILLED', { milestone: code, project: project.code, invoice }));
}

function refused(code: string, { field, value }: { field: string; value: string }, said: FailureText): Failure {
  return new Failure({
    class: 'business.rejected',
    ...said,
    system: 'netsuite',
    record: called.milestone(code),
    field,
    value,
    outcome: 'not-made',
  });
}
