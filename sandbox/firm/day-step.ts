import type { SalesforceDesk } from './salesforce-desk.ts';
import type { TimeDesk } from './time-desk.ts';

/** The front doors that people go through. */
export interface DayClients {
  sales: SalesforceDesk;
  time: TimeDesk;
}

/** One thing that somebody does during the day. It looks first and does only what is not done yet. */
export interface DayStep {
  /** RFC 3339 UTC */
  at: string;
  what: string;
  /** tells whether anything was changed */
  run(clients: DayClients): Promise<boolean>;
}
