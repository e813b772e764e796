import type { JsonObject } from '../../../model/json.ts';
import { canonicalAssignment, type Place } from '../records/assignment.ts';
import type { CodeDirectory } from '../records/code-directory.ts';
import type { Row } from '../wire/envelope.ts';
import type { FeedEvent } from './event-feed.ts';

/** A booking that was deleted. One of a placeholder was demand: nobody is released by its going. */
export function releasedIn(gone: { event: FeedEvent; row: Row; place: Place | undefined; codes: CodeDirectory }): JsonObject | undefined {
  const { event, row, place, codes } = gone;
  if (place && !place.userId) return undefined;
  return canonicalAssignment({ row: { ...row, id: event.id }, place, codes, status: 'released', at: event.at });
}
