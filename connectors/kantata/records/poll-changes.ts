import { phrase } from '../../../model/failure-words.ts';
import type { Json } from '../../../model/json.ts';
import type { PollPage, SourceEvent } from '../../../model/operations.ts';
import { incomplete } from '../../http/whole-list.ts';
import { type KantataApi, pageLimit, type Params } from '../wire.ts';
import type { Envelope } from '../wire/envelope.ts';
import { advance, begunAnew, mostPasses, overlapMs, parseCursor, questionOf } from './change-cursor.ts';
import { placed } from './placed.ts';

/** A list that is read in the order in which its rows changed. */
export interface ChangedRows {
  collection: string;
  params: Params;
  /** what its rows tell; not each need tell something */
  events(envelope: Envelope, readAt: Date): Promise<SourceEvent[]>;
}

export interface PollState {
  stored: Json | undefined;
  /** floors from which the list moved at each reading: the next poll begins them anew */
  moving: Set<string>;
}

/** One page of a list in order of change; without a start, from Kantata's own now on. */
export async function pollChanges(
  api: KantataApi,
  { collection, params, events }: ChangedRows,
  { stored, moving }: PollState,
  options: { since?: string; pageSize?: number },
  signal: AbortSignal,
): Promise<PollPage> {
  if (stored === undefined && options.since === undefined) return fromNowOn(api, collection, signal);
  const known = parseCursor(stored, options.since);
  const cursor = moving.delete(known.floor ?? '') ? begunAnew(known) : known;
  const pageSize = Math.min(pageLimit, Math.max(2, options.pageSize ?? pageLimit));
  const envelope = await api.page(collection, { ...params, ...questionOf(cursor, pageSize) }, signal);
  const readAt = api.serverNow();
  const told = await events(envelope, readAt);
  const entries = placed(envelope.results, 'updated_at', cursor.floor, collection);
  const next = advance(cursor, { entries, count: envelope.count }, readAt);
  if (next.moved) {
    moving.add(cursor.floor ?? '');
    throw incomplete('kantata', collection, phrase('LIST_INCOMPLETE.moved', { passes: mostPasses }));
  }
  return { events: told, cursor: next.cursor as Json, more: next.more };
}

/** Without a start, a first deploy must not post the past: it begins at Kantata's own now. */
async function fromNowOn(api: KantataApi, collection: string, signal: AbortSignal): Promise<PollPage> {
  await api.page(collection, { limit: 1, offset: 0 }, signal);
  const floor = new Date(api.serverNow().getTime() - overlapMs).toISOString();
  return { events: [], cursor: parseCursor(undefined, floor) as Json, more: true };
}
