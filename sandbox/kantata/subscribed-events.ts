import { toStored } from './account-time.ts';
import type { Call, Resource } from './resource.ts';
import type { Json, Row } from './state.ts';

const COLLECTION = 'subscribed_events';
export const RETENTION_DAYS = 9;

/**
 * Adds to the feed of `GET /subscribed_events`, https://developer.kantata.com/ "Subscribed Events": events can come twice and out of
 * order, and `created_at` can be later than `subject_changed_at`. A held event is written after its successor, or when the feed is read,
 * so that none is ever missing. Which ones are held or doubled follows from the seed alone.
 */
export function emit(call: Call, resource: Resource, what: string, row: Row, previous?: Row): void {
  if (!resource.event) return;
  const { feed } = call.store.state;
  const event: Row = {
    id: '',
    created_at: call.now,
    updated_at: call.now,
    event_type: `${resource.event}:${what}`,
    account_id: Number(call.store.state.account.id),
    user_id: call.caller.userId,
    subject_id: Number(row.id),
    subject_type: resource.subjectType,
    subject_changed_at: call.now,
    previous_payload: previous && what !== 'created' ? payload(previous) : null,
    current_payload: what === 'deleted' ? null : payload(row),
    payload_changes: changes(what === 'created' ? undefined : previous, what === 'deleted' ? undefined : row),
  };
  const roll = random(feed.seed, feed.written++);
  if (roll < feed.swaps && feed.held.length === 0) {
    feed.held.push(event);
    return;
  }
  append(call, event);
  if (roll > 1 - feed.duplicates) feed.held.push(structuredClone(event));
  else release(call);
}

/** Writes what is held back; the reader must find every event that happened before it asked. */
export function release(call: Call): void {
  const { held } = call.store.state.feed;
  for (const event of held.splice(0)) append(call, event);
}

/** Events older than nine days are gone. */
export function retained(row: Row, call: Call): boolean {
  return row.created_at > toStored(new Date(call.sim.clock.now().getTime() - RETENTION_DAYS * 86400000));
}

function append(call: Call, event: Row): void {
  call.store.insert(COLLECTION, { ...event, id: call.store.newId(), created_at: call.now, updated_at: call.now });
  const oldest = call.store.table(COLLECTION).ordered('created_at')[0];
  if (oldest && !retained(oldest, call)) call.store.remove(COLLECTION, oldest);
}

function payload(row: Row): Json {
  return structuredClone(row) as Json;
}

/** attribute → [before, after] */
function changes(previous: Row | undefined, current: Row | undefined): Json {
  const changed: Record<string, Json> = {};
  for (const name of new Set([...Object.keys(previous ?? {}), ...Object.keys(current ?? {})])) {
    const pair: Json = [previous?.[name] ?? null, current?.[name] ?? null];
    if (JSON.stringify(pair[0]) !== JSON.stringify(pair[1])) changed[name] = pair;
  }
  return changed;
}

/** mulberry32 of seed and number: the same feed in every run */
function random(seed: number, index: number): number {
  let value = (seed * 0x9e3779b1 + index * 0x85ebca6b + 0x6d2b79f5) | 0;
  value = Math.imul(value ^ (value >>> 15), value | 1);
  value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
  return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
}
