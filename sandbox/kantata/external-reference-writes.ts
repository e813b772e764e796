import { isObject, type Received } from './body.ts';
import { type ErrorItem, invalid } from './errors.ts';
import type { Call, Resource } from './resource.ts';
import type { Json, Row } from './state.ts';

const TEXTS = ['service_name', 'service_model', 'service_model_ref', 'status', 'external_message', 'external_link', 'external_status'];
const NEEDED = ['service_name', 'service_model', 'service_model_ref'];
const STATUSES = ['pending', 'successful', 'failed'];

/** Errors of the `external_reference` object that a write carries. */
export function checkReference(value: Json | undefined): ErrorItem[] {
  if (value === undefined || value === null) return [];
  if (!isObject(value)) return [invalid('external_reference', 'External reference is invalid')];
  const missing = NEEDED.filter((name) => blank(value[name]));
  const errors = missing.map((name) =>
    invalid(`external_reference.${name}`, `External reference ${name.replaceAll('_', ' ')} can't be blank`),
  );
  if (!blank(value['status']) && !STATUSES.includes(String(value['status']))) {
    errors.push(invalid('external_reference.status', 'External reference status is not included in the list'));
  }
  return errors;
}

/** One object has at most one reference per `service_name`: a second write with that name changes the first. */
export function writeReference(call: Call, subjectType: string, subjectId: string, value: Received): { row: Row; created: boolean } {
  const known = call.store.references(subjectType, subjectId).find((row) => row['service_name'] === value['service_name']);
  const patch: Record<string, Json> = { updated_at: call.now, last_synced_at: call.now };
  for (const name of TEXTS) if (value[name] !== undefined) patch[name] = value[name] === null ? null : String(value[name]);
  if (value['locked'] !== undefined) patch['locked'] = value['locked'] === true || value['locked'] === 'true';
  if (known) return { row: call.store.change('external_references', known, patch), created: false };
  const row: Row = {
    id: call.store.newId(),
    created_at: call.now,
    updated_at: call.now,
    subject_type: subjectType,
    subject_id: Number(subjectId),
    status: 'pending',
    locked: false,
    ...patch,
  };
  return { row: call.store.insert('external_references', row), created: true };
}

/** The business id that a write carries: the journal's key. */
export function referenceKey(received: Received): string | undefined {
  const value = received['external_reference'];
  return isObject(value) && !blank(value['service_model_ref']) ? String(value['service_model_ref']) : undefined;
}

/** References of an object go with it. */
export function dropReferences(call: Call, resource: Resource, row: Row): void {
  const type = resource.referenceType ?? resource.subjectType;
  for (const reference of call.store.references(type, row.id)) call.store.remove('external_references', reference);
}

const blank = (value: Json | undefined): boolean => value === undefined || value === null || value === '';
