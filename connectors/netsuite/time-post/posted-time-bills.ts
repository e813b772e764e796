import { externalIdsOf, foldedExternalId } from '../records/external-id.ts';
import type { Row, SuiteQl } from '../wire/suiteql.ts';
import { type PostedTimeBill, postedTimeBill, timeBillColumns } from '../records/time-bill.ts';

const query = (condition: string) => `SELECT ${timeBillColumns} FROM timebill WHERE ${condition} ORDER BY id`;

/** Ids of a source that gives numbers differ in more than case, and are asked for as they are: the index of external ids is used. */
const hasLetters = (id: string) => /\p{L}/u.test(id.slice(id.indexOf(':') + 1));

/** Posted time by the entry's id; where none has exactly this id, that whose id NetSuite takes for the same. */
export async function postedTimeBills(suiteQl: SuiteQl, ids: readonly string[], signal: AbortSignal): Promise<Map<string, PostedTimeBill>> {
  const { true: lettered = [], false: plain = [] } = Object.groupBy(ids, (id) => String(hasLetters(id)) as 'true' | 'false');
  const rows: Row[] = [
    ...(await suiteQl.whereIn('externalid', plain.flatMap(externalIdsOf), query, signal)),
    ...(await suiteQl.whereInAnyCase('externalid', lettered.flatMap(externalIdsOf), query, signal)),
  ];
  const all = rows.map(postedTimeBill);
  const exact = new Map(all.map((bill) => [bill.key, bill]));
  const anyCase = new Map(all.map((bill) => [foldedExternalId(bill.key), bill]));
  return new Map(
    ids.flatMap((id): [string, PostedTimeBill][] => {
      const found = exact.get(id) ?? anyCase.get(foldedExternalId(id));
      return found ? [[id, found]] : [];
    }),
  );
}
