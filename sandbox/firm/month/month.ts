import { addDays, instant } from '../calendar-date.ts';
import type { DayStep } from '../day-step.ts';
import type { Firm } from '../firm.ts';
import { type ExpectedTime, expectedBooks } from '../expected-books.ts';
import { scriptDay } from '../day-script.ts';
import { amendmentFigures, dealsOf } from './amendment-books.ts';
import { type Amendment, scriptAmendments } from './amendment-script.ts';
import { amendmentSteps } from './amendment-steps.ts';
import { timeAfterMonth, timeFigures } from './time-books.ts';
import { scriptTime, type TimeChanges } from './time-script.ts';
import { timeChangeSteps } from './time-change-steps.ts';
import { expenseFigures, refusedExpenses } from './expense-books.ts';
import { type ExpenseReport, scriptExpenses } from './expense-script.ts';
import { expenseSteps } from './expense-steps.ts';
import { staffingFigures } from './staffing-books.ts';
import { scriptStaffing, type StaffingAct } from './staffing-script.ts';
import { staffingSteps } from './staffing-steps.ts';
import type { Figures } from './figures.ts';
import { invoiceFigures } from './invoice-books.ts';
import { type InvoiceAct, scriptInvoices } from './invoice-script.ts';
import { invoiceSteps } from './invoice-steps.ts';

/** What people do in the weeks after the business day, as data. */
export interface MonthScript {
  expenses: ExpenseReport[];
  invoices: readonly InvoiceAct[];
  staffing: StaffingAct[];
  amendments: Amendment[];
  time: TimeChanges;
}

export function scriptMonth(firm: Firm): MonthScript {
  return {
    expenses: scriptExpenses(firm),
    invoices: scriptInvoices(firm),
    staffing: scriptStaffing(firm),
    amendments: scriptAmendments(firm),
    time: scriptTime(firm),
  };
}

/**
 * When people look at what has become of the things they did, before they go on: the day is over when the month begins, amendments are shown before they
 * are decided, expenses are in the books before they are taken back.
 */
const LOOKS: readonly [day: number, time: string][] = [
  [8, '00:00'],
  [8, '11:00'],
  [15, '00:00'],
  [15, '11:00'],
  [15, '16:00'],
  [22, '00:00'],
  [22, '13:00'],
];

/** The steps of the month after the business day, in order of time. */
export function businessMonth(firm: Firm, script: MonthScript = scriptMonth(firm)): DayStep[] {
  const all = [
    ...expenseSteps(script.expenses, firm),
    ...invoiceSteps(script.invoices, firm),
    ...staffingSteps(script.staffing, firm),
    ...amendmentSteps(script.amendments, firm),
    ...timeChangeSteps(script.time, firm),
  ];
  const steps = all.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const early = steps.find(({ at }) => at <= instant(firm.date, '23:59'));
  if (early) throw new Error(`"${early.what}" is not after the business day`);
  return withLooks(steps, firm);
}

function withLooks(steps: readonly DayStep[], firm: Firm): DayStep[] {
  const looks = LOOKS.map(([day, time]) => instant(addDays(firm.week0, day), time));
  return steps.map((step, index) => {
    const before = steps[index - 1]?.at ?? '';
    return looks.some((look) => before < look && look <= step.at) ? { ...step, settled: true } : step;
  });
}

export interface MonthBooks {
  figures: Figures;
  /** runs that stay with a person */
  refused: number;
  /** deals of which sales is told that their last amendment was not carried over */
  pending: string[];
  /** deals of which sales is told that it was refused */
  failed: string[];
  /** time in the ERP, that of the day included */
  posted: ExpectedTime[];
}

/** What the systems must hold of the month when it is over, worked out from what people did alone. */
export function monthBooks(firm: Firm, { expenses, invoices, staffing, amendments, time }: MonthScript = scriptMonth(firm)): MonthBooks {
  const { crm, erp } = expectedBooks(firm, scriptDay(firm));
  const posted = timeAfterMonth(erp.time, time);
  return {
    figures: {
      ...expenseFigures(expenses, firm),
      ...invoiceFigures(invoices),
      ...staffingFigures(staffing, firm),
      ...amendmentFigures(amendments, firm, crm.provisioned),
      ...timeFigures(posted),
    },
    refused: refusedExpenses(expenses) + dealsOf(amendments, 'refused').length,
    pending: dealsOf(amendments, 'rejected'),
    failed: dealsOf(amendments, 'refused'),
    posted,
  };
}
