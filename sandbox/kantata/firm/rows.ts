import type { Firm } from '../../firm/firm.ts';
import { kantataIds } from './ids.ts';
import { invoiceFieldRows } from './invoice-fields.ts';
import { peopleRows } from './people.ts';
import { planRows } from './plans.ts';
import { projectRows } from './projects.ts';
import { rateCardRows } from './rate-cards.ts';
import type { KantataRow } from './row.ts';
import { timeRows } from './time.ts';

/** The firm as its PSA holds it: people and skills, prices, running projects with their teams and plans, and weeks of time. */
export function kantataRows(firm: Firm): Record<string, KantataRow[]> {
  const ids = kantataIds(firm);
  return {
    ...peopleRows(firm, ids),
    ...rateCardRows(firm, ids),
    ...projectRows(firm, ids),
    ...planRows(firm, ids),
    ...invoiceFieldRows(firm),
    ...timeRows(firm, ids),
  };
}
