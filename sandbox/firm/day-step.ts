import type { Desks } from './desks.ts';

/** One thing that somebody does on a day. It looks first and does only what is not done yet. */
export interface DayStep {
  /** RFC 3339 UTC */
  at: string;
  what: string;
  /** begins only when all that came before has been carried through: whoever acts here has seen what became of it */
  settled?: true;
  /** tells whether anything was changed */
  run(desks: Desks): Promise<boolean>;
}
