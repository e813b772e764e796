import { typedConfig } from '../../../declarations/typed-config.ts';
import { expenseApprovalIssues, receiptIssues } from '../../../model/expense-rules.ts';
import type { PostedExpense } from '../../../model/operations.ts';
import type { Expense } from '../../../model/types.generated.ts';
import { batchNode } from '../../../runtime/batch-node.ts';
import declaration from './declaration.ts';
import { expenseTotals } from './expense-totals.ts';

export default batchNode<Expense, PostedExpense>(declaration, (base) => {
  const { batchSize, batchSeconds, schedule, receipts } = typedConfig(declaration, base.config);
  return {
    operation: 'expense.post',
    contract: 'expense',
    rule: { size: batchSize, seconds: batchSeconds, ...(schedule ? { schedule } : {}) },
    issues: (expense) => [...expenseApprovalIssues(expense), ...(receipts ? receiptIssues(expense) : [])],
    totals: expenseTotals,
    run: (lines, signal) => base.operation('expense.post').run(lines, signal),
  };
});
