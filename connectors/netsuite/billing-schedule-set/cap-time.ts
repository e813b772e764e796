import { ExactDecimal } from '../../../model/exact-decimal.ts';
import { Failure } from '../../../model/failure.ts';
import { inWords, phrase } from '../../../model/failure-words.ts';
import type { LeftOut } from '../../../model/left-out.ts';
import { addMoney, type Money, money, priceOfTime } from '../../../model/money.ts';
import type { BillingScheduleResult, OperationContext } from '../../../model/operations.ts';
import { called } from '../../../model/record-names.ts';
import type { BillingSchedule } from '../../../model/types.generated.ts';
import { changeFields } from '../records/change-fields.ts';
import { fieldText } from '../records/record-field.ts';
import { minutesOf } from '../records/time-bill.ts';
import type { NetSuiteApi } from '../wire.ts';
import { column, literal, type SuiteQl } from '../wire/suiteql.ts';
import type { ProjectThere } from '../records/project-there.ts';
import { mustBillBy } from './billed-project.ts';

/**
 * Time is billed as it is posted, by the project's way of billing: there is no schedule to make. The cap is kept in a line of the project's comments,
 * where people and the next version find it. NetSuite itself stops at none: its caps are fields of charge rules, of which its REST services have no
 * record (https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_1487716707.html is SuiteScript's).
 */
export async function capTime(
  { api, suiteQl }: { api: NetSuiteApi; suiteQl: SuiteQl },
  { project, version, cap, currency }: BillingSchedule,
  job: ProjectThere,
  context: OperationContext,
): Promise<BillingScheduleResult> {
  mustBillBy(job, 'TM', []);
  const name = called.project(project);
  const comments = fieldText(job.there, 'comments') ?? '';
  mustBeNewer(comments, { project, version, cap });
  if (cap) await mustHold(suiteQl, { job, cap, currency }, context.signal);
  const fields = {
    jobBillingType: { was: job.there['jobBillingType'] ? { id: 'TM' } : null, set: { id: 'TM' } },
    comments: { was: comments || null, set: withTerms(comments, termsLine(version, cap)) },
  };
  const title = phrase('WRITE.netsuite-way-of-billing', { project });
  const at = {
    type: 'job' as const,
    id: job.id,
    externalId: project,
    key: `job ${project} billing version ${version}`,
    record: name,
    title,
  };
  await changeFields(api, { ...at, fields, undoing: { together: true } }, context);
  return { project, version, lines: [], ...(cap ? { leftOut: [notStopped(cap)] } : {}) };
}

const begins = 'Billing terms: version ';

const termsLine = (version: number, cap: Money | undefined) =>
  `${begins}${version}, time and materials, ${cap ? `capped at ${cap.amount} ${cap.currency}` : 'no cap'}`;

const isTerms = (line: string) => line.startsWith(begins);

function withTerms(comments: string, terms: string): string {
  const lines = comments.split(/\r?\n/).filter((line) => !isTerms(line));
  return [...lines.filter((line, index) => line !== '' || index < lines.length - 1), terms].join('\n');
}

function mustBeNewer(comments: string, { project, version, cap }: { project: string; version: number; cap: Money | undefined }): void {
  const line = comments.split(/\r?\n/).find(isTerms);
  const there = Number(/^\d{1,10}(?=,)/.exec(line?.slice(begins.length) ?? '')?.[0] ?? 0);
  if (there < version || line === termsLine(version, cap)) return;
  const record = called.billingScheduleOf(project);
  throw new Failure({
    class: 'business.rejected',
    ...(there > version ? inWords('SCHEDULE_OLDER', { record, version, there }) : inWords('SCHEDULE_VERSION_TWICE', { record, version })),
    system: 'netsuite',
    record,
    field: 'version',
    value: String(version),
    outcome: 'not-made',
  });
}

/** A cap that posted time (not planned, which is in the same table) has passed already would be no cap. What has no rate has NetSuite's list price, which is not known here: it is not counted. */
async function mustHold(
  suiteQl: SuiteQl,
  { job, cap, currency }: { job: ProjectThere; cap: Money; currency: string },
  signal: AbortSignal,
): Promise<void> {
  const rows = await suiteQl.all(
    `SELECT id, hours, rate FROM timebill WHERE customer = ${literal(job.id)} AND timetype = 'A' AND isbillable = 'T' AND rate IS NOT NULL ORDER BY id`,
    signal,
  );
  const posted = rows.reduce(
    (sum, row) => addMoney(sum, priceOfTime(minutesOf(column(row, 'hours')), { amount: column(row, 'rate'), currency })),
    money(0, currency),
  );
  if (new ExactDecimal(posted.amount).lessThanOrEqualTo(cap.amount)) return;
  throw new Failure({
    class: 'business.rejected',
    ...inWords('CAP_BELOW_POSTED', {
      project: job.code,
      cap: `${cap.amount} ${cap.currency}`,
      posted: `${posted.amount} ${posted.currency}`,
    }),
    system: 'netsuite',
    record: called.billingScheduleOf(job.code),
    field: 'cap',
    value: `${cap.amount} ${cap.currency}`,
    outcome: 'not-made',
  });
}

const notStopped = (cap: Money): LeftOut => ({ field: 'cap', value: `${cap.amount} ${cap.currency}`, ...inWords('CAP_NOT_STOPPED') });
