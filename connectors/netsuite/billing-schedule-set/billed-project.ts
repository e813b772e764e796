import { Failure } from '../../../model/failure.ts';
import { inWords, phrase } from '../../../model/failure-words.ts';
import { Comparison, type FoundIn, recordDiffers, recordOfAnother, recordPutAside } from '../../../model/found-record.ts';
import type { JsonObject } from '../../../model/json.ts';
import { called, withId } from '../../../model/record-names.ts';
import type { BillingSchedule, Milestone } from '../../../model/types.generated.ts';
import { unlessAborted } from '../../http/unless-aborted.ts';
import { aboutRecord } from '../records/about-record.ts';
import { externalIdOf } from '../records/external-id.ts';
import { sameButForCase } from '../records/id-taken.ts';
import { fieldText, referredId, referredName } from '../records/record-field.ts';
import { exactly, jobBook } from '../records/record-lookup.ts';
import { missing, type ReferenceData } from '../records/reference-data.ts';
import type { NetSuiteApi } from '../wire.ts';
import type { SuiteQl } from '../wire/suiteql.ts';

/** The project that a schedule bills, as NetSuite has it. */
export interface BilledProject {
  id: string;
  code: string;
  there: JsonObject;
}

interface Parts {
  api: NetSuiteApi;
  suiteQl: SuiteQl;
  references: ReferenceData;
}

export const projectFound = (code: string, id: string): FoundIn => ({
  system: 'netsuite',
  systemName: 'NetSuite',
  record: called.project(code),
  id,
});

/** The project by its code, which is there and may be looked at. */
export async function projectThere(
  { api, suiteQl }: Pick<Parts, 'api' | 'suiteQl'>,
  code: string,
  signal: AbortSignal,
): Promise<BilledProject> {
  const record = called.project(code);
  const job = await jobBook(suiteQl, [code], signal).before(code);
  if (job === undefined)
    throw missing('project', code, inWords('PROJECT_UNKNOWN.netsuite', { externalId: externalIdOf(code) }), { record });
  if (!exactly(code, job)) throw sameButForCase(record, code, job);
  return { id: job.id, code, there: await aboutRecord(record, () => api.details('job', { id: job.id }, signal)) };
}

/** Refuses a project of another legal entity or currency, one that was put aside, and lines outside of its days. */
export async function billedProject(
  parts: Parts,
  { project, legalEntity, currency, type }: BillingSchedule,
  lines: readonly Milestone[],
  signal: AbortSignal,
): Promise<BilledProject> {
  const record = called.project(project);
  const [subsidiary, currencyId] = await unlessAborted(
    aboutRecord(
      record,
      async () => [(await parts.references.subsidiary(legalEntity)).id, await parts.references.currency(currency)] as const,
    ),
    signal,
  );
  const job = await projectThere(parts, project, signal);
  const found = projectFound(project, job.id);
  const another = (field: string, id: string, wanted: string, what: ReturnType<typeof phrase>) => {
    const holds = referredId(job.there, field);
    if (holds === undefined || holds === id) return;
    throw recordOfAnother(found, { field, there: referredName(job.there, field), wanted: withId(id, wanted), what });
  };
  another('subsidiary', subsidiary, legalEntity, phrase('NETSUITE.of-legal-entity'));
  another('currency', currencyId, currency, phrase('NETSUITE.of-currency'));
  if (job.there['isInactive'] === true) throw recordPutAside(found, 'isInactive', phrase('NETSUITE.inactive'));
  mustBeWithin(job, lines, type);
  return job;
}

/** What is due before a project begins or after it ends is a slip of the keyboard, or the project's days are old. */
function mustBeWithin({ code, there }: BilledProject, lines: readonly Milestone[], type: BillingSchedule['type']): void {
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
export function mustBillBy({ id, code, there }: BilledProject, wanted: string, also: readonly string[]): void {
  const type = referredId(there, 'jobBillingType');
  if (type === undefined || type === wanted || also.includes(type)) return;
  const found = projectFound(code, id);
  throw recordDiffers(found, new Comparison(found.record).text('jobBillingType', type, wanted).differences);
}
