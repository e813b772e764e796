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
}

/** The front door of consultants and their managers. Every act looks first and tells whether it had to change anything. */
export interface TimeDesk {
  book(entries: BookedTime[]): Promise<boolean>;
  correct(entryId: string, minutes: number): Promise<boolean>;
  /** Hands in one person's time on one project, unless it is handed in already. */
  handIn(entries: BookedTime[], title: string): Promise<boolean>;
  approveSheets(sheets: TimeSheet[]): Promise<boolean>;
  sendBack(sheet: TimeSheet, reason: string): Promise<boolean>;
  /** Approves the sheet that was handed in on the day: its id is only known to the PSA. */
  approveTitled(title: string, of: BookedTime): Promise<boolean>;
}

/** The front doors that people go through on the business day. */
export interface Desks {
  sales: SalesDesk;
  time: TimeDesk;
}
