import type { CalendarDate } from './calendar-date.ts';
import type { Amendment } from './month/amendment-script.ts';
import type { ExpenseReport } from './month/expense-script.ts';
import type { InvoiceAct } from './month/invoice-script.ts';
import type { StaffingAct } from './month/staffing-script.ts';
import type { Office } from './office.ts';
import type { BookedTime, TimeSheet } from './time-sheets.ts';

/** What sales writes of a deal in the CRM during the day. */
export interface DealChange {
  stage?: string;
  closeDate?: string;
  poNumber?: string | null;
  nextStep?: string;
}

/** The front door of the sales people. */
export interface SalesDesk {
  /** Writes only what differs, as a person would not save an unchanged form; tells whether anything did. */
  change(dealCode: string, to: DealChange): Promise<boolean>;
  /** Enters what was agreed anew, unless that or something later is there. */
  amend(amendment: Amendment): Promise<boolean>;
}

/** The front door of consultants and their managers. Every act looks first and tells whether it had to change anything. */
export interface TimeDesk {
  book(entries: BookedTime[]): Promise<boolean>;
  correct(entryId: string, minutes: number): Promise<boolean>;
  /** Takes back an approved sheet, unless that has been done. */
  takeBack(sheet: TimeSheet): Promise<boolean>;
  /** Books an entry on another project. */
  move(entryId: string, to: BookedTime): Promise<boolean>;
  /** Hands in one person's time on one project, unless it is handed in already. */
  handIn(entries: BookedTime[], title: string): Promise<boolean>;
  approveSheets(sheets: TimeSheet[]): Promise<boolean>;
  sendBack(sheet: TimeSheet, reason: string): Promise<boolean>;
  /** Approves the sheet that was handed in on the day: its id is only known to the PSA. */
  approveTitled(title: string, of: BookedTime): Promise<boolean>;
}

/** The front door of consultants and their managers for what they have spent. */
export interface ExpenseDesk {
  /** Books and hands in what is not yet, under this title. */
  handIn(report: ExpenseReport, title: string): Promise<boolean>;
  /** Decides about the report of this title, unless that has been done; `cancel` takes back what was approved. */
  decide(title: string, project: string, decision: 'approve' | 'reject' | 'cancel'): Promise<boolean>;
  /** Sets the amount of its one expense right. */
  correct(report: ExpenseReport, amount: number): Promise<boolean>;
}

/** The front door of accounting. */
export interface AccountingDesk {
  /** Takes an expense out of the books; one that is not there was taken out already. */
  removeExpense(note: string): Promise<boolean>;
  /** Bills, enters a payment, credits or voids; what is entered already stays as it is. */
  enter(act: InvoiceAct, day: CalendarDate): Promise<boolean>;
}

/** The front door of resource managers. */
export interface StaffingDesk {
  /** What is so already stays as it is. */
  carryOut(act: StaffingAct): Promise<boolean>;
}

/** The front doors that people go through. */
export interface Desks {
  sales: SalesDesk;
  time: TimeDesk;
  expenses: ExpenseDesk;
  staffing: StaffingDesk;
  accounting: AccountingDesk;
  office: Office;
}
