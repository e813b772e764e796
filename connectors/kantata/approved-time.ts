import type { Json } from '../../model/json.ts';
import type { Minutes } from '../../model/minutes.ts';
import type { PollPage, TellUnreadable, TimeFact, TimeWindow, UnreadableTime } from '../../model/operations.ts';
import { PageCount } from '../http/page-count.ts';
import { type KantataApi, pageLimit } from './api.ts';
import type { CodeDirectory } from './code-directory.ts';
import { type Envelope, idOf, type Row, text, unexpectedAnswer } from './envelope.ts';
import { advance, overlapMs, parseCursor, questionOf } from './time-cursor.ts';
import { amountOf, approvedTimeEvent, rateOf, timeEntryKey, timeEntryOf, utc } from './time-entry.ts';
import { unreadableEntry } from './unreadable-entry.ts';

/** Time of archived projects is left out unless asked for: https://developer.kantata.com/ "Time Entries". */
const approvedTime = { approved: true, from_archived_workspaces: true };

/** One page of approved time in order of change, each entry complete with e-mail and codes. */
export async function pollApprovedTime(
  api: KantataApi,
  codes: CodeDirectory,
  stored: Json | undefined,
  options: { since?: string; pageSize?: number },
  signal: AbortSignal,
): Promise<PollPage> {
  if (stored === undefined && options.since === undefined) return fromNowOn(api, signal);
  const cursor = parseCursor(stored, options.since);
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
  const entries = envelope.results.map((row) => ({
    id: idOf(row, 'time entry'),
    updatedAt: utc(text(row, 'updated_at')) ?? readAt.toISOString(),
  }));
  const next = advance(cursor, { entries, count: envelope.count }, readAt);
  return { events, cursor: next.cursor as Json, more: next.more };
}

/** Without a start, a first deploy must not post the past: it begins at Kantata's own now. */
async function fromNowOn(api: KantataApi, signal: AbortSignal): Promise<PollPage> {
  await api.page('time_entries', { limit: 1, offset: 0 }, signal);
  const floor = new Date(api.serverNow().getTime() - overlapMs).toISOString();
  return { events: [], cursor: parseCursor(undefined, floor) as Json, more: true };
}

/** Lists move while they are read: an entry that loses its approval shifts the later ones, so a list that moved is read again. */
const mostPasses = 3;

/** All approved time of a span of working days, each entry once. Pages overlap by one entry, which shows whether the list moved. */
export async function* listApprovedTime(
  api: KantataApi,
  codes: CodeDirectory,
  window: TimeWindow,
  signal: AbortSignal,
  unreadable: TellUnreadable = refuse,
): AsyncGenerator<TimeFact> {
  const span = {
    ...approvedTime,
    date_performed_between: `${window.from}:${window.to}`,
    order: 'created_at:asc',
    include: 'workspace,user,story',
  };
  const given = new Set<string>();
  for (let pass = 1, moved = true; moved && pass <= mostPasses; pass++) {
    moved = false;
    let anchor: string | undefined;
    const pages = new PageCount('kantata', 'The list of time entries');
    for (let offset = 0; ;) {
      pages.next();
      const envelope = await api.page('time_entries', { ...span, limit: pageLimit, offset }, signal);
      await codes.learn(valuesOf(envelope, 'workspace_id'), valuesOf(envelope, 'story_id'), signal);
      const rows = envelope.results.map((row, index) => ({ row, id: text(row, 'id') ?? `row ${offset + index + 1}` }));
      if (anchor !== undefined && rows[0]?.id !== anchor) moved = true;
      for (const { row, id } of rows) {
        if (given.has(id)) continue;
        given.add(id);
        const odd = unreadableEntry(row, id);
        if (odd) unreadable(odd);
        else yield timeFactOf(api, codes, row, id, related(envelope, row));
      }
      // one row alone is the overlap itself
      if (rows.length < 2 || offset + rows.length >= envelope.count) break;
      anchor = rows.at(-1)?.id;
      offset += rows.length - 1;
    }
  }
}

/** Kantata knows no legal entity, so the fact has none to compare. A task or project that is not the firm's has no code: it is posted without. */
function timeFactOf(api: KantataApi, codes: CodeDirectory, row: Row, id: string, { workspace, story, user }: Related): TimeFact {
  const minutes = row['time_in_minutes'] as Minutes; // what cannot be read never comes here
  const rate = rateOf(row, api.settings.currency);
  const projectCode = codes.projectCode(text(row, 'workspace_id'), workspace);
  const email = text(user, 'email_address');
  return {
    key: timeEntryKey(id),
    id,
    workDate: String(row['date_performed']),
    minutes,
    billable: row['billable'] === true,
    ...(email ? { person: email.trim().toLowerCase() } : {}),
    projectCode: projectCode ?? `#${text(row, 'workspace_id') ?? ''}`,
    taskCode: codes.taskCode(text(row, 'story_id'), story, projectCode) ?? null,
    rate: rate ?? null,
    amount: amountOf(minutes, rate) ?? null,
  };
}

function refuse({ id, field }: UnreadableTime): never {
  throw unexpectedAnswer(`time entry ${id}`, field, `The ${field} of the entry cannot be read.`);
}

function valuesOf(envelope: Envelope, attribute: string): string[] {
  return envelope.results.flatMap((row) => text(row, attribute) ?? []);
}

type Related = ReturnType<typeof related>;

function related(envelope: Envelope, row: Row) {
  return {
    workspace: envelope.row('workspaces', text(row, 'workspace_id')),
    story: envelope.row('stories', text(row, 'story_id')),
    user: envelope.row('users', text(row, 'user_id')),
  };
}
