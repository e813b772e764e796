import { idOf, type Row, text } from '../wire/envelope.ts';
import type { ChangePage } from './change-cursor.ts';
import { utc } from './time-entry.ts';

/** Where rows of a list of changes stand. One whose instant cannot be read has the place of the one before it, and never moves the cursor past the ones behind. */
export function placed(rows: readonly Row[], attribute: 'updated_at' | 'created_at', floor = '', what: string): ChangePage['entries'] {
  let updatedAt = floor;
  return rows.map((row) => {
    updatedAt = utc(text(row, attribute)) ?? updatedAt;
    return { id: idOf(row, what), updatedAt };
  });
}
