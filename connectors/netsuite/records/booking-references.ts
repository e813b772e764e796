import { Failure, type Issue } from '../../../model/failure.ts';
import { inWords } from '../../../model/failure-words.ts';
import type { Words } from '../../../model/failure-sentence.ts';
import { unlessAborted } from '../../http/unless-aborted.ts';
import { column, type Row, type SuiteQl } from '../wire/suiteql.ts';
import { externalIdOf, externalIdsOf, keyOfExternalId } from './external-id.ts';
import { type Employee, missing, type ReferenceData } from './reference-data.ts';

/** What is booked on a project by a person: time, an expense. */
export interface Booked {
  resource: { id: string; email?: string; name?: string };
  project?: { id: string; code?: string };
  task?: { id: string; code?: string };
}

export interface JobFacts {
  id: string;
  code: string;
  subsidiaryId?: string;
  /** ISO 4217 code */
  currency?: string;
  inactive: boolean;
  /** project status 1 is NetSuite's own "Closed" */
  closed: boolean;
  takesTime: boolean;
  takesExpenses: boolean;
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
    const ids = (codes: (string | undefined)[]) => codes.flatMap((code) => (code ? externalIdsOf(code) : []));
    const [employees, jobs, tasks] = await Promise.all([
      unlessAborted(references.employeesByEmail(emails), signal),
      suiteQl.whereIn(
        'externalid',
        ids(booked.map(({ project }) => project?.code)),
        (condition) =>
          `SELECT id, externalid, subsidiary, currency, isinactive, entitystatus, allowtime, allowexpenses FROM job WHERE ${condition} ORDER BY id`,
        signal,
      ),
      suiteQl.whereIn(
        'externalid',
        ids(booked.map(({ task }) => task?.code)),
        (condition) => `SELECT id, externalid, project FROM projecttask WHERE ${condition} ORDER BY id`,
        signal,
      ),
    ]);
    const facts = await unlessAborted(Promise.all(jobs.map((row) => jobFacts(row, references))), signal);
    return new BookingReferences(
      employees,
      new Map(facts.map((job) => [job.code, job])),
      new Map(
        tasks.map((row) => [
          keyOfExternalId(column(row, 'externalid')),
          { id: column(row, 'id'), ...(row['project'] ? { project: row['project'] } : {}) },
        ]),
      ),
    );
  }

  employee({ resource: { email, name, id } }: Booked): Employee {
    const all = email ? (this.employees.get(email.trim().toLowerCase()) ?? []) : [];
    const active = all.filter((employee) => employee.active);
    if (active.length > 1) {
      throw missing('resource.email', email ?? '', inWords('EMPLOYEE_AMBIGUOUS', { count: active.length, email: email ?? '' }));
    }
    const employee = active[0] ?? all.at(-1);
    if (employee) return employee;
    const who = email ?? name ?? id;
    throw missing('resource.email', who, email ? inWords('EMPLOYEE_UNKNOWN', { email }) : inWords('EMPLOYEE_UNKNOWN.no-address', { who }));
  }

  job({ code, id }: NonNullable<Booked['project']>): JobFacts {
    const job = code ? this.jobs.get(code) : undefined;
    if (job) return job;
    throw missing(
      'project.code',
      code ?? id,
      code ? inWords('PROJECT_UNKNOWN.netsuite', { externalId: externalIdOf(code) }) : inWords('PROJECT_UNKNOWN.no-code', { id }),
    );
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

async function jobFacts(row: Row, references: ReferenceData): Promise<JobFacts> {
  // a project without a currency of its own is kept in that of its subsidiary
  const currencyId = row['currency'] ?? (row['subsidiary'] ? (await references.subsidiaryById(row['subsidiary']))?.currencyId : undefined);
  const currency = currencyId ? await references.currencyCode(currencyId) : undefined;
  return {
    id: column(row, 'id'),
    code: keyOfExternalId(column(row, 'externalid')),
    ...(row['subsidiary'] ? { subsidiaryId: row['subsidiary'] } : {}),
    ...(currency ? { currency } : {}),
    inactive: row['isinactive'] === 'T',
    closed: row['entitystatus'] === '1',
    takesTime: row['allowtime'] !== 'F',
    takesExpenses: row['allowexpenses'] !== 'F',
  };
}
