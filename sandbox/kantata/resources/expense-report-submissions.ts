import { expenses } from './expenses.ts';
import { submissionsOf } from './submissions.ts';

/** https://developer.kantata.com/ "Expense Report Submissions": expenses of one person in one project; of no week. */
export const expenseReportSubmissions = submissionsOf({
  name: 'expense_report',
  subjectType: 'ExpenseReportSubmission',
  called: { submission: 'expenses', line: 'Expense', lines: 'Expenses' },
  lines: expenses,
  idsIn: 'expense_ids',
  dateIn: 'date',
  total: (rows) => rows.reduce((sum, row) => sum + Number(row['amount_in_cents'] ?? 0), 0),
});
