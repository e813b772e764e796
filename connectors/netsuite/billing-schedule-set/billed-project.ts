import { Failure } from '../../../model/failure.ts';
import { inWords, phrase } from '../../../model/failure-words.ts';
import { Comparison, recordDiffers, recordPutAside } from '../../../model/found-record.ts';
import { called } from '../../../model/record-names.ts';
import type { BillingSchedule, Milestone } from '../../../model/types.generated.ts';
import { unlessAborted } from '../../http/unless-aborted.ts';
import { aboutRecord } from '../records/about-record.ts';
import { mustBeKeptIn, projectFound, projectThere, type ProjectThere } from '../records/project-there.ts';
import { fieldText, referredId } from '../records/record-field.ts';
import type { ReferenceData } from '../records/reference-data.ts';
import type { NetSuiteApi } from '../wire.ts';
import type { SuiteQl } from '../wire/suiteql.ts';

interface Parts {
  api: NetSuiteApi;
  suiteQl: SuiteQl;
  references: ReferenceData;
}

/** Refuses a project of another legal entity or currency, one that was put aside, and lines outside of its days. */
export async function billedProject(
  parts: Parts,
  { project, legalEntity, currency, type }: BillingSchedule,
  lines: readonly Milestone[],
  signal: AbortSignal,
): Promise<ProjectThere> {
  const record = called.project(project);
  const [subsidiary, currencyId] = await unlessAborted(
    aboutRecord(
      record,
      async () => [(await parts.references.subsidiary(legalEntity)).id, await parts.references.currency(currency)] as const,
    ),
    signal,
  );
  const job = await projectThere(parts, project, signal);
  mustBeKeptIn(job, 'subsidiary', { id: subsidiary, code: legalEntity });
  mustBeKeptIn(job, 'currency', { id: currencyId, code: currency });
  if (job.there['isInactive'] === true) throw recordPutAside(projectFound(project, job.id), 'isInactive', phrase('NETSUITE.inactive'));
  mustBeWithin(job, lines, type);
  return job;
}

/** What is due before a project begins or after it ends is a slip of the keyboard, or the project's days are old. */
function mustBeWithin({ code, there }: ProjectThere, lines: readonly Milestone[], type: BillingSchedule['type']): void {
  const start = fieldText(there, 'startDate');
  const end = fieldText(there, 'projectedEndDate') ?? fieldText(there, 'endDate') ?? fieldText(there, 'calculatedEndDate');
  const index = lines.findIndex(({ due }) => (start !== undefined && due < start) || (end !== undefined && due > end));
  const line = lines[index];
  if (!line) return;
  const open = phrase('SCHEDULE_OUTSIDE_PROJECT.open');
  throw new Failure({
    class: 'business.rejected',
    ...inWords('SCHEDULE_OUTSIDE_PROJECT', { line: line.code, due: line.due, project: code, start: start ?? open, end: end ?? open }),
    system: 'netsuite',
    record: called.billingScheduleOf(code),
    field: type === 'retainer' ? 'retainer' : `lines[${index}].due`,
    value: line.due,
    outcome: 'not-made',
  });
}

/** How NetSuite bills a project: a person changes it, since what was booked meanwhile would be billed in another way, or not at all. */
export function mustBillBy({ id, code, there }: ProjectThere, wanted: string, also: readonly string[]): void {
  const type = referredId(there, 'jobBillingType');
  if (type === undefined || type === wanted || also.includes(type)) return;
  const found = projectFound(code, id);
  throw recordDiffers(found, new Comparison(found.record).text('jobBillingType', type, wanted).differences);
}
