import type { SourceEvent } from '../../model/operations.ts';
import { soughtOf } from '../sought.ts';
import type { Database } from './database.ts';

/** The run that was stored last is found by what its event says. One row at the end of a narrow table: no other index is written. Only inside a write. */
export function addSought(
  db: Database,
  { flow, severity, event, now }: { flow: string; severity: string; event: SourceEvent; now: number },
): void {
  const { sought, persons } = soughtOf(event);
  db.change(
    'INSERT INTO sought_runs (place, of_flow, of_severity, came_at, sought, persons) VALUES (last_insert_rowid(), ?, ?, ?, ?, ?)',
    ...[flow, severity, now, sought, persons],
  );
}

/** A run whose event was corrected, or forgotten, is found by what it says now. Only inside a write. */
export function changeSought(db: Database, seq: number, event: SourceEvent): void {
  const { sought, persons } = soughtOf(event);
  db.change('UPDATE sought_runs SET sought = ?, persons = ? WHERE place = ?', sought, persons, seq);
}
