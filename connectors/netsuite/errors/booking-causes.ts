import type { Failure } from '../../../model/failure.ts';
import type { Words } from '../../../model/failure-sentence.ts';
import { type FailureText, inWords, phrase, wordsOf } from '../../../model/failure-words.ts';
import type { Expense } from '../../../model/types.generated.ts';
import type { JobFacts } from '../records/job-facts.ts';
import type { Employee } from '../records/reference-data.ts';
import type { SuiteQl } from '../wire/suiteql.ts';
import { periodProblem, type Shown } from './refusal-cause.ts';

/** What the data show that may be why a booking was refused, and the field of the booking that it belongs to. */
export interface Cause extends Shown {
  field: string;
  value: string;
}

/** The refusal with its cause as the reason. */
export function because(refusal: Failure, { asReason, field, value }: Cause, named: Failure): Failure {
  return named.with({ class: 'business.rejected', ...asReason(refusal), field, value });
}

/** Why days cannot be booked on: each is asked for once in a batch. */
export class PeriodCauses {
  private readonly suiteQl: SuiteQl;
  private readonly signal: AbortSignal;
  private readonly ledger: 'aplocked' | undefined;
  private readonly problems = new Map<string, Promise<Shown | undefined>>();

  constructor(suiteQl: SuiteQl, signal: AbortSignal, ledger?: 'aplocked') {
    this.suiteQl = suiteQl;
    this.signal = signal;
    this.ledger = ledger;
  }

  async of(field: string, day: string): Promise<Cause | undefined> {
    let reading = this.problems.get(day);
    if (!reading) {
      // what cannot be read is not the reason; the refusal itself is what counts
      reading = periodProblem(this.suiteQl, day, this.signal, this.ledger).catch(() => undefined);
      this.problems.set(day, reading);
    }
    const problem = await reading;
    return problem && { ...problem, field, value: day };
  }
}

export function employeeCause({ resource }: Pick<Expense, 'resource'>, employee: Employee): Cause | undefined {
  if (employee.active) return undefined;
  const who = resource.email ?? resource.id;
  const shown = phrase('EMPLOYEE_INACTIVE.shown', { who });
  return {
    shown,
    asReason: (refusal) => inWords('EMPLOYEE_INACTIVE', { shown, said: wordsOf(refusal) }),
    field: 'resource.email',
    value: who,
  };
}

type Reason = (words: { shown: Words; said: Words }) => FailureText;

const reasons: Record<'inactive' | 'closed', Record<'time' | 'expense', Reason>> = {
  inactive: {
    time: ({ shown, said }) => inWords('PROJECT_INACTIVE', { shown, said }),
    expense: ({ shown, said }) => inWords('PROJECT_INACTIVE.expense', { shown, said }),
  },
  closed: {
    time: ({ shown, said }) => inWords('PROJECT_CLOSED', { shown, said }),
    expense: ({ shown, said }) => inWords('PROJECT_CLOSED.expense', { shown, said }),
  },
};

const takesNone: Record<'time' | 'expense', (project: string) => { shown: Words; reason: Reason }> = {
  time: (project) => ({
    shown: phrase('PROJECT_TAKES_NO_TIME.shown', { project }),
    reason: ({ shown, said }) => inWords('PROJECT_TAKES_NO_TIME', { shown, said }),
  }),
  expense: (project) => ({
    shown: phrase('PROJECT_TAKES_NO_EXPENSES.shown', { project }),
    reason: ({ shown, said }) => inWords('PROJECT_TAKES_NO_EXPENSES', { shown, said }),
  }),
};

/** Why the project takes no time, or no expense. */
export function projectCause({ project: named }: Pick<Expense, 'project'>, job: JobFacts, what: 'time' | 'expense'): Cause | undefined {
  const project = job.code;
  const cause = (shown: Words, reason: Reason): Cause => ({
    field: 'project.code',
    value: named?.code ?? project,
    shown,
    asReason: (refusal) => reason({ shown, said: wordsOf(refusal) }),
  });
  if (job.inactive) return cause(phrase('PROJECT_INACTIVE.shown', { project }), reasons.inactive[what]);
  if (job.closed) return cause(phrase('PROJECT_CLOSED.shown', { project }), reasons.closed[what]);
  if (what === 'time' ? job.takesTime : job.takesExpenses) return undefined;
  const { shown, reason } = takesNone[what](project);
  return cause(shown, reason);
}
