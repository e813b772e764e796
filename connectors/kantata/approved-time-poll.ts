import { phrase } from '../../model/failure-words.ts';
import type { Json } from '../../model/json.ts';
import type { PollPage } from '../../model/operations.ts';
import { advance, begunAnew, mostPasses, overlapMs, parseCursor, questionOf } from './approved-time-poll/time-cursor.ts';
import { approvedTime, related, valuesOf } from './records/approved-entries.ts';
import type { CodeDirectory } from './records/code-directory.ts';
import { approvedTimeEvent, timeEntryOf, utc } from './records/time-entry.ts';
import { incomplete } from '../http/whole-list.ts';
import { type KantataApi, pageLimit } from './wire.ts';
import { idOf, text } from './wire/envelope.ts';

/**
 * One page of approved time in order of change, each entry complete with e-mail and codes. `moving`: floors from which the list moved at each reading; the
 * next poll begins them anew.
 */
export async function pollApprovedTime(
  api: KantataApi,
  codes: CodeDirectory,
  stored: Json | undefined,
  options: { since?: string; pageSize?: number },
  signal: AbortSignal,
  moving: Set<string>,
): Promise<PollPage> {
  if (stored === undefined && options.since === undefined) return fromNowOn(api, signal);
  const known = parseCursor(stored, options.since);
  const cursor = moving.delete(known.floor ?? '') ? begunAnew(known) : known;
  const pageSize = Math.min(pageLimit, Math.max(2, options.pageSize ?? pageLimit));
  const params = { ...approvedTime, ...questionOf(cursor, pageSize), include: 'workspace,user,story' };
  const envelope = await api.page('time_entries', params, signal);
  const readAt = api.serverNow();
  await codes.learn(valuesOf(envelope, 'workspace_id'), valuesOf(envelope, 'story_id'), signal);
  const events = envelope.results.map((row) => {
    const { workspace, story, user } = related(envelope, row);
    const projectCode = codes.projectCode(text(row, 'workspace_id'), workspace);
    const taskCode = codes.taskCode(text(row, 'story_id'), story, projectCode);
    return approvedTimeEvent(timeEntryOf(row, { user, projectCode, taskCode, currency: api.settings.currency }), readAt);
  });
  // one whose instant cannot be read has the place of the one before it, and never moves the cursor past the ones behind
  let updatedAt = cursor.floor ?? '';
  const entries = envelope.results.map((row) => {
    updatedAt = utc(text(row, 'updated_at')) ?? updatedAt;
    return { id: idOf(row, 'time_entries'), updatedAt };
  });
  const next = advance(cursor, { entries, count: envelope.count }, readAt);
  if (next.moved) {
    moving.add(cursor.floor ?? '');
    throw incomplete('kantata', 'time_entries', phrase('LIST_INCOMPLETE.moved', { passes: mostPasses }));
  }
  return { events, cursor: next.cursor as Json, more: next.more };
}

/** Without a start, a first deploy must not post the past: it begins at Kantata's own now. */
async function fromNowOn(api: KantataApi, signal: AbortSignal): Promise<PollPage> {
  await api.page('time_entries', { limit: 1, offset: 0 }, signal);
  const floor = new Date(api.serverNow().getTime() - overlapMs).toISOString();
  return { events: [], cursor: parseCursor(undefined, floor) as Json, more: true };
}
