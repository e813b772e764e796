import { inWords, phrase } from '../../../model/failure-words.ts';
import type { Json } from '../../../model/json.ts';
import type { PollPage, SourceEvent } from '../../../model/operations.ts';
import { incomplete } from '../../http/whole-list.ts';
import { eventsKeptMs } from '../assignment-poll/assignment-cursor.ts';
import { allProjects } from '../records/approved-entries.ts';
import { advance, begunAnew, type ChangeCursor, mostPasses, overlapMs, parseCursor, questionOf } from '../records/change-cursor.ts';
import type { CodeDirectory } from '../records/code-directory.ts';
import { placed } from '../records/placed.ts';
import { timeEntryKey, timeEntryOf, timeEvent, utc } from '../records/time-entry.ts';
import { chunks, type KantataApi } from '../wire.ts';
import { isRow, type Row, text } from '../wire/envelope.ts';

/** Where the reading of deletions stands, plain JSON. `readAt`: when (Kantata's clock) they were last read to the end. `turn`: they are read next. */
export type DeletedCursor = { feed: ChangeCursor; readAt: string; turn?: true };

export function parseDeleted(stored: Json | undefined): DeletedCursor | undefined {
  if (!isRow(stored) || !isRow(stored['feed']) || typeof stored['readAt'] !== 'string') return undefined;
  const feed = parseCursor(stored['feed'], undefined);
  if (feed.floor === undefined) return undefined;
  return { feed, readAt: stored['readAt'], ...(stored['turn'] === true ? { turn: true } : {}) };
}

/** From a day on, as far back as Kantata keeps events. The look shows whether they may be read. */
export async function beginDeleted(api: KantataApi, since: string | undefined, signal: AbortSignal): Promise<DeletedCursor> {
  await api.page('subscribed_events', { limit: 1, offset: 0 }, signal);
  const now = api.serverNow().getTime();
  const wanted = since === undefined ? now - overlapMs : Date.parse(since);
  const floor = new Date(Math.min(Math.max(wanted, now - eventsKeptMs), now - overlapMs)).toISOString();
  return { feed: parseCursor(undefined, floor), readAt: new Date(now).toISOString() };
}

export type DeletedPage = Pick<PollPage, 'events' | 'more'> & { cursor: DeletedCursor };

/**
 * One page of time that was deleted: it is in no list any more, so its events are read. They may come twice and out of order. Each is told as taken
 * back, whether or not it was ever approved: only the books can tell whether it is in them. An entry that is there after all is not.
 * https://developer.kantata.com/ "Subscribed Events".
 */
export async function readDeleted(
  api: KantataApi,
  codes: CodeDirectory,
  { known, size, moving }: { known: DeletedCursor; size: number; moving: Set<string> },
  signal: AbortSignal,
): Promise<DeletedPage> {
  const mark = `subscribed_events ${known.feed.floor}`;
  const at = moving.delete(mark) ? begunAnew(known.feed) : known.feed;
  const params = { ...questionOf(at, size, 'created'), event_types: 'time_entry:deleted', optional_fields: 'previous_payload' };
  const { results: rows, count } = await api.page('subscribed_events', params, signal);
  const readAt = api.serverNow();
  // by Kantata's clock, which its answer has just told
  if (!(Date.parse(known.readAt) >= readAt.getTime() - eventsKeptMs)) return afterGap(known.readAt, readAt);
  const next = advance(at, { entries: placed(rows, 'created_at', at.floor, 'subscribed_events'), count }, readAt);
  if (next.moved) {
    moving.add(mark);
    throw incomplete('kantata', 'subscribed_events', phrase('LIST_INCOMPLETE.moved', { passes: mostPasses }));
  }
  const events = await told(api, codes, rows, signal);
  const cursor: DeletedCursor = next.more
    ? { ...known, feed: next.cursor, turn: true }
    : { feed: next.cursor, readAt: new Date(readAt.getTime() - overlapMs).toISOString() };
  return { events, cursor, more: next.more };
}

async function told(api: KantataApi, codes: CodeDirectory, rows: readonly Row[], signal: AbortSignal): Promise<SourceEvent[]> {
  const readAt = api.serverNow();
  const gone = rows.flatMap((row) => {
    const id = text(row, 'subject_id');
    // the filter's own precision is not relied upon
    return row['event_type'] === 'time_entry:deleted' && id !== undefined ? [{ id, row }] : [];
  });
  const ids = [...new Set(gone.map(({ id }) => id))];
  const there = new Set<string>();
  for (const chunk of chunks(ids))
    for await (const { results } of api.pages('time_entries', { ...allProjects, only: chunk.join(',') }, signal))
      for (const row of results) there.add(text(row, 'id') ?? '');
  const deleted = gone
    .filter(({ id }) => !there.has(id))
    .map(({ id, row }) => ({ id, at: utc(text(row, 'subject_changed_at')), before: wasIn(row) }));
  const values = (attribute: string) => deleted.flatMap(({ before }) => text(before, attribute) ?? []);
  await codes.learn(values('workspace_id'), values('story_id'), signal);
  return deleted.map(({ id, at, before }) => {
    const projectCode = codes.projectCode(text(before, 'workspace_id'), undefined);
    const taskCode = codes.taskCode(text(before, 'story_id'), undefined, projectCode);
    // an event that does not say what was deleted is told as it is: the contract check names what is missing
    const row = { ...before, id, updated_at: at === undefined ? null : lastOf(at) };
    return timeEvent(timeEntryOf(row, 'withdrawn', { user: undefined, projectCode, taskCode, currency: api.settings.currency }), readAt);
  });
}

const wasIn = (row: Row): Row => (isRow(row['previous_payload']) ? row['previous_payload'] : {});

/** Instants are shown to the second, and nothing happens to an entry after it is deleted. */
const lastOf = (at: string) => `${at.slice(0, 19)}.999Z`;

/** What was deleted in between is in no list: a person is told for which days that is so, and what is still kept is read. */
function afterGap(from: string, now: Date): DeletedPage {
  const to = new Date(now.getTime() - eventsKeptMs).toISOString();
  const id = `kantata:deleted-time-missed:${from}`;
  const missed: SourceEvent = {
    id,
    source: '/kantata/time_entries',
    type: 'com.psconnect.time.missed',
    subject: timeEntryKey('deleted-time-missed'),
    time: now.toISOString(),
    key: id,
    data: { from, to },
    refused: {
      class: 'contract.drift',
      ...inWords('EVENTS_GONE.time', { from, to }),
      system: 'kantata',
      record: 'subscribed_events',
      field: 'created_at',
      value: from,
    },
  };
  return { events: [missed], cursor: { feed: parseCursor(undefined, to), readAt: now.toISOString(), turn: true }, more: true };
}
