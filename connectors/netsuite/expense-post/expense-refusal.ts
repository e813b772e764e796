import type { Failure } from '../../../model/failure.ts';
import type { Expense } from '../../../model/types.generated.ts';
import { because, type Cause, employeeCause, PeriodCauses, projectCause } from '../errors/booking-causes.ts';
import { needsCause } from '../errors/refusal-cause.ts';
import type { SuiteQl } from '../wire/suiteql.ts';
import { recordOf, type ResolvedExpense } from './expense-references.ts';

/**
 * Says why an expense was refused when NetSuite's code does not, as with time: only where the data show it and NetSuite names the field. Of a line it
 * names the line alone, as seen in a real answer for a project that takes no expenses.
 */
export class ExpenseRefusals {
  private readonly periods: PeriodCauses;

  constructor(suiteQl: SuiteQl, signal: AbortSignal) {
    this.periods = new PeriodCauses(suiteQl, signal, 'aplocked');
  }

  async explain(failure: Failure, expense: Expense, line: ResolvedExpense): Promise<Failure> {
    const named = failure.with({ record: recordOf(expense) });
    if (!needsCause(failure)) return named;
    const cause = await this.causeIn(failure.field?.toLowerCase() ?? '', expense, line);
    return cause ? because(failure, cause, named) : named;
  }

  private async causeIn(field: string, expense: Expense, { jobFacts, employeeFacts }: ResolvedExpense): Promise<Cause | undefined> {
    if (field === 'trandate') return this.periods.of('day', expense.day);
    if (field === 'entity') return employeeCause(expense, employeeFacts);
    return jobFacts && /^expense\.items\[\d+\](?:\.customer)?$/.test(field) ? projectCause(expense, jobFacts, 'expense') : undefined;
  }
}
