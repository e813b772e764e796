import { isObject, type Received } from './body.ts';
import type { Call, Resource } from './resource.ts';
import type { Json, Row } from './state.ts';

/** `custom_fields: [{custom_field_id, value}]` of a write becomes rows of `/custom_field_values`. */
export function writeCustomFields(call: Call, resource: Resource, row: Row, received: Received): void {
  const fields = received['custom_fields'];
  if (!Array.isArray(fields)) return;
  for (const field of fields) {
    if (isObject(field) && field['custom_field_id'] !== undefined) {
      setCustomField(call, resource.singular, row.id, String(field['custom_field_id']), field['value'] ?? null);
    }
  }
}

/** One value per field and subject. */
export function setCustomField(call: Call, subjectType: string, subjectId: string, fieldId: string, value: Json): Row | undefined {
  const { store, now } = call;
  const field = store.find('custom_fields', fieldId);
  if (!field) return undefined;
  const stored = {
    value: (typeof value === 'object' ? JSON.stringify(value) : value === null ? null : String(value)) as Json,
    setter_id: call.caller.userId,
    updated_at: now,
  };
  const known = store
    .where('custom_field_values', 'subject_id', Number(subjectId))
    .find((other) => other['subject_type'] === subjectType && other['custom_field_id'] === fieldId);
  if (known) return store.change('custom_field_values', known, stored);
  return store.insert('custom_field_values', {
    id: store.newId(),
    created_at: now,
    subject_type: subjectType,
    subject_id: Number(subjectId),
    custom_field_id: fieldId,
    ...stored,
  });
}
