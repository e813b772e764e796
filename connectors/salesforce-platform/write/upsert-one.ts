import { Failure } from '../../../model/failure.ts';
import { inWords, phrase } from '../../../model/failure-words.ts';
import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import type { OperationContext, UpsertResult } from '../../../model/operations.ts';
import { objectIn, ofWrite, textIn, unexpected } from '../wire/answer-shape.ts';
import { askedFor } from '../wire/asked-for.ts';
import { classify, errorsIn, refusalOf } from '../errors.ts';
import { foreign } from '../errors/own-answer.ts';
import { readRecords } from '../query/query.ts';
import type { SalesforceRest } from '../wire.ts';
import { sameValue } from './same-value.ts';
import { soqlText } from '../query/soql.ts';
import { resultOf, sendCollection } from './upsert-collection.ts';
import {
  contentHash,
  createdBy,
  recordOf,
  refusesRecord,
  requestOf,
  type UpsertRow,
  type UpsertTarget,
  unlessOvertakenInKey,
  valueSent,
} from './upsert-request.ts';

/**
 * A key that arrives in an address as it is. Of others that is not sure: the end of `acme.inc` is taken for a file format, `a/b` for two steps, `..` for a
 * step back. They go in the body of a call for several records, with the same outcome.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_upsert_get.htm
 */
const fitsAddress = (key: string) => /^[\w-]+$/.test(key);
/** Characters of field names in one address */
const longestFields = 6_000;
const notThere = new Set(['NOT_FOUND', 'ENTITY_IS_DELETED', 'INVALID_CROSS_REFERENCE_KEY']);

/** Writes one record by its external id; one that already holds the values is left alone. */
export async function upsertOne(
  rest: SalesforceRest,
  target: UpsertTarget,
  row: UpsertRow,
  context: OperationContext,
  /** what its undoing needs; `null` = nothing is left behind */
  undo: Json = { sobject: target.sobject },
): Promise<UpsertResult> {
  const record = recordOf(target, row);
  const named = <T>(answer: Promise<T>): Promise<T> =>
    answer.catch((error: unknown) => {
      throw unlessOvertakenInKey(Failure.from(error), target).with({ record, ...valueSent(error, row) });
    });
  const result = await context.effects.write({
    // with its content: what a run says later about the same record (refused, then provisioned) is a write of its own
    key: `${target.sobject} ${row.key} ${contentHash(row.told ?? row.fields)}`,
    title: phrase('WRITE.salesforce', { record }),
    request: requestOf([row], target),
    undo,
    settle: 'probe',
    lookFirst: true,
    probe: () => named(asSent(rest, target, row, context.signal)),
    send: (attempt) => named(send(rest, target, row, attempt?.again, context.signal)),
  });
  return { key: row.key, ...result };
}

const addressOf = ({ sobject, externalIdField, byId }: UpsertTarget, { key }: UpsertRow) =>
  `sobjects/${sobject}/${byId ? '' : `${externalIdField}/`}${encodeURIComponent(key)}`;

/** https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_upsert.htm */
async function send(rest: SalesforceRest, target: UpsertTarget, row: UpsertRow, again: boolean | undefined, signal: AbortSignal) {
  if (!fitsAddress(row.key)) {
    const [stored] = await sendCollection(rest, target, [row], again, signal);
    const { failure, key: _key, ...result } = resultOf(target, row, stored);
    if (failure) throw failure;
    return result;
  }
  const call = { method: 'PATCH', path: addressOf(target, row) } as const;
  const headers = row.unmodifiedSince === undefined ? {} : { headers: { 'If-Unmodified-Since': row.unmodifiedSince } };
  const answer = await rest.request({ ...call, ...headers, body: row.fields, signal, accept: [300] });
  if (answer.status === 300) {
    throw Array.isArray(answer.body) ? ambiguous(target, row, answer.body) : new Failure(foreign(answer, { ...call, url: call.path }));
  }
  if (answer.status === 204) return { ...(target.byId ? { id: row.key } : {}), ...createdBy(false, target, again) };
  const body = ofWrite(() => objectIn(answer.body, askedFor.upsert));
  const [error, ...others] = errorsIn(body['errors']);
  if (body['success'] === false && error) throw new Failure({ ...refusalOf([error, ...others]), outcome: 'not-made' });
  const id = textIn(body['id']);
  if (!id || body['success'] === false) {
    throw unexpected(askedFor.upsert, phrase('ANSWER_SHAPE.record-with', { field: 'id' }), answer.body).with({ outcome: 'unknown' });
  }
  return { id, ...createdBy(body['created'] === true || answer.status === 201, target, again) };
}

/**
 * The record if it exists and holds what would be sent; whether this run made it cannot be seen. A reference by external id cannot be read back, so it
 * is sent again: harmless.
 */
async function asSent(rest: SalesforceRest, target: UpsertTarget, row: UpsertRow, signal: AbortSignal) {
  const names = Object.keys(row.fields);
  if (Object.values(row.fields).some(isObject)) return undefined;
  const found = await (fitsAddress(row.key) ? byAddress(rest, target, row, signal) : byQuery(rest, target, row, signal));
  if (!found) return undefined;
  const stored = lowerCased(found);
  const id = textIn(stored['id']);
  const missing = names.find((field) => stored[field.toLowerCase()] === undefined);
  if (!id || missing) throw unexpected(askedFor.record, phrase('ANSWER_SHAPE.record-with', { field: missing ?? 'Id' }), found);
  const same = names.every((field) => sameValue(row.fields[field] ?? null, stored[field.toLowerCase()]));
  return same ? { id, ...(target.byId ? { created: false } : {}) } : undefined;
}

/** Read in parts where an address would be too long; only that Salesforce says so means that it is not there. */
async function byAddress(rest: SalesforceRest, target: UpsertTarget, row: UpsertRow, signal: AbortSignal): Promise<JsonObject | undefined> {
  const found: JsonObject = {};
  for (const fields of parts(['Id', ...Object.keys(row.fields)])) {
    const params = { fields: fields.join(',') };
    const answer = await rest.request({ method: 'GET', path: addressOf(target, row), params, signal, accept: [300, 404] });
    const isAway = answer.status === 404 && errorsIn(answer.body).some(({ code }) => notThere.has(code));
    // several records with this key: the write says so
    if (isAway || (answer.status === 300 && Array.isArray(answer.body))) return undefined;
    if (answer.status !== 200) throw new Failure({ system: 'salesforce', status: answer.status, ...classify(answer) });
    Object.assign(found, objectIn(answer.body, askedFor.record));
  }
  return found;
}

/** A query that is refused proves nothing; the write, which is harmless to repeat, then says what is wrong. */
async function byQuery(rest: SalesforceRest, target: UpsertTarget, row: UpsertRow, signal: AbortSignal): Promise<JsonObject | undefined> {
  const fields = [...new Set(['Id', ...Object.keys(row.fields)])].join(', ');
  const soql = `SELECT ${fields} FROM ${target.sobject} WHERE ${target.externalIdField} = ${soqlText(row.key)} LIMIT 2`;
  try {
    const found = await readRecords(rest, soql, signal);
    return found.length === 1 ? found[0] : undefined;
  } catch (error) {
    if (Failure.is(error) && (refusesRecord(error) || error.class === 'auth.denied')) return undefined;
    throw error;
  }
}

function parts(names: string[]): string[][] {
  const all: string[][] = [];
  let length = longestFields;
  for (const name of new Set(names)) {
    length += name.length + 3;
    if (length > longestFields) {
      all.push([]);
      length = name.length;
    }
    all.at(-1)?.push(name);
  }
  return all;
}

/** Field names are not case-sensitive in Salesforce. */
function lowerCased(record: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name.toLowerCase(), value]));
}

function ambiguous({ sobject, externalIdField }: UpsertTarget, { key }: UpsertRow, { length: count }: unknown[]): Failure {
  return new Failure({
    class: 'conflict.duplicate',
    ...inWords('DUPLICATE_EXTERNAL_ID', { count, sobject, externalIdField, key }),
    system: 'salesforce',
    field: externalIdField,
    value: key,
    status: 300,
    outcome: 'not-made',
  });
}
