import { externalIdsOf } from '../records/external-id.ts';
import { type PostedTimeBill, postedTimeBill, timeBillColumns } from '../records/time-bill.ts';
import type { SuiteQl } from '../wire/suiteql.ts';

const query = (condition: string) => `SELECT ${timeBillColumns} FROM timebill WHERE ${condition} ORDER BY id`;

/**
 * Posted time that carries exactly the entry's id. Asked for as the id is, by the index of external ids: a table of time is too long to be compared
 * in any case. Time whose id differs in case only is found when NetSuite refuses to make another one.
 */
export async function postedTimeBills(suiteQl: SuiteQl, ids: readonly string[], signal: AbortSignal): Promise<Map<string, PostedTimeBill>> {
  const rows = await suiteQl.whereIn('externalid', ids.flatMap(externalIdsOf), query, signal);
  return new Map(rows.map(postedTimeBill).map((bill) => [bill.key, bill]));
}
