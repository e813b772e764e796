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
