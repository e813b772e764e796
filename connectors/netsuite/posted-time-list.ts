import type { TellUnreadable, TimeFact, TimeWindow } from '../../model/operations.ts';
import { timeFact, timeQuery, unreadableTime } from './records/posted-time-facts.ts';
import type { ReferenceData } from './records/reference-data.ts';
import { rowsById } from './wire/rows-by-id.ts';
import { dateLiteral, type SuiteQl } from './wire/suiteql.ts';
import { unreadableRow } from './posted-time-list/unreadable-row.ts';

/** Time that carries a business id, by id of the entry. */
export async function* listPostedTime(
  { suiteQl, references }: { suiteQl: SuiteQl; references: ReferenceData },
  { from, to }: TimeWindow,
  signal: AbortSignal,
  unreadable: TellUnreadable = unreadableTime,
): AsyncIterable<TimeFact> {
  const where = `tb.externalid IS NOT NULL AND tb.trandate >= ${dateLiteral(from)} AND tb.trandate <= ${dateLiteral(to)}`;
  for await (const page of rowsById(suiteQl, (after) => timeQuery(where, after), signal)) {
    for (const { row, place } of page) {
      const odd = unreadableRow(row, place);
      if (odd) unreadable(odd);
      else yield await timeFact(row, references);
    }
  }
}
