import { phrase } from '../../../model/failure-words.ts';
import { Comparison, recordDiffers } from '../../../model/found-record.ts';
import type { JsonObject } from '../../../model/json.ts';
import { jsonNumber } from '../../../model/json-number.ts';
import type { OperationContext } from '../../../model/operations.ts';
import { called, withId } from '../../../model/record-names.ts';
import { changeFields } from '../records/change-fields.ts';
import { isEmpty, referredId, referredName } from '../records/record-field.ts';
import type { NetSuiteApi } from '../wire.ts';
import { projectFound, type ProjectThere } from '../records/project-there.ts';
import { mustBillBy } from './billed-project.ts';

export interface Terms {
  job: ProjectThere;
  /** internal id of the project's schedule, and what it holds */
  schedule: { id: string; holds: JsonObject };
  version: number;
  /** what the shares are shares of */
  price: string;
}

/** Another schedule on the project, or another way of billing, is not taken away. */
export function mayHaveTerms(job: ProjectThere, schedule: string | undefined): void {
  // a fixed price without milestones gets them
  mustBillBy(job, 'FBM', ['FBI']);
  const linked = referredId(job.there, 'billingSchedule');
  if (linked === undefined || linked === schedule) return;
  const found = projectFound(job.code, job.id);
  const wanted = schedule === undefined ? undefined : withId(schedule);
  throw recordDiffers(
    found,
    new Comparison(found.record).told('billingSchedule', referredName(job.there, 'billingSchedule'), wanted, false).differences,
  );
}

/** "You must manually attach the billing schedule to the project record": https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_3932613729.html */
export async function setTerms(api: NetSuiteApi, { job, schedule, version, price }: Terms, context: OperationContext): Promise<void> {
  const holds = (field: string) => {
    const id = referredId(job.there, field);
    return id === undefined ? null : { id };
  };
  await changeFields(
    api,
    {
      type: 'job',
      id: job.id,
      externalId: job.code,
      key: `job ${job.code} billing version ${version}`,
      title: phrase('WRITE.netsuite-way-of-billing', { project: job.code }),
      record: called.project(job.code),
      fields: {
        billingSchedule: { was: holds('billingSchedule'), set: { id: schedule.id } },
        jobBillingType: { was: holds('jobBillingType'), set: { id: 'FBM' } },
        jobPrice: { was: isEmpty(job.there['jobPrice']) ? null : (job.there['jobPrice'] ?? null), set: jsonNumber(price, 'amount') },
      },
      undoing: { together: true, beside: { type: 'billingSchedule', ...schedule } },
    },
    context,
  );
}
