import { createHash } from 'node:crypto';
import { canonicalJson, type Json, type JsonObject } from '../../../model/json.ts';
import type { SourceEvent } from '../../../model/operations.ts';
import type { FeedEvent } from '../assignment-poll/event-feed.ts';
import { noted } from '../staffing-request/allocation-notes.ts';
import type { KantataApi } from '../wire.ts';
import { type Envelope, type Row, text } from '../wire/envelope.ts';
import type { CodeDirectory } from './code-directory.ts';
import { referenceOf } from './external-reference.ts';
import { utc } from './time-entry.ts';

/** A resource of a project: a person there, or a placeholder, which has no user. */
export interface Place {
  userId?: string;
  user?: Row | undefined;
  role?: string;
  /** when its own record was last changed: who is booked is said there, not on the booking */
  changedAt?: string;
  title?: string | undefined;
}

export interface AssignmentParts {
  row: Row;
  envelope: Envelope;
  place: Place | undefined;
  api: KantataApi;
  codes: CodeDirectory;
  events: readonly FeedEvent[];
}

export const assignmentKey = (id: string) => `kantata:${id}`;

/**
 * A booking as it stands. One of a placeholder is demand, and told only when a person has just been taken out of the place: as released. Where Kantata
 * does not show whose place it is, the contract check says that the person is missing.
 */
export function assignmentOf({ row, envelope, place, api, codes, events }: AssignmentParts): JsonObject | undefined {
  const of = { row, place, codes, ...demandOf(api, envelope, row) };
  if (!place) return canonicalAssignment({ ...of, status: 'changed' });
  const about = events.filter(({ subject, id }) => subject === 'resource' && id === text(row, 'workspace_resource_id'));
  if (place.userId) return canonicalAssignment({ ...of, status: isNew(row, place, about) ? 'assigned' : 'changed' });
  const left = latestOf(about.filter(({ before, after }) => text(before, 'user_id') && !text(after, 'user_id')))[0];
  const userId = text(left?.before, 'user_id');
  if (!userId) return undefined;
  return canonicalAssignment({ ...of, place: { ...place, userId }, status: 'released' });
}

/** Booked a moment ago, or by a place that has just got its person; not where it was another's before. */
function isNew(row: Row, { userId, changedAt }: Place, about: readonly FeedEvent[]): boolean {
  const [named] = latestOf(about.filter(({ before }) => before && text(before, 'user_id') !== userId));
  if (named) return text(named.before, 'user_id') === undefined;
  const made = utc(text(row, 'created_at'));
  return made !== undefined && made === utc(text(row, 'updated_at')) && (changedAt ?? made) <= made;
}

function demandOf(api: KantataApi, envelope: Envelope, row: Row): { demand?: string } {
  const reference = referenceOf(api, envelope, row);
  return reference?.model === 'allocation' ? { demand: reference.ref } : {};
}

interface Canonical {
  row: Row;
  place: Place | undefined;
  codes: CodeDirectory;
  status: 'assigned' | 'changed' | 'released';
  demand?: string;
  /** when it came to stand so, where its own row does not say */
  at?: string | undefined;
}

/**
 * A booking as canonical `assignment`, version 1. A value that has not the form it should have is passed on as it is, so that the contract check names
 * it and one broken booking does not stop the source. https://developer.kantata.com/ "Workspace Allocations".
 */
export function canonicalAssignment({ row, place, codes, status, demand, at }: Canonical): JsonObject {
  const id = text(row, 'id') ?? '';
  const workspaceId = text(row, 'workspace_id');
  const email = text(place?.user, 'email_address');
  const name = text(place?.user, 'full_name');
  const code = codes.projectCode(workspaceId, place?.title === undefined ? undefined : { title: place.title });
  const phase = noted(text(row, 'notes'), 'Phase');
  const updatedAt = at ?? latest(utc(text(row, 'updated_at')), place?.changedAt);
  const content: JsonObject = {
    resource: { id: place?.userId ?? '', ...(email ? { email } : {}), ...(name ? { name } : {}) },
    ...(place?.role ? { role: place.role } : {}),
    project: { id: workspaceId ?? '', ...(code ? { code } : {}) },
    ...(phase ? { phase } : {}),
    ...(demand ? { demand } : {}),
    start: asJson(row['start_date']),
    end: asJson(row['end_date']),
    minutes: asJson(row['minutes']),
    // whether it is certain must be said: what is neither true nor false is passed on for the contract check to name
    booking: row['hard'] === true ? 'hard' : row['hard'] === false ? 'soft' : asJson(row['hard']),
  };
  return {
    id: assignmentKey(id),
    source: { system: 'kantata', id },
    ...content,
    status,
    version: versionOf(content, workspaceId, status === 'released'),
    ...(updatedAt ? { sourceUpdatedAt: updatedAt } : {}),
  };
}

/** Changes with what the booking says, and with whether it is one; not with a renamed person, nor with a code that is found a little later. */
function versionOf({ resource, project: _project, ...content }: JsonObject, workspaceId: string | undefined, released: boolean): string {
  const { id } = resource as { id: string };
  const said = [id, workspaceId ?? null, content, released];
  return createHash('sha256').update(canonicalJson(said)).digest('hex').slice(0, 16);
}

/** Its versions are ordered by Kantata's own time, so that what is changed and changed back is two events. */
export function assignmentEvent(assignment: JsonObject, readAt: Date): SourceEvent {
  const key = String(assignment['id']);
  const content = String(assignment['version']);
  const at = typeof assignment['sourceUpdatedAt'] === 'string' ? assignment['sourceUpdatedAt'] : undefined;
  return {
    id: [key, ...(at ? [at] : []), content].join(':'),
    source: '/kantata/workspace_allocations',
    type: `com.psconnect.assignment.${String(assignment['status'])}`,
    subject: key,
    time: at ?? readAt.toISOString(),
    key,
    ...(at ? { version: { record: key, at, content } } : {}),
    data: assignment,
  };
}

/** Of the events of each subject the one that happened last, whatever the order they came in. */
export function latestOf(events: readonly FeedEvent[]): FeedEvent[] {
  const newest = new Map<string, FeedEvent>();
  for (const event of events) {
    const known = newest.get(event.id);
    if (!known || (event.at ?? '') >= (known.at ?? '')) newest.set(event.id, event);
  }
  return [...newest.values()];
}

function latest(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one > other ? one : other;
}

const asJson = (value: unknown): Json => (value ?? null) as Json;
