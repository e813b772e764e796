import { inBooks } from '../exchange-rates.ts';
import type { Firm } from '../firm.ts';
import { currencyOfBooks, type ExpenseReport } from './expense-script.ts';
import { byCurrency, type Figures } from './figures.ts';

/** What the ERP must hold of the month's expenses, worked out from what people did. */
export function expenseFigures(reports: readonly ExpenseReport[], firm: Firm): Figures {
  const posted = reports
    .filter(({ fate }) => fate === 'posted' || fate === 'corrected')
    .flatMap((report) => report.spent.map((spent) => ({ report, day: spent.date, amount: report.rightly ?? spent.amount })));
  const booked = posted.map(({ report, day, amount }) => {
    const currency = currencyOfBooks(report);
    return { currency, amount: inBooks(amount, { from: report.currency, to: currency, day }, firm) };
  });
  return {
    'expenses in the ERP': String(posted.length),
    ...byCurrency('expenses in the books of the ERP', booked),
    ...byCurrency(
      'expenses in the ERP as they were spent',
      posted.map(({ report, amount }) => ({ currency: report.currency, amount })),
    ),
  };
}

/** Runs that stay with a person: each expense that the ERP refused. */
export function refusedExpenses(reports: readonly ExpenseReport[]): number {
  return reports.filter(({ fate }) => fate === 'refused').reduce((sum, { spent }) => sum + spent.length, 0);
}
