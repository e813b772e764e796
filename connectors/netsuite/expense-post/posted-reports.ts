import { Failure } from '../../../model/failure.ts';
import type { JsonObject } from '../../../model/json.ts';
import { externalIdsOf, keyOfExternalId } from '../records/external-id.ts';
import type { NetSuiteApi } from '../wire.ts';
import { column, type SuiteQl } from '../wire/suiteql.ts';

/** An expense report that carries an expense's id, with its lines. */
export interface PostedReport {
  id: string;
  record: JsonObject;
}

/** What is there already, by the expenses' ids: one query for all, and each that is there as the record service shows it. */
export async function postedReports(
  api: NetSuiteApi,
  suiteQl: SuiteQl,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, PostedReport>> {
  const rows = await suiteQl.whereIn(
    'externalid',
    ids.flatMap(externalIdsOf),
    (condition) => `SELECT id, externalid FROM transaction WHERE ${condition} AND type = 'ExpRept' ORDER BY id`,
    signal,
  );
  const found = await Promise.all(
    rows.map(async (row) => {
      const id = column(row, 'id');
      const record = await api.details('expenseReport', { id }, signal).catch(goneMeanwhile);
      return record ? [[keyOfExternalId(column(row, 'externalid')), { id, record }] as const] : [];
    }),
  );
  return new Map(found.flat());
}

function goneMeanwhile(error: unknown): undefined {
  if (Failure.is(error) && error.class === 'mapping.missing' && error.status === 404) return undefined;
  throw error;
}
