import type { Expense } from '../../model/types.generated.ts';
import type { Sandbox } from '../../sandbox/server.ts';
import { emailOf, projectCodeOf, psaId } from './time-firm.ts';
import { day } from './time-rows.ts';

/** Kantata ids of expenses and of their reports. */
export const expenseId = (number: number) => String(5_000_000 + number);
export const reportId = (number: number) => String(6_000_000 + number);

/** 50 in the project's currency, spent five days ago, as a row of Kantata in a report of its own that is approved. */
export const expenseRow = (number: number, more: object = {}) => ({
  id: expenseId(number),
  workspace_id: psaId.workspace('1'),
  user_id: psaId.user('1'),
  date: day(5),
  category: 'Travel',
  amount_in_cents: 5_000,
  is_billable: true,
  is_invoiced: false,
  approved: true,
  active_submission_id: reportId(number),
  recent_submission_id: reportId(number),
  ...more,
});

export const reportRow = (number: number, more: object = {}) => ({
  id: reportId(number),
  workspace_id: psaId.workspace('1'),
  user_id: psaId.user('1'),
  title: 'Travel',
  status: 'approved',
  expense_ids: [expenseId(number)],
  ...more,
});

/** Both, for each of the numbers. */
export function loadExpenses({ kantata }: Sandbox, numbers: readonly number[], more: object = {}): void {
  kantata.definition.load(kantata, {
    expense_report_submissions: numbers.map((number) => reportRow(number)),
    expenses: numbers.map((number) => expenseRow(number, more)),
  });
}

/** The same as a message carries it. */
export const approvedExpenseOf = (number: number, more: Partial<Expense> = {}): Expense => ({
  id: `kantata:expense-${expenseId(number)}`,
  source: { system: 'kantata', id: expenseId(number) },
  resource: { id: psaId.user('1'), email: emailOf('1') },
  report: { id: reportId(number) },
  project: { id: psaId.workspace('1'), code: projectCodeOf('1') },
  day: day(5),
  category: 'Travel',
  amount: { amount: '50.00', currency: 'USD' },
  billable: true,
  status: 'approved',
  version: 'v1',
  ...more,
});
