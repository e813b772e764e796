import { ExternalIdBook } from './external-id-book.ts';
import type { NetSuiteApi, RecordType } from './netsuite-api.ts';
import { column, type SuiteQl } from './suiteql.ts';

/** Internal ids by external id, one query for many. */
export async function idsByExternalId(
  suiteQl: SuiteQl,
  table: 'customer' | 'job' | 'projecttask',
  externalIds: readonly string[],
  signal?: AbortSignal,
): Promise<Map<string, string>> {
  const rows = await suiteQl.whereIn(
    'externalid',
    externalIds,
    (condition) => `SELECT id, externalid FROM ${table} WHERE ${condition} ORDER BY id`,
    signal,
  );
  return new Map(rows.map((row) => [column(row, 'externalid'), column(row, 'id')]));
}

export function idBook(
  suiteQl: SuiteQl,
  table: 'customer' | 'job' | 'projecttask',
  externalIds: readonly string[],
  signal?: AbortSignal,
): ExternalIdBook<string> {
  return new ExternalIdBook(externalIds, (ids) => idsByExternalId(suiteQl, table, ids, signal));
}

/** Records that every account can read by external id but not every account by SuiteQL. */
export function recordBook(
  api: NetSuiteApi,
  type: RecordType,
  externalIds: readonly string[],
  signal?: AbortSignal,
): ExternalIdBook<string> {
  return new ExternalIdBook(externalIds, async (ids) => {
    const found = await Promise.all(ids.map(async (externalId) => [externalId, await api.idOf(type, externalId, signal)] as const));
    return new Map(found.flatMap(([externalId, id]): [string, string][] => (id === undefined ? [] : [[externalId, id]])));
  });
}
