import { utc } from '../records/time-entry.ts';
import type { KantataApi, Params } from '../wire.ts';
import { isRow, type Row, text } from '../wire/envelope.ts';

/** What has happened to a booking, or to the place in a project that it books. */
export interface FeedEvent {
  subject: 'allocation' | 'resource';
  verb: string;
  /** of the subject */
  id: string;
  /** when it happened; the order in which events are read is another */
  at: string | undefined;
  /** as it was, where the event says it */
  before: Row | undefined;
  after: Row | undefined;
}

export interface FeedPage {
  rows: Row[];
  count: number;
  events: FeedEvent[];
}

const subjects: Readonly<Record<string, FeedEvent['subject']>> = { workspace_allocation: 'allocation', workspace_resource: 'resource' };
const verbs = ['created', 'updated', 'deleted'];
const eventTypes = Object.keys(subjects).flatMap((subject) => verbs.map((verb) => `${subject}:${verb}`));
const optionalFields = 'previous_payload,current_payload';

export async function readFeed(api: KantataApi, question: Params, signal: AbortSignal): Promise<FeedPage> {
  const params = { ...question, event_types: eventTypes.join(','), optional_fields: optionalFields };
  const { results: rows, count } = await api.page('subscribed_events', params, signal);
  return { rows, count, events: rows.flatMap((row) => eventOf(row) ?? []) };
}

/** Whom a place in a project was for when it was deleted: the event of its deletion says so as long as events are kept. */
export async function deletedPlaces(api: KantataApi, ids: readonly string[], signal: AbortSignal): Promise<FeedEvent[]> {
  const found: FeedEvent[] = [];
  const params = { subject_type: 'WorkspaceResource', subject_id: ids.join(','), event_types: 'workspace_resource:deleted' };
  for await (const { results } of api.pages(
    'subscribed_events',
    { ...params, optional_fields: optionalFields, order: 'created_at:asc' },
    signal,
  ))
    found.push(...results.flatMap((row) => eventOf(row) ?? []));
  return found;
}

/** `undefined` for an event of another kind: the filter's own precision is not relied upon. */
function eventOf(row: Row): FeedEvent | undefined {
  const [name = '', verb = ''] = (text(row, 'event_type') ?? '').split(':');
  const subject = Object.hasOwn(subjects, name) ? subjects[name] : undefined;
  const id = text(row, 'subject_id');
  if (!subject || id === undefined || !verbs.includes(verb)) return undefined;
  const part = (attribute: string) => (isRow(row[attribute]) ? row[attribute] : undefined);
  return { subject, verb, id, at: utc(text(row, 'subject_changed_at')), before: part('previous_payload'), after: part('current_payload') };
}
