import { inWords, phrase } from '../../model/failure-words.ts';
import type { Json } from '../../model/json.ts';
import type { PollPage, SourceEvent, TimePollOptions } from '../../model/operations.ts';
import { incomplete } from '../http/whole-list.ts';
import { type AssignmentCursor, eventsKeptMs, fromFeed, fromList, parseAssignmentCursor } from './assignment-poll/assignment-cursor.ts';
import { type FeedPage, readFeed } from './assignment-poll/event-feed.ts';
import { releasedIn } from './assignment-poll/released.ts';
import { advance, begunAnew, mostPasses, overlapMs, questionOf } from './records/change-cursor.ts';
import { type AssignmentParts, assignmentEvent, assignmentOf, latestOf } from './records/assignment.ts';
import { readAllocations, readPlaces } from './records/allocations.ts';
import type { CodeDirectory } from './records/code-directory.ts';
import { placed } from './records/placed.ts';
import { chunks, type KantataApi, pageLimit } from './wire.ts';
import { idOf, text } from './wire/envelope.ts';

/**
 * One page of what became of bookings. A booking that is deleted is in no list any more, so what has happened is read from the events; they may come
 * twice and out of order, and each only says which booking to look at: what is told is how it stands now. With a day to start from, and after a pause
 * that is longer than events are kept, the bookings that have changed since are listed first.
 * https://developer.kantata.com/ "Subscribed Events", "Workspace Allocations".
 */
export async function pollAssignments(
  api: KantataApi,
  codes: CodeDirectory,
  stored: Json | undefined,
  options: TimePollOptions,
  signal: AbortSignal,
  moving: Set<string>,
): Promise<PollPage> {
  const known = parseAssignmentCursor(stored);
  if (!known) return begin(api, options.since, signal);
  const size = Math.min(pageLimit, Math.max(2, options.pageSize ?? pageLimit));
  const read = known.list ? readList : readEvents;
  const name = known.list ? 'workspace_allocations' : 'subscribed_events';
  const place = known.list ?? known.feed;
  const at = moving.delete(`${name} ${place.floor}`) ? begunAnew(place) : place;
  const page = await read(api, codes, at, size, signal);
  // by Kantata's clock, which its answer has just told
  const readAt = known.readAt ?? known.feed.floor!;
  if (!known.list && isTooOld(readAt, api))
    return { events: [missed(readAt, api)], cursor: fromList(readAt, now(api)) as Json, more: true };
  const next = advance(at, page, api.serverNow());
  if (next.moved) {
    moving.add(`${name} ${place.floor}`);
    throw incomplete('kantata', name, phrase('LIST_INCOMPLETE.moved', { passes: mostPasses }));
  }
  const listed = known.list && !next.more;
  const cursor: AssignmentCursor = listed
    ? fromFeed(known.feed.floor!)
    : { ...known, [known.list ? 'list' : 'feed']: next.cursor, ...(known.list || next.more ? {} : { readAt: now(api) }) };
  return { events: page.events, cursor: cursor as Json, more: next.more || Boolean(listed) };
}

/** Without a start, a first deploy must not tell the past: it begins at Kantata's own now. The first page shows whether the events may be read. */
async function begin(api: KantataApi, since: string | undefined, signal: AbortSignal): Promise<PollPage> {
  await api.page('subscribed_events', { limit: 1, offset: 0 }, signal);
  const floor = new Date(api.serverNow().getTime() - overlapMs).toISOString();
  return { events: [], cursor: (since === undefined ? fromFeed(floor) : fromList(since, floor)) as Json, more: true };
}

type Page = { events: SourceEvent[]; entries: { id: string; updatedAt: string }[]; count: number };
type Place = Parameters<typeof questionOf>[0];

async function readList(api: KantataApi, codes: CodeDirectory, place: Place, size: number, signal: AbortSignal): Promise<Page> {
  const params = { ...questionOf(place, size), include: 'workspace_resource,workspace,external_references' };
  const envelope = await api.page('workspace_allocations', params, signal);
  const rows = envelope.results.map((row) => ({ row, envelope }));
  const events = await told(api, codes, { rows, feed: { events: [] } }, signal);
  return { events, entries: placed(envelope.results, 'updated_at', place.floor, 'workspace_allocations'), count: envelope.count };
}

async function readEvents(api: KantataApi, codes: CodeDirectory, place: Place, size: number, signal: AbortSignal): Promise<Page> {
  const feed = await readFeed(api, questionOf(place, size, 'created'), signal);
  const rows = await readAllocations(api, feed, signal);
  const events = await told(api, codes, { rows, feed }, signal);
  return { events, entries: placed(feed.rows, 'created_at', place.floor, 'subscribed_events'), count: feed.count };
}

/** How each booking stands that was listed, or that an event is about: booked, or no more. */
async function told(
  api: KantataApi,
  codes: CodeDirectory,
  { rows, feed }: { rows: Awaited<ReturnType<typeof readAllocations>>; feed: Pick<FeedPage, 'events'> },
  signal: AbortSignal,
): Promise<SourceEvent[]> {
  const readAt = api.serverNow();
  const there = new Set(rows.map(({ row }) => idOf(row, 'workspace_allocations')));
  const deleted = feed.events.filter(({ subject, verb, id }) => subject === 'allocation' && verb === 'deleted' && !there.has(id));
  // an event that does not say what was deleted is told as it is: the contract check names what is missing
  const gone = latestOf(deleted).map((event) => ({ event, row: event.before ?? {} }));
  const places = await readPlaces(api, [...rows.map(({ row }) => row), ...gone.map(({ row }) => row)], feed.events, signal);
  const workspaces = [...rows, ...gone].flatMap(({ row }) => text(row, 'workspace_id') ?? []);
  for (const chunk of chunks([...new Set(workspaces)])) await codes.learn(chunk, [], signal);
  const events: SourceEvent[] = [];
  for (const { row, envelope } of rows) {
    const parts: AssignmentParts = {
      row,
      envelope,
      place: places.get(text(row, 'workspace_resource_id') ?? ''),
      api,
      codes,
      events: feed.events,
    };
    const assignment = assignmentOf(parts);
    if (assignment) events.push(assignmentEvent(assignment, readAt));
  }
  for (const { event, row } of gone) {
    const assignment = releasedIn({ event, row, place: places.get(text(row, 'workspace_resource_id') ?? ''), codes });
    if (assignment) events.push(assignmentEvent(assignment, readAt));
  }
  return events;
}

const now = (api: KantataApi) => new Date(api.serverNow().getTime() - overlapMs).toISOString();

const isTooOld = (readAt: string, api: KantataApi) => !(Date.parse(readAt) >= api.serverNow().getTime() - eventsKeptMs);

/** Bookings that were deleted meanwhile are in no list: a person is told for which days that is so. */
function missed(from: string, api: KantataApi): SourceEvent {
  const to = api.serverNow().toISOString();
  const id = `kantata:assignments-missed:${from}`;
  return {
    id,
    source: '/kantata/workspace_allocations',
    type: 'com.psconnect.assignment.missed',
    subject: 'kantata:assignments-missed',
    time: to,
    key: id,
    data: { from, to },
    refused: {
      class: 'contract.drift',
      ...inWords('EVENTS_GONE', { from, to }),
      system: 'kantata',
      record: 'subscribed_events',
      field: 'created_at',
      value: from,
    },
  };
}
