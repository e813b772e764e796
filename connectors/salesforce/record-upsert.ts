import { Failure } from '../../model/failure.ts';
import type { OperationContext, UpsertRequest, UpsertResult } from '../../model/operations.ts';
import type { Descriptions } from '../salesforce-platform/query/describe.ts';
import type { SalesforceRest } from '../salesforce-platform/wire.ts';
import type { BulkPorts } from '../salesforce-platform/bulk/bulk-job.ts';
import { bulkFrom, rowsPerJob, upsertBulk } from '../salesforce-platform/bulk/upsert-bulk.ts';
import { type GroupOutcome, largestCollection, upsertCollection } from '../salesforce-platform/write/upsert-collection.ts';
import { upsertOne } from '../salesforce-platform/write/upsert-one.ts';
import {
  hasKeysAlike,
  recordOf,
  refusesRecord,
  rowsOf,
  targetOf,
  type UpsertRow,
  type UpsertTarget,
} from '../salesforce-platform/write/upsert-request.ts';

export interface UpsertPorts extends BulkPorts {
  descriptions: Descriptions;
}

/** Whether the external id is the same whatever its case: so it is unless the org says that case counts. */
async function foldsCase({ sobject, externalIdField }: UpsertTarget, descriptions: Descriptions, signal: AbortSignal): Promise<boolean> {
  const { fields } = await descriptions.of(sobject, signal);
  return !fields.some(({ name, caseSensitive }) => caseSensitive && name.toLowerCase() === externalIdField.toLowerCase());
}

/**
 * Writes records by external id in the way that suits their number: one call for one, collections of 200, Bulk API 2.0 above 2,000.
 * A record that is refused says so in its result and stops nobody else. What would work at another time is thrown, after everything
 * else was tried: the next delivery goes on with what is left.
 */
export async function upsertRecords(
  rest: SalesforceRest,
  request: UpsertRequest,
  context: OperationContext,
  { descriptions, ...ports }: UpsertPorts,
): Promise<UpsertResult[]> {
  const target = targetOf(request);
  const rows = rowsOf(request, target, hasKeysAlike(request, target) && (await foldsCase(target, descriptions, context.signal)));
  const sound = rows.filter((row): row is UpsertRow => !Failure.is(row));
  const made = new Map<string, UpsertResult>();
  const troubles: unknown[] = [];
  for (const group of groupsOf(sound, sound.length >= bulkFrom ? rowsPerJob : largestCollection)) {
    try {
      for (const result of await upsertGroup(rest, target, group, context, ports)) made.set(result.key, result);
    } catch (error) {
      troubles.push(error);
      if (context.signal.aborted) break;
    }
  }
  if (troubles.length > 0) throw troubles[0];
  return rows.map((row, index) => {
    if (!Failure.is(row)) return made.get(row.key) as UpsertResult;
    return { key: row.value ?? `record ${index + 1}`, failure: row };
  });
}

/** The same records always fall into the same groups, so that a later delivery finds its effects. */
function groupsOf(rows: UpsertRow[], size: number): UpsertRow[][] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, at) => rows.slice(at * size, (at + 1) * size));
}

async function upsertGroup(
  rest: SalesforceRest,
  target: UpsertTarget,
  rows: UpsertRow[],
  context: OperationContext,
  ports: BulkPorts,
): Promise<UpsertResult[]> {
  if (rows.length === 1) return [await alone(rest, target, rows[0] as UpsertRow, context)];
  let group: GroupOutcome;
  const bulk = rows.length > largestCollection;
  try {
    group = await (bulk ? upsertBulk(rest, target, rows, context, ports) : upsertCollection(rest, target, rows, context));
  } catch (error) {
    if (!Failure.is(error) || !refusesRecord(error)) throw error;
    return rows.map((row) => ({ key: row.key, failure: error.with({ record: recordOf(target, row) }) }));
  }
  // to send each alone at once would only add to the rush; the next delivery goes on with what is left
  const passing = group.fresh ? group.results.find(({ failure }) => failure && passesElsewhere(failure)) : undefined;
  if (passing?.failure) throw passing.failure;
  const open = rows.filter(({ key }, at) => group.changed?.has(key) || !isFinal(group.results[at] as UpsertResult, group.fresh));
  if (open.length === 0) return group.results;
  // what a job left open goes into collections, what a collection left open goes alone
  const smaller = bulk ? groupsOf(open, largestCollection) : open.map((row) => [row]);
  const settled = await Promise.allSettled(smaller.map((part) => upsertGroup(rest, target, part, context, ports)));
  const trouble = settled.find((outcome) => outcome.status === 'rejected');
  if (trouble) throw trouble.reason;
  const retried = settled.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []));
  const byKey = new Map(retried.map((result) => [result.key, result]));
  return group.results.map((result) => byKey.get(result.key) ?? result);
}

/** The system as a whole, not the record, has to wait: throttled, in maintenance, its quota used up. */
function passesElsewhere({ class: failureClass }: Failure): boolean {
  return /^(transient|quota|auth)\./.test(failureClass) && failureClass !== 'transient.locked' && failureClass !== 'auth.denied';
}

/** A refusal just received stands; one remembered from an earlier delivery, or a record that was merely locked, is tried again. */
function isFinal(result: UpsertResult, fresh: boolean): boolean {
  return !result.failure || (fresh && !result.failure.class.startsWith('transient.'));
}

async function alone(rest: SalesforceRest, target: UpsertTarget, row: UpsertRow, context: OperationContext): Promise<UpsertResult> {
  try {
    return await upsertOne(rest, target, row, context);
  } catch (error) {
    if (Failure.is(error) && refusesRecord(error)) return { key: row.key, failure: error };
    throw error;
  }
}
