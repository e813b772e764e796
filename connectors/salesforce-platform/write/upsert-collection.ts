import { Failure } from '../../../model/failure.ts';
import { phrase } from '../../../model/failure-words.ts';
import type { Json } from '../../../model/json.ts';
import type { NeededResult } from '../../../model/needed-result.ts';
import type { OperationContext, UpsertResult } from '../../../model/operations.ts';
import { incomplete, objectsIn, ofWrite, textIn, unexpected } from '../wire/answer-shape.ts';
import { askedFor } from '../wire/asked-for.ts';
import { noReason } from '../errors/error-meaning.ts';
import { errorsIn, refusalOf } from '../errors.ts';
import type { SalesforceRest } from '../wire.ts';
import {
  contentHash,
  createdBy,
  groupKey,
  recordOf,
  requestOf,
  type UpsertRow,
  type UpsertTarget,
  unlessOvertakenInKey,
  valueSent,
} from './upsert-request.ts';

/** Records of one collections call: https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobjects_collections_upsert.htm */
export const largestCollection = 200;

/** `created` is absent where it is not known; `content`: mark of what was sent */
type StoredRow = { id?: string; created?: boolean; errors?: Json[]; content?: string };

/** So many rows: a result is of the record in its place. */
const eachOf = (rows: number): NeededResult => ({
  what: phrase('NEEDED.salesforce-each', { rows }),
  isIn: (result) => Array.isArray(result) && result.length === rows && result.every((row) => typeof row === 'object' && row !== null),
});

export interface GroupOutcome {
  results: UpsertResult[];
  /** false when the results were remembered from an earlier delivery: what was refused then may pass now */
  fresh: boolean;
  /** keys of records of which something else was sent then: the event was corrected meanwhile */
  changed?: ReadonlySet<string>;
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
    needs: eachOf(rows.length),
    key: groupKey(target, rows, 'collection'),
    title: phrase('WRITE.salesforce-several', { count: rows.length, sobject: target.sobject }),
    request: requestOf(rows, target),
    undo: { sobject: target.sobject },
    settle: 'repeat',
    send: async (attempt) => {
      fresh = true;
      const made = await sendCollection(rest, target, rows, attempt?.again, context.signal);
      return made.map((row, index) => ({ ...row, content: contentHash(rows[index]!.fields) }));
    },
  });
  const changed = rows.filter(({ fields }, index) => (stored[index]?.content ?? contentHash(fields)) !== contentHash(fields));
  return {
    fresh,
    results: rows.map((row, index) => resultOf(target, row, stored[index])),
    changed: new Set(changed.map(({ key }) => key)),
  };
}

/** What became of each row, in order. An answer that does not say it of each puts them all in doubt. */
export async function sendCollection(
  rest: SalesforceRest,
  target: UpsertTarget,
  rows: UpsertRow[],
  again: boolean | undefined,
  signal: AbortSignal,
): Promise<StoredRow[]> {
  const key = target.byId ? 'id' : target.externalIdField;
  const answer = await rest.request({
    method: 'PATCH',
    path: target.byId ? 'composite/sobjects' : `composite/sobjects/${target.sobject}/${target.externalIdField}`,
    body: { allOrNone: false, records: rows.map((row) => ({ attributes: { type: target.sobject }, ...row.fields, [key]: row.key })) },
    signal,
  });
  return ofWrite(() => {
    const items = objectsIn(answer.body, askedFor.collection);
    if (items.length !== rows.length) {
      throw incomplete(askedFor.collection, phrase('ANSWER_INCOMPLETE.tells-of-some', { told: items.length, total: rows.length }));
    }
    return items.map((item): StoredRow => {
      const id = textIn(item['id']);
      if (item['success'] === true && id) return { id, ...createdBy(item['created'], target, again) };
      if (item['success'] !== false) throw unexpected(askedFor.collection, phrase('ANSWER_SHAPE.list-of-outcomes'), item);
      return { errors: [item['errors'] ?? []].flat() };
    });
  });
}

export function resultOf(target: UpsertTarget, row: UpsertRow, stored: StoredRow | undefined): UpsertResult {
  if (stored && !stored.errors) {
    const { id, created } = stored;
    return { key: row.key, ...(id ? { id } : {}), ...(created === undefined ? {} : { created }) };
  }
  const [first = noReason(), ...others] = errorsIn(stored?.errors ?? []);
  const failure = new Failure({ ...refusalOf([first, ...others]), record: recordOf(target, row), outcome: 'not-made' });
  return { key: row.key, failure: unlessOvertakenInKey(failure, target).with(valueSent(failure, row)) };
}
