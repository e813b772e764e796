import { isObject, type Received } from './body.ts';
import { coerce, NOT_VALID } from './coerce.ts';
import { writeCustomFields } from './custom-field-writes.ts';
import { ApiError, badRequest, type ErrorItem, forbidden, invalid, unprocessable } from './errors.ts';
import { checkReference, dropReferences, referenceKey, writeReference } from './external-reference-writes.ts';
import { writable } from './listing.ts';
import type { AttributeType, Call, Resource, Write } from './resource.ts';
import type { Json, Row } from './state.ts';
import { emit } from './subscribed-events.ts';

/**
 * Creates one or many. Kantata has no idempotency key: the same body twice makes two records.
 * A bulk create is all or nothing (unverified; the vendor says so only of the bulk delete).
 */
export function create(call: Call, resource: Resource, records: Received[], bulk: boolean): Row[] {
  mayWrite(call, resource);
  if (bulk && !resource.bulk) throw badRequest(`${resource.collection} cannot be created in bulk`);
  if (records.length === 0) throw badRequest(`${resource.collection} is empty`);
  if (records.length > (resource.bulk ?? 1)) throw badRequest(`You can create up to ${resource.bulk ?? 1} ${resource.collection} at once`);
  const writes = records.map((received) => checked(call, resource, received, undefined));
  refuseIfInvalid(call, resource, writes);
  return writes.map((write) => {
    const row: Row = { id: call.store.newId(), created_at: call.now, updated_at: call.now, ...write.change };
    call.store.insert(resource.collection, row);
    finish(resource, write, row, undefined);
    return row;
  });
}

export function update(call: Call, resource: Resource, id: string, received: Received): Row {
  mayWrite(call, resource);
  const row = writable(call, resource, id);
  const write = checked(call, resource, received, row);
  refuseIfInvalid(call, resource, [write]);
  const previous = structuredClone(row);
  const changed = Object.entries(write.change).some(([name, value]) => JSON.stringify(row[name] ?? null) !== JSON.stringify(value));
  if (changed) call.store.change(resource.collection, row, { ...write.change, updated_at: call.now });
  finish(resource, write, row, previous, changed);
  return row;
}

/** All rows or none; a row that must be kept fails the whole request. */
export function destroy(call: Call, resource: Resource, ids: string[]): void {
  mayWrite(call, resource);
  const rows = ids.map((id) => writable(call, resource, id));
  const errors = rows.flatMap((row) => [...(resource.keep?.(row, call) ?? []), ...(faultErrors(call, resource, row, row.id) ?? [])]);
  if (errors.length > 0) {
    for (const row of rows) journal(call, resource, 422, 'refused', row.id);
    throw unprocessable(errors);
  }
  for (const row of rows) {
    const previous = structuredClone(row);
    call.store.remove(resource.collection, row);
    dropReferences(call, resource, row);
    resource.removed?.(row, call);
    emit(call, resource, 'deleted', row, previous);
    journal(call, resource, 204, 'deleted', row.id);
  }
}

export function mayWrite(call: Call, resource: Resource): void {
  if (call.caller.administrator) return;
  if (!resource.ownWrites || resource.administratorsOnly) throw forbidden();
}

/** Journals the write of one record. */
export function journal(
  call: Call,
  resource: Resource,
  status: number,
  outcome: 'created' | 'updated' | 'deleted' | 'unchanged' | 'refused',
  id: string | undefined,
  body?: Received,
  key = body && referenceKey(body),
): void {
  call.sim.record(call.request, {
    status,
    outcome,
    type: resource.collection,
    ...(id === undefined ? {} : { id }),
    ...(key === undefined ? {} : { key }),
    ...(body === undefined ? {} : { body }),
  });
}

/** Errors of a `refuseRecord` fault that names this record; a status of 400 or more in the fault answers with its whole body. */
export function faultErrors(call: Call, resource: Resource, record: Received | Row, id?: string): ErrorItem[] | undefined {
  const fault = call.sim.refusal(call.request, record);
  if (!fault) return undefined;
  const body = fault.body;
  const errors = isObject(body) && Array.isArray(body['errors']) ? body['errors'] : body === undefined ? [] : [body];
  const items = (errors as Json[]).map((error): ErrorItem =>
    isObject(error)
      ? { type: 'validation', message: 'Refused', ...error }
      : { type: 'validation', message: typeof error === 'string' ? error : JSON.stringify(error) },
  );
  if (items.length === 0) items.push(invalid('base', 'The record was refused'));
  if (fault.status !== undefined && fault.status !== 422) {
    journal(call, resource, fault.status, 'refused', id, record as Received);
    throw new ApiError(fault.status, items);
  }
  return items;
}

function checked(call: Call, resource: Resource, received: Received, existing: Row | undefined): Write {
  const change: Record<string, Json> = {};
  const errors: ErrorItem[] = [];
  const write: Write = {
    call,
    received,
    existing,
    change,
    errors,
    value: (name) => change[name] ?? (name in change ? null : existing?.[name]),
  };
  for (const name of (existing ? resource.update : resource.create) ?? []) {
    const value = received[name];
    const type = typeOf(resource, name);
    // names without a type of their own (`custom_fields`, `creator_role`) are read by hooks; unknown names are ignored, as Rails does
    if (value === undefined || !type) continue;
    const stored = coerce(type, value);
    if (stored === NOT_VALID) errors.push(invalid(name, `${label(name)} is invalid`));
    else change[name] = stored;
  }
  resource.prepare?.(write);
  for (const [name, message] of Object.entries(resource.required ?? {})) {
    if (errors.some((error) => error.field === name) || (existing && !(name in change))) continue;
    const value = name in change || existing ? write.value(name) : received[name];
    if (value === undefined || value === null || value === '') errors.push(invalid(name, message));
  }
  errors.push(...checkReference(received['external_reference']));
  resource.validate?.(write);
  if (errors.length === 0) errors.push(...(faultErrors(call, resource, received, existing?.id) ?? []));
  return write;
}

function typeOf(resource: Resource, name: string): AttributeType | undefined {
  const attribute = resource.attributes[name];
  if (attribute) return attribute.compute ? undefined : attribute.type;
  const association = Object.values(resource.associations).find((candidate) => candidate.key === name && !candidate.ids);
  return association ? (association.many ? 'ids' : 'id') : undefined;
}

function refuseIfInvalid(call: Call, resource: Resource, writes: Write[]): void {
  const errors = writes.flatMap((write) => write.errors);
  if (errors.length === 0) return;
  for (const write of writes) journal(call, resource, 422, 'refused', write.existing?.id, write.received);
  throw unprocessable(errors);
}

function finish(resource: Resource, write: Write, row: Row, previous: Row | undefined, changed = true): void {
  const { call, received } = write;
  const reference = received['external_reference'];
  if (isObject(reference)) writeReference(call, resource.referenceType ?? resource.subjectType, row.id, reference);
  writeCustomFields(call, resource, row, received);
  resource.after?.(row, write);
  if (!previous) emit(call, resource, 'created', row);
  else if (changed) emit(call, resource, 'updated', row, previous);
  const outcome = !previous ? 'created' : changed || isObject(reference) ? 'updated' : 'unchanged';
  journal(call, resource, 200, outcome, row.id, received);
}

const label = (name: string): string => {
  const text = name.replace(/_id$/, '').replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};
