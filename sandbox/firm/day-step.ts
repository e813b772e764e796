import type { Desks } from './desks.ts';

/** One thing that somebody does during the day. It looks first and does only what is not done yet. */
export interface DayStep {
  /** RFC 3339 UTC */
  at: string;
  what: string;
  /** tells whether anything was changed */
  run(desks: Desks): Promise<boolean>;
}
