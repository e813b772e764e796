import { Failure, type Issue } from '../../../model/failure.ts';
import { inWords } from '../../../model/failure-words.ts';
import { called } from '../../../model/record-names.ts';
import type { Expense } from '../../../model/types.generated.ts';
import { externalIdOf } from '../records/external-id.ts';
import type { RecordTexts } from './field-limits.ts';

export function textsOfExpense({ id }: Expense): RecordTexts[] {
  return [{ type: 'expenseReport', record: called.expense(id), texts: { externalId: externalIdOf(id) } }];
}

/** An expense report pays back; NetSuite takes none whose sum is less than zero. */
export function refundIssues({ amount, status }: Expense): Issue[] {
  if (status === 'withdrawn' || !amount.amount.startsWith('-')) return [];
  const value = `${amount.amount} ${amount.currency}`;
  return [{ field: 'amount', value, ...inWords('EXPENSE_REFUND', { amount: value }) }];
}

export function mustBePayable(expense: Expense): void {
  const [issue] = refundIssues(expense);
  if (!issue) return;
  throw new Failure({ class: 'business.rejected', ...issue, system: 'netsuite', record: called.expense(expense.id), outcome: 'not-made' });
}
