import type { Failure } from '../../../model/failure.ts';
import { inWords, phrase, wordsOf } from '../../../model/failure-words.ts';
import type { Expense } from '../../../model/types.generated.ts';
import { needsCause, periodProblem, type Shown } from '../errors/refusal-cause.ts';
import type { SuiteQl } from '../wire/suiteql.ts';
import { recordOf, type ResolvedExpense } from './expense-references.ts';

interface Cause extends Shown {
  field: string;
  value: string;
}

/**
 * Says why an expense was refused when NetSuite's code does not, as with time: only where the data show it and NetSuite names the field. Of a line it
 * names the line alone, as seen in a real answer for a project that takes no expenses.
 */
export class ExpenseRefusals {
  private readonly suiteQl: SuiteQl;
  private readonly signal: AbortSignal;
  private readonly periods = new Map<string, Promise<Shown | undefined>>();

  constructor(suiteQl: SuiteQl, signal: AbortSignal) {
    this.suiteQl = suiteQl;
    this.signal = signal;
  }

  async explain(failure: Failure, expense: Expense, line: ResolvedExpense): Promise<Failure> {
    const named = failure.with({ record: recordOf(expense) });
    if (!needsCause(failure)) return named;
    const field = failure.field?.toLowerCase() ?? '';
    const cause = field === 'trandate' ? await this.periodCause(expense) : causeIn(field, expense, line);
    if (!cause) return named;
    const { asReason, field: ours, value } = cause;
    return named.with({ class: 'business.rejected', ...asReason(failure), field: ours, value });
  }

  private async periodCause({ day }: Expense): Promise<Cause | undefined> {
    let reading = this.periods.get(day);
    if (!reading) {
      // what cannot be read is not the reason; the refusal itself is what counts
      reading = periodProblem(this.suiteQl, day, this.signal, 'aplocked').catch(() => undefined);
      this.periods.set(day, reading);
    }
    const problem = await reading;
    return problem && { ...problem, field: 'day', value: day };
  }
}

function causeIn(field: string, expense: Expense, { jobFacts, employeeFacts }: ResolvedExpense): Cause | undefined {
  if (field === 'entity' && !employeeFacts.active) {
    const who = expense.resource.email ?? expense.resource.id;
    const shown = phrase('EMPLOYEE_INACTIVE.shown', { who });
    const asReason = (refusal: Failure) => inWords('EMPLOYEE_INACTIVE', { shown, said: wordsOf(refusal) });
    return { shown, asReason, field: 'resource.email', value: who };
  }
  if (!jobFacts || !/^expense\.items\[\d+\](?:\.customer)?$/.test(field)) return undefined;
  const project = jobFacts.code;
  const about = { field: 'project.code', value: expense.project?.code ?? project };
  if (jobFacts.inactive) {
    const shown = phrase('PROJECT_INACTIVE.shown', { project });
    return { ...about, shown, asReason: (refusal) => inWords('PROJECT_INACTIVE.expense', { shown, said: wordsOf(refusal) }) };
  }
  if (jobFacts.closed) {
    const shown = phrase('PROJECT_CLOSED.shown', { project });
    return { ...about, shown, asReason: (refusal) => inWords('PROJECT_CLOSED.expense', { shown, said: wordsOf(refusal) }) };
  }
  if (jobFacts.takesExpenses) return undefined;
  const shown = phrase('PROJECT_TAKES_NO_EXPENSES.shown', { project });
  return { ...about, shown, asReason: (refusal) => inWords('PROJECT_TAKES_NO_EXPENSES', { shown, said: wordsOf(refusal) }) };
}
