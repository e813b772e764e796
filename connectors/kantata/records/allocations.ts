import type { FeedEvent, FeedPage } from '../assignment-poll/event-feed.ts';
import { deletedPlaces } from '../assignment-poll/event-feed.ts';
import { chunks, type KantataApi, type Params } from '../wire.ts';
import { type Envelope, idOf, type Row, text } from '../wire/envelope.ts';
import type { Place } from './assignment.ts';
import { utc } from './time-entry.ts';

export interface AllocationRow {
  row: Row;
  envelope: Envelope;
}

const include = 'workspace_resource,workspace,external_references';

/** The bookings that events are about, as they stand now: those named, and all of the places that are named. One that is gone is not among them. */
export async function readAllocations(
  api: KantataApi,
  { events }: Pick<FeedPage, 'events'>,
  signal: AbortSignal,
): Promise<AllocationRow[]> {
  const idsOf = (subject: FeedEvent['subject']) => [...new Set(events.flatMap((event) => (event.subject === subject ? event.id : [])))];
  const found = new Map<string, AllocationRow>();
  const read = async (params: Params) => {
    for await (const envelope of api.pages('workspace_allocations', { ...params, include, order: 'updated_at:asc' }, signal))
      for (const row of envelope.results) found.set(idOf(row, 'workspace_allocations'), { row, envelope });
  };
  for (const chunk of chunks(idsOf('allocation'))) await read({ only: chunk.join(',') });
  for (const chunk of chunks(idsOf('resource'))) await read({ workspace_resource_ids: chunk.join(',') });
  return [...found.values()];
}

/** The places in projects that bookings are of, by id, with who stands in them; of one that is gone, as the event of its deletion says it was. */
export async function readPlaces(
  api: KantataApi,
  allocations: readonly Row[],
  events: readonly FeedEvent[],
  signal: AbortSignal,
): Promise<Map<string, Place>> {
  const wanted = [...new Set(allocations.flatMap((row) => text(row, 'workspace_resource_id') ?? []))];
  const places = new Map<string, Place>();
  for (const chunk of chunks(wanted)) {
    const params = { only: chunk.join(','), include: 'user,role,workspace', include_unnamed: true };
    for await (const envelope of api.pages('workspace_resources', params, signal))
      for (const row of envelope.results) places.set(idOf(row, 'workspace_resources'), placeOf(row, envelope));
  }
  const gone = wanted.filter((id) => !places.has(id));
  const known = events.filter(({ subject, verb }) => subject === 'resource' && verb === 'deleted');
  const unknown = gone.filter((id) => !known.some((event) => event.id === id));
  for (const chunk of chunks(unknown, 50)) known.push(...(await deletedPlaces(api, chunk, signal)));
  for (const { id, before } of known) if (before && gone.includes(id)) places.set(id, placeOf(before));
  await namePeople(api, places, signal);
  return places;
}

function placeOf(row: Row, envelope?: Envelope): Place {
  const userId = text(row, 'user_id');
  const changedAt = utc(text(row, 'updated_at'));
  const role = text(row, 'role_name') ?? text(envelope?.row('roles', text(row, 'role_id')), 'name');
  return {
    ...(userId ? { userId, user: envelope?.row('users', userId) } : {}),
    ...(role ? { role } : {}),
    ...(changedAt && envelope ? { changedAt } : {}),
    title: text(row, 'workspace_title'),
  };
}

/** The event of a deletion says who it was by id alone. */
async function namePeople(api: KantataApi, places: ReadonlyMap<string, Place>, signal: AbortSignal): Promise<void> {
  const unnamed = [...places.values()].filter(({ userId, user }) => userId && !user);
  for (const chunk of chunks([...new Set(unnamed.map(({ userId }) => userId!))])) {
    for await (const { results } of api.pages('users', { only: chunk.join(',') }, signal)) {
      for (const user of results) for (const place of unnamed) if (place.userId === text(user, 'id')) place.user = user;
    }
  }
}
