import { Failure, type Issue } from '../../../model/failure.ts';
import { inWords } from '../../../model/failure-words.ts';
import type { Words } from '../../../model/failure-sentence.ts';
import { unlessAborted } from '../../http/unless-aborted.ts';
import { column, type SuiteQl } from '../wire/suiteql.ts';
import { employeeOf } from './employee-of.ts';
import { externalIdOf, externalIdsOf, keyOfExternalId } from './external-id.ts';
import { type JobFacts, jobOf, readJobs } from './job-facts.ts';
import { type Employee, missing, type ReferenceData } from './reference-data.ts';

/** What is booked on a project by a person: time, an expense. */
export interface Booked {
  resource: { id: string; email?: string; name?: string };
  project?: { id: string; code?: string };
  task?: { id: string; code?: string };
}

export interface TaskFacts {
  id: string;
  /** internal id */
  project?: string;
}

/** Persons, projects and tasks of a whole batch, found with one query each. What NetSuite does not know is `mapping.missing`. */
export class BookingReferences {
  private readonly employees: Map<string, Employee[]>;
  private readonly jobs: Map<string, JobFacts>;
  private readonly tasks: Map<string, TaskFacts>;

  private constructor(employees: Map<string, Employee[]>, jobs: Map<string, JobFacts>, tasks: Map<string, TaskFacts>) {
    this.employees = employees;
    this.jobs = jobs;
    this.tasks = tasks;
  }

  static async read(
    booked: readonly Booked[],
    { suiteQl, references, signal }: { suiteQl: SuiteQl; references: ReferenceData; signal: AbortSignal },
  ): Promise<BookingReferences> {
    const emails = booked.flatMap(({ resource }) => (resource.email ? [resource.email] : []));
    const [employees, jobs, tasks] = await Promise.all([
      unlessAborted(references.employeesByEmail(emails), signal),
      readJobs(
        booked.flatMap(({ project }) => project?.code ?? []),
        { suiteQl, references, signal },
      ),
      suiteQl.whereIn(
        'externalid',
        booked.flatMap(({ task }) => (task?.code ? externalIdsOf(task.code) : [])),
        (condition) => `SELECT id, externalid, project FROM projecttask WHERE ${condition} ORDER BY id`,
        signal,
      ),
    ]);
    return new BookingReferences(
      employees,
      jobs,
      new Map(
        tasks.map((row) => [
          keyOfExternalId(column(row, 'externalid')),
          { id: column(row, 'id'), ...(row['project'] ? { project: row['project'] } : {}) },
        ]),
      ),
    );
  }

  employee({ resource }: Booked): Employee {
    return employeeOf(resource, this.employees);
  }

  job(project: NonNullable<Booked['project']>): JobFacts {
    return jobOf(project, this.jobs);
  }

  /** `undefined`: no task of the firm's. */
  task(code: string | undefined): TaskFacts | undefined {
    if (!code) return undefined;
    const task = this.tasks.get(code);
    if (task) return task;
    throw missing('task.code', code, inWords('TASK_UNKNOWN', { externalId: externalIdOf(code) }));
  }
}

/** All of them, or a failure that is the first of those that were not found, with all as issues. */
export function allFound<Found extends readonly unknown[]>(record: Words, find: { [At in keyof Found]: () => Found[At] }): Found {
  const found: unknown[] = [];
  const failures: Failure[] = [];
  for (const one of find as readonly (() => unknown)[]) {
    try {
      found.push(one());
    } catch (error) {
      failures.push(Failure.from(error));
    }
  }
  const [first] = failures;
  if (!first) return found as unknown as Found;
  throw first.with({ record, ...(failures.length > 1 ? { issues: failures.map(issueOf) } : {}) });
}

function issueOf({ code, field = '', value, message, remedy = '', words }: Failure): Issue {
  return { code, field, ...(value ? { value } : {}), message, remedy, ...(words ? { words } : {}) };
}
