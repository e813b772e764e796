import { Failure } from '../../model/failure.ts';
import type { JsonObject } from '../../model/json.ts';
import type { OperationContext } from '../../model/operations.ts';
import { isObject, objectIn, textIn } from './answer-shape.ts';
import type { SalesforceRest } from './rest.ts';
import { sameValue } from './same-value.ts';
import { contentHash, requestOf, type UpsertResult, type UpsertRow, type UpsertTarget } from './upsert-request.ts';

/** Writes one record by its external id; one that already holds the values is left alone. */
export async function upsertOne(
  rest: SalesforceRest,
  target: UpsertTarget,
  row: UpsertRow,
  context: OperationContext,
): Promise<UpsertResult> {
  const name = `${target.sobject} ${row.key}`;
  const path = `sobjects/${target.sobject}/${target.byId ? '' : `${target.externalIdField}/`}${encodeURIComponent(row.key)}`;
  const named = <T>(answer: Promise<T>): Promise<T> =>
    answer.catch((error: unknown) => {
      throw Failure.from(error).with({ record: name, ...valueSent(error, row) });
    });
  const result = await context.effects.write({
    // with its content: what a run says later about the same record (refused, then provisioned) is a write of its own
    key: `${name} ${contentHash(row.fields)}`,
    title: `${name} in Salesforce`,
    request: requestOf([row], target),
    undo: { sobject: target.sobject },
    settle: 'probe',
    lookFirst: true,
    probe: () => named(asSent(rest, path, row, context.signal)),
    send: () => named(send(rest, target, path, row, context.signal)),
  });
  return { key: row.key, ...result };
}

/** https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_upsert.htm */
async function send(rest: SalesforceRest, target: UpsertTarget, path: string, row: UpsertRow, signal: AbortSignal) {
  const answer = await rest.request({ method: 'PATCH', path, body: row.fields, signal, accept: [300] });
  if (answer.status === 300) throw ambiguous(target, row, answer.body);
  if (target.byId || answer.status === 204) return { ...(target.byId ? { id: row.key } : {}), created: false };
  const body = objectIn(answer.body, 'the upsert');
  return { id: String(body['id']), created: body['created'] === true };
}

/** The record if it exists and holds what would be sent. A reference by external id cannot be read back, so it is sent again: harmless. */
async function asSent(rest: SalesforceRest, path: string, row: UpsertRow, signal: AbortSignal) {
  const names = Object.keys(row.fields);
  if (Object.values(row.fields).some(isObject)) return undefined;
  const answer = await rest.request({ method: 'GET', path, params: { fields: ['Id', ...names].join(',') }, signal, accept: [300, 404] });
  if (answer.status !== 200) return undefined;
  const stored = lowerCased(objectIn(answer.body, 'the record'));
  const same = names.every((field) => sameValue(row.fields[field] ?? null, stored[field.toLowerCase()]));
  const id = textIn(stored['id']);
  return same && id ? { id, created: false } : undefined;
}

/** Field names are not case-sensitive in Salesforce. */
function lowerCased(record: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name.toLowerCase(), value]));
}

function ambiguous(target: UpsertTarget, row: UpsertRow, body: unknown): Failure {
  const count = Array.isArray(body) ? body.length : 'several';
  return new Failure({
    class: 'conflict.duplicate',
    code: 'DUPLICATE_EXTERNAL_ID',
    system: 'salesforce',
    message: `${count} records of ${target.sobject} have ${target.externalIdField} ${row.key}.`,
    field: target.externalIdField,
    value: row.key,
    remedy: 'Keep one of them, and mark the field Unique.',
    status: 300,
    outcome: 'not-made',
  });
}

/** What was sent in the field that Salesforce complains about. */
export function valueSent(error: unknown, row: UpsertRow): { value?: string } {
  const field = Failure.is(error) ? error.field?.toLowerCase() : undefined;
  const name = Object.keys(row.fields).find((candidate) => candidate.toLowerCase() === field);
  const value = name ? row.fields[name] : undefined;
  return value === undefined || value === null || typeof value === 'object' ? {} : { value: String(value).slice(0, 120) };
}
