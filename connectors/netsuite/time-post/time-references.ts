import { Failure } from '../../../model/failure.ts';
import { inWords } from '../../../model/failure-words.ts';
import { isZero } from '../../../model/money.ts';
import type { TimeEntry } from '../../../model/types.generated.ts';
import type { Words } from '../../../model/failure-sentence.ts';
import { called } from '../../../model/record-names.ts';
import { unlessAborted } from '../../http/unless-aborted.ts';
import { externalIdOf, externalIdsOf, keyOfExternalId } from '../records/external-id.ts';
import { type Employee, missing, type ReferenceData } from '../records/reference-data.ts';
import { column, type SuiteQl } from '../wire/suiteql.ts';
import { employeeOf } from '../records/employee-of.ts';
import { type JobFacts, jobOf, readJobs } from '../records/job-facts.ts';
import type { TimeReferences } from '../records/time-bill.ts';

interface TaskFacts {
  id: string;
  /** internal id */
  project?: string;
}

/** What one line refers to, and what is known of it should NetSuite refuse the line. */
export interface ResolvedLine extends TimeReferences {
  jobFacts: JobFacts;
  employeeFacts: Employee;
}

/** Finds employees, projects and tasks of a whole batch with one query each. */
export class TimeReferenceFinder {
  private readonly employees: Map<string, Employee[]>;
  private readonly jobs: Map<string, JobFacts>;
  private readonly tasks: Map<string, TaskFacts>;
  private readonly item: string;
  private readonly approvalStatus: string | undefined;

  private constructor(parts: {
    employees: Map<string, Employee[]>;
    jobs: Map<string, JobFacts>;
    tasks: Map<string, TaskFacts>;
    item: string;
    approvalStatus?: string;
  }) {
    this.employees = parts.employees;
    this.jobs = parts.jobs;
    this.tasks = parts.tasks;
    this.item = parts.item;
    this.approvalStatus = parts.approvalStatus;
  }

  static async read(
    entries: TimeEntry[],
    from: { suiteQl: SuiteQl; references: ReferenceData; approvalStatus?: string; signal: AbortSignal },
  ): Promise<TimeReferenceFinder> {
    const { suiteQl, references, signal } = from;
    const emails = entries.flatMap((entry) => (entry.resource.email ? [entry.resource.email] : []));
    const taskIds = entries.flatMap((entry) => (entry.task?.code ? externalIdsOf(entry.task.code) : []));
    const [employees, item, jobs, tasks] = await Promise.all([
      unlessAborted(references.employeesByEmail(emails), signal),
      unlessAborted(references.serviceItemId(), signal),
      readJobs(
        entries.flatMap(({ project }) => project.code ?? []),
        { suiteQl, references, signal },
      ),
      suiteQl.whereIn(
        'externalid',
        taskIds,
        (condition) => `SELECT id, externalid, project FROM projecttask WHERE ${condition} ORDER BY id`,
        signal,
      ),
    ]);
    return new TimeReferenceFinder({
      employees,
      item,
      jobs,
      tasks: new Map(
        tasks.map((row) => [
          keyOfExternalId(column(row, 'externalid')),
          { id: column(row, 'id'), ...(row['project'] ? { project: row['project'] } : {}) },
        ]),
      ),
      ...(from.approvalStatus ? { approvalStatus: from.approvalStatus } : {}),
    });
  }

  /** Throws `mapping.missing` for the first thing that NetSuite does not know, with all of them as issues. */
  resolve(entry: TimeEntry): ResolvedLine {
    const found = [
      attempt(() => employeeOf(entry.resource, this.employees)),
      attempt(() => this.job(entry)),
      attempt(() => this.task(entry)),
    ] as const;
    const failures = found.flatMap((part) => (part instanceof Failure ? [part] : []));
    const [employee, job, task] = found;
    if (failures.length > 0 || employee instanceof Failure || job instanceof Failure || task instanceof Failure) {
      const issues = failures.map(({ code, field = '', value, message, remedy = '', words }) => ({
        code,
        field,
        ...(value ? { value } : {}),
        message,
        remedy,
        ...(words ? { words } : {}),
      }));
      throw failures[0]!.with({ record: recordOf(entry), ...(issues.length > 1 ? { issues } : {}) });
    }
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

  private job(entry: TimeEntry): JobFacts {
    return this.sameCurrency(entry, jobOf(entry.project, this.jobs));
  }

  /** The rate of a `timeBill` has no currency of its own: it is read in the project's. Zero is zero in each. */
  private sameCurrency(entry: TimeEntry, job: JobFacts): JobFacts {
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

  private task(entry: TimeEntry): TaskFacts | undefined {
    if (!entry.task?.code) return undefined;
    const task = this.tasks.get(entry.task.code);
    if (task) return task;
    throw missing('task.code', entry.task.code, inWords('TASK_UNKNOWN', { externalId: externalIdOf(entry.task.code) }));
  }
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

function attempt<T>(find: () => T): T | Failure {
  try {
    return find();
  } catch (error) {
    return Failure.from(error);
  }
}
