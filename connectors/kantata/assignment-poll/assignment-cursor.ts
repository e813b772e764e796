import type { Json } from '../../../model/json.ts';
import { isRow } from '../wire/envelope.ts';
import { parseCursor, type ChangeCursor } from '../records/change-cursor.ts';

/**
 * Where a poll of assignments stands, plain JSON: while `list` is there, bookings are listed; then their events are read from `feed` on. `readAt`: when
 * (Kantata's clock) they were last read to the end; where nothing happens for long, `feed` stays behind, and nothing is lost.
 */
export type AssignmentCursor = { list?: ChangeCursor; feed: ChangeCursor; readAt?: string };

/** Events are kept for nine days: https://developer.kantata.com/ "Subscribed Events". An hour less, so that none goes while it is read. */
export const eventsKeptMs = 9 * 86_400_000 - 3_600_000;

export const fromFeed = (floor: string): AssignmentCursor => ({ feed: parseCursor(undefined, floor) });

/** Bookings that changed since `since` first, then what happens from `floor` on: the moment at which that began. */
export const fromList = (since: string, floor: string): AssignmentCursor => ({
  list: parseCursor(undefined, since),
  feed: parseCursor(undefined, floor),
});

export function parseAssignmentCursor(stored: Json | undefined): AssignmentCursor | undefined {
  if (!isRow(stored) || !isRow(stored['feed'])) return undefined;
  const feed = parseCursor(stored['feed'], undefined);
  if (feed.floor === undefined) return undefined;
  const readAt = stored['readAt'];
  return {
    ...(typeof readAt === 'string' ? { readAt } : {}),
    ...(isRow(stored['list']) ? { list: parseCursor(stored['list'], undefined) } : {}),
    feed,
  };
}
