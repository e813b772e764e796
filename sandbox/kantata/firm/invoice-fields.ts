import { addDays, instant } from '../../firm/calendar-date.ts';
import type { Firm } from '../../firm/firm.ts';

import type { KantataRow } from './row.ts';

const names = [
  ...['Invoice id', 'Invoice version', 'Invoice number', 'Invoice status', 'Invoice due', 'Invoice open', 'Invoice date'],
  ...['Project revenue', 'Project as of'],
];

/** Fields of a project that show its newest invoice. */
export function invoiceFieldRows(firm: Firm): Record<string, KantataRow[]> {
  const stamp = instant(addDays(firm.week0, -280), '08:00');
  return {
    custom_fields: names.map((name, at) => ({ id: String(881 + at), name, value_type: 'string', created_at: stamp, updated_at: stamp })),
  };
}
