import { instant } from '../calendar-date.ts';
import type { DayStep } from '../day-step.ts';
import type { Firm } from '../firm.ts';
import { expenseFigures, refusedExpenses } from './expense-books.ts';
import { type ExpenseReport, scriptExpenses } from './expense-script.ts';
import { expenseSteps } from './expense-steps.ts';
import { staffingFigures } from './staffing-books.ts';
import { scriptStaffing, type StaffingAct } from './staffing-script.ts';
import { staffingSteps } from './staffing-steps.ts';
import type { Figures } from './figures.ts';
import { invoiceFigures } from './invoice-books.ts';
import { INVOICE_ACTS, type InvoiceAct } from './invoice-script.ts';
import { invoiceSteps } from './invoice-steps.ts';

/** What people do in the weeks after the business day, as data. */
export interface MonthScript {
  expenses: ExpenseReport[];
  invoices: readonly InvoiceAct[];
  staffing: StaffingAct[];
}

export function scriptMonth(firm: Firm): MonthScript {
  return { expenses: scriptExpenses(firm), invoices: INVOICE_ACTS, staffing: scriptStaffing(firm) };
}

/** The steps of the month after the business day, in order of time. */
export function businessMonth(firm: Firm, script: MonthScript = scriptMonth(firm)): DayStep[] {
  const all = [...expenseSteps(script.expenses, firm), ...invoiceSteps(script.invoices, firm), ...staffingSteps(script.staffing, firm)];
  const steps = all.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const early = steps.find(({ at }) => at <= instant(firm.date, '23:59'));
  if (early) throw new Error(`"${early.what}" is not after the business day`);
  // the day is over when the month begins
  return steps.map((step, index) => (index === 0 ? { ...step, settled: true } : step));
}

export interface MonthBooks {
  figures: Figures;
  /** runs that stay with a person */
  refused: number;
}

/** What the systems must hold of the month when it is over, worked out from what people did alone. */
export function monthBooks(firm: Firm, script: MonthScript = scriptMonth(firm)): MonthBooks {
  const figures = { ...expenseFigures(script.expenses, firm), ...invoiceFigures(script.invoices), ...staffingFigures(script.staffing, firm) };
  return { figures, refused: refusedExpenses(script.expenses) };
}
