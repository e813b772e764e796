import { aboutRecord } from './about-record.ts';
import { ExternalIdBook } from './external-id-book.ts';
import type { NetSuiteApi, RecordType } from './netsuite-api.ts';
import { column, type SuiteQl } from './suiteql.ts';

/** Internal ids by external id, one query for many. */
export async function idsByExternalId(
  suiteQl: SuiteQl,
  table: 'customer' | 'projecttask',
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
  table: 'customer' | 'projecttask',
  externalIds: readonly string[],
  signal?: AbortSignal,
): ExternalIdBook<string> {
  return new ExternalIdBook(externalIds, (ids) => idsByExternalId(suiteQl, table, ids, signal));
}

export interface JobFound {
  id: string;
  billingSchedule?: string;
}

export function jobBook(suiteQl: SuiteQl, externalIds: readonly string[], signal?: AbortSignal): ExternalIdBook<JobFound> {
  return new ExternalIdBook(externalIds, async (ids) => {
    const query = (condition: string) => `SELECT id, externalid, billingschedule FROM job WHERE ${condition} ORDER BY id`;
    const rows = await suiteQl.whereIn('externalid', ids, query, signal);
    return new Map(
      rows.map((row) => [
        column(row, 'externalid'),
        { id: column(row, 'id'), ...(row['billingschedule'] ? { billingSchedule: row['billingschedule'] } : {}) },
      ]),
    );
  });
}

/** Records that every account can read by external id but not every account by SuiteQL. */
export function recordBook(
  api: NetSuiteApi,
  type: RecordType,
  externalIds: readonly string[],
  signal?: AbortSignal,
): ExternalIdBook<string> {
  return new ExternalIdBook(externalIds, async (ids) => {
    const idOf = (externalId: string) => aboutRecord(`${type} ${externalId}`, () => api.idOf(type, externalId, signal));
    const found = await Promise.all(ids.map(async (externalId) => [externalId, await idOf(externalId)] as const));
    return new Map(found.flatMap(([externalId, id]): [string, string][] => (id === undefined ? [] : [[externalId, id]])));
  });
}
