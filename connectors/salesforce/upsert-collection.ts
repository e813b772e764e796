import { Failure } from '../../model/failure.ts';
import type { JsonObject } from '../../model/json.ts';
import type { OperationContext } from '../../model/operations.ts';
import { isObject, objectsIn, textIn } from './answer-shape.ts';
import { errorsIn, failureOf } from './errors.ts';
import type { SalesforceRest } from './rest.ts';
import { valueSent } from './upsert-one.ts';
import { groupKey, requestOf, type UpsertResult, type UpsertRow, type UpsertTarget } from './upsert-request.ts';

/** Records of one collections call: https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobjects_collections_upsert.htm */
export const largestCollection = 200;

type StoredRow = { id?: string; created?: boolean; errors?: JsonObject[] };

export interface GroupOutcome {
  results: UpsertResult[];
  /** false when the results were remembered from an earlier delivery: what was refused then may pass now */
  fresh: boolean;
}

/** Writes up to 200 records in one call that lets the good ones pass. Sending it again is harmless: each record is found by its external id. */
export async function upsertCollection(
  rest: SalesforceRest,
  target: UpsertTarget,
  rows: UpsertRow[],
  context: OperationContext,
): Promise<GroupOutcome> {
  let fresh = false;
  const stored = await context.effects.write<StoredRow[]>({
    key: groupKey(target, rows, 'collection'),
    title: `${rows.length} × ${target.sobject} in Salesforce`,
    request: requestOf(rows, target),
    undo: { sobject: target.sobject },
    settle: 'repeat',
    send: async () => {
      fresh = true;
      return send(rest, target, rows, context.signal);
    },
  });
  return { fresh, results: rows.map((row, index) => resultOf(target, row, stored[index])) };
}

async function send(rest: SalesforceRest, target: UpsertTarget, rows: UpsertRow[], signal: AbortSignal): Promise<StoredRow[]> {
  const key = target.byId ? 'id' : target.externalIdField;
  const answer = await rest.request({
    method: 'PATCH',
    path: target.byId ? 'composite/sobjects' : `composite/sobjects/${target.sobject}/${target.externalIdField}`,
    body: { allOrNone: false, records: rows.map((row) => ({ attributes: { type: target.sobject }, ...row.fields, [key]: row.key })) },
    signal,
  });
  return objectsIn(answer.body, 'the collection').map((item) => {
    const id = textIn(item['id']);
    if (item['success'] === true) return { ...(id ? { id } : {}), created: item['created'] === true };
    return { errors: Array.isArray(item['errors']) ? item['errors'].filter(isObject) : [] };
  });
}

function resultOf(target: UpsertTarget, row: UpsertRow, stored: StoredRow | undefined): UpsertResult {
  if (stored && !stored.errors) {
    return { key: row.key, ...(stored.id ? { id: stored.id } : target.byId ? { id: row.key } : {}), created: stored.created === true };
  }
  const error = errorsIn(stored?.errors ?? [])[0] ?? { code: 'UNKNOWN_EXCEPTION', message: 'Salesforce gave no reason.', fields: [] };
  const failure = new Failure({ ...failureOf(error), record: `${target.sobject} ${row.key}`, outcome: 'not-made' });
  return { key: row.key, failure: failure.with(valueSent(failure, row)) };
}
