import { aboutRecord } from './about-record.ts';
import { ExternalIdBook } from './external-id-book.ts';
import { externalIdsOf, keyOfExternalId } from './external-id.ts';
import type { NetSuiteApi, RecordType } from '../wire.ts';
import { column, type Row, type SuiteQl } from '../wire/suiteql.ts';

export interface RecordFound {
  id: string;
  /** the business key of the id as the record has it: NetSuite takes ids that differ in case only for one and the same */
  externalId: string;
}

/** The record that carries exactly this id; one whose id differs in case is another's until a person has looked. */
export function exactly<Found extends RecordFound>(externalId: string, found: Found | undefined): Found | undefined {
  return found?.externalId === externalId ? found : undefined;
}

/**
 * Customers or projects by external id, one query for many. SuiteQL compares text exactly, NetSuite's external ids are equal whatever their
 * case: so a record whose id differs in case only is found too, where none has exactly this id.
 */
export async function recordsByExternalId(
  suiteQl: SuiteQl,
  table: 'customer' | 'job',
  externalIds: readonly string[],
  signal?: AbortSignal,
): Promise<Map<string, RecordFound>> {
  const rows = await suiteQl.whereInAnyCase(
    'externalid',
    externalIds.flatMap(externalIdsOf),
    (condition) => `SELECT id, externalid FROM ${table} WHERE ${condition} ORDER BY id`,
    signal,
  );
  const all = rows.map((row) => ({ id: column(row, 'id'), externalId: keyOfExternalId(column(row, 'externalid')) }));
  const exact = new Map(all.map((record) => [record.externalId, record]));
  const anyCase = new Map(all.map((record) => [record.externalId.toUpperCase(), record]));
  return new Map(
    externalIds.flatMap((id): [string, RecordFound][] => {
      const found = exact.get(id) ?? anyCase.get(id.toUpperCase());
      return found ? [[id, found]] : [];
    }),
  );
}

export function jobBook(suiteQl: SuiteQl, externalIds: readonly string[], signal?: AbortSignal): ExternalIdBook<RecordFound> {
  return new ExternalIdBook(externalIds, (ids) => recordsByExternalId(suiteQl, 'job', ids, signal));
}

/** A project task, with what tells whose it is and what it was planned as. */
export interface TaskFound {
  id: string;
  project?: string;
  parent?: string;
  title?: string;
  /** calendar dates */
  start?: string;
  finishBy?: string;
  /** hours, as decimal text */
  estimatedWork?: string;
  nonBillable: boolean;
  /** `NOTSTART`, `PROGRESS`, `COMPLETE` */
  status?: string;
}

export const taskColumns =
  "id, externalid, project, parent, title, TO_CHAR(startdate, 'YYYY-MM-DD') AS startday, TO_CHAR(finishbydate, 'YYYY-MM-DD') AS finishday, estimatedwork, nonbillabletask, status";

export function taskBook(suiteQl: SuiteQl, externalIds: readonly string[], signal?: AbortSignal): ExternalIdBook<TaskFound> {
  return new ExternalIdBook(externalIds, async (ids) => {
    const query = (condition: string) => `SELECT ${taskColumns} FROM projecttask WHERE ${condition} ORDER BY id`;
    const rows = await suiteQl.whereIn('externalid', ids.flatMap(externalIdsOf), query, signal);
    return new Map(rows.map((row) => [keyOfExternalId(column(row, 'externalid')), taskOf(row)]));
  });
}

/** A task of a row that was asked for by `taskColumns`. */
export function taskOf(row: Row): TaskFound {
  const { project, parent, title, startday: start, finishday: finishBy, estimatedwork, status } = row;
  return {
    id: column(row, 'id'),
    ...(project ? { project } : {}),
    ...(parent ? { parent } : {}),
    ...(title ? { title } : {}),
    ...(start ? { start } : {}),
    ...(finishBy ? { finishBy } : {}),
    ...(estimatedwork ? { estimatedWork: estimatedwork } : {}),
    nonBillable: row['nonbillabletask'] === 'T',
    ...(status ? { status } : {}),
  };
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
