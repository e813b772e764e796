import type { Firm } from './firm.ts';
import { kantataIds } from './kantata-ids.ts';
import { peopleRows } from './kantata-people.ts';
import { planRows } from './kantata-plans.ts';
import { projectRows } from './kantata-projects.ts';
import { rateCardRows } from './kantata-rate-cards.ts';
import type { KantataRow } from './kantata-row.ts';
import { timeRows } from './kantata-time.ts';

/** The firm as its PSA holds it: people and skills, prices, running projects with their teams and plans, and weeks of time. */
export function kantataRows(firm: Firm): Record<string, KantataRow[]> {
  const ids = kantataIds(firm);
  return {
    ...peopleRows(firm, ids),
    ...rateCardRows(firm, ids),
    ...projectRows(firm, ids),
    ...planRows(firm, ids),
    ...timeRows(firm, ids),
  };
}
