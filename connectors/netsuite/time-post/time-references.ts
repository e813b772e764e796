import { Failure } from '../../../model/failure.ts';
import { inWords } from '../../../model/failure-words.ts';
import { isZero } from '../../../model/money.ts';
import type { TimeEntry } from '../../../model/types.generated.ts';
import type { Words } from '../../../model/failure-sentence.ts';
import { called } from '../../../model/record-names.ts';
import { unlessAborted } from '../../http/unless-aborted.ts';
import { allFound, BookingReferences, type TaskFacts } from '../records/booking-references.ts';
import type { JobFacts } from '../records/job-facts.ts';
import type { Employee, ReferenceData } from '../records/reference-data.ts';
import type { SuiteQl } from '../wire/suiteql.ts';
import type { TimeReferences } from '../records/time-bill.ts';

/** What one line refers to, and what is known of it should NetSuite refuse the line. */
export interface ResolvedLine extends TimeReferences {
  jobFacts: JobFacts;
  employeeFacts: Employee;
}

/** Finds employees, projects and tasks of a whole batch with one query each. */
export class TimeReferenceFinder {
  private readonly booking: BookingReferences;
  private readonly item: string;
  private readonly approvalStatus: string | undefined;

  private constructor(booking: BookingReferences, item: string, approvalStatus: string | undefined) {
    this.booking = booking;
    this.item = item;
    this.approvalStatus = approvalStatus;
  }

  static async read(
    entries: TimeEntry[],
    from: { suiteQl: SuiteQl; references: ReferenceData; approvalStatus?: string; signal: AbortSignal },
  ): Promise<TimeReferenceFinder> {
    const [booking, item] = await Promise.all([
      BookingReferences.read(entries, from),
      unlessAborted(from.references.serviceItemId(), from.signal),
    ]);
    return new TimeReferenceFinder(booking, item, from.approvalStatus);
  }

  /** Throws `mapping.missing` for the first thing that NetSuite does not know, with all of them as issues. */
  resolve(entry: TimeEntry): ResolvedLine {
    const [employee, job, task] = allFound<[Employee, JobFacts, TaskFacts | undefined]>(recordOf(entry), [
      () => this.booking.employee(entry),
      () => sameCurrency(entry, this.booking.job(entry.project)),
      () => this.booking.task(entry.task?.code),
    ]);
    return {
      employee: employee.id,
      job: job.id,
      ...(task ? { task: ofProject(task, job, entry) } : {}),
      item: this.item,
      ...(employee.subsidiaryId ? { subsidiary: employee.subsidiaryId } : {}),
      ...(this.approvalStatus ? { approvalStatus: this.approvalStatus } : {}),
      jobFacts: job,
      employeeFacts: employee,
    };
  }
}

/** The rate of a `timeBill` has no currency of its own: it is read in the project's. Zero is zero in each. */
function sameCurrency(entry: TimeEntry, job: JobFacts): JobFacts {
  if (!entry.rate || isZero(entry.rate) || !job.currency || entry.rate.currency === job.currency) return job;
  const { currency } = entry.rate;
  throw new Failure({
    class: 'contract.invalid',
    ...inWords('RATE_CURRENCY', { currency, project: job.code, kept: job.currency }),
    system: 'netsuite',
    field: 'rate.currency',
    value: currency,
    outcome: 'not-made',
  });
}

/** Time is booked on a task of the entry's own project: a code that was used twice leads to another's. */
function ofProject(task: TaskFacts, job: JobFacts, entry: TimeEntry): string {
  if (task.project === undefined || task.project === job.id) return task.id;
  const code = entry.task?.code ?? '';
  throw new Failure({
    class: 'conflict.duplicate',
    ...inWords('TASK_OF_ANOTHER_PROJECT', { task: code, id: task.id, other: task.project, project: job.code, projectId: job.id }),
    system: 'netsuite',
    record: recordOf(entry),
    field: 'task.code',
    value: code,
    outcome: 'not-made',
  });
}

export function recordOf(entry: TimeEntry): Words {
  return called.timeEntry(entry.id);
}
