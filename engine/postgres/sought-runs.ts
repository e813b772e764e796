import type { SourceEvent } from '../../model/operations.ts';
import { soughtOf } from '../sought.ts';
import { databaseText } from './database-text.ts';
import type { Transaction } from './write-kind.ts';

/** Runs whose events were corrected, or forgotten, are found by what they say now. */
export async function changeSought(transaction: Transaction, places: readonly number[], events: readonly SourceEvent[]): Promise<void> {
  const sought = events.map((event) => soughtOf(event));
  await transaction.query(
    `UPDATE sought_runs s SET sought = v.sought, persons = v.persons
     FROM unnest($1::bigint[], $2::text[], $3::text[]) v (place, sought, persons) WHERE s.place = v.place`,
    [places, sought.map((one) => databaseText(one.sought)), sought.map((one) => databaseText(one.persons))],
  );
}

/** So many of the newest runs are looked at: an upgrade that rolls takes minutes, and a start is not to walk through a million runs. */
const newest = 100_000;

/** Instances of the version before store runs without it, for as long as they work: whoever starts makes up for it, by business id and key. */
export const soughtThatLack = `
  INSERT INTO sought_runs SELECT seq, flow, severity, created_at, E'\\n' || lower(subject) || E'\\n' || lower(key) || E'\\n', '' FROM runs
  WHERE seq > (SELECT max(seq) FROM runs) - ${newest} AND NOT EXISTS (SELECT 1 FROM sought_runs WHERE place = seq) ON CONFLICT DO NOTHING`;
