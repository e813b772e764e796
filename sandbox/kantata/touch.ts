import type { Call, Resource } from './resource.ts';
import type { Json, Row } from './state.ts';
import { emit } from './subscribed-events.ts';

/** Changes a row beside the one that was sent: its `updated_at` moves and its event is emitted, but it is no write of the caller's. */
export function touch(call: Call, resource: Resource, row: Row, patch: Record<string, Json>): void {
  const previous = structuredClone(row);
  call.store.change(resource.collection, row, { ...patch, updated_at: call.now });
  emit(call, resource, 'updated', row, previous);
}

/** Creates a row beside the one that was sent. */
export function add(call: Call, resource: Resource, values: Record<string, Json>): Row {
  const row: Row = { id: call.store.newId(), created_at: call.now, updated_at: call.now, ...values };
  call.store.insert(resource.collection, row);
  emit(call, resource, 'created', row);
  return row;
}
