import { type CalendarDate, daysFrom, isCalendarDate } from '../../../../model/calendar-date.ts';
import { phrase } from '../../../../model/failure-words.ts';
import type { Words } from '../../../../model/failure-sentence.ts';
import type { Minutes } from '../../../../model/minutes.ts';
import { isWhole } from '../../../../model/outside-number.ts';
import { incomplete } from '../../../http/whole-list.ts';
import { chunks, type KantataApi } from '../../wire.ts';
import { type Row, text } from '../../wire/envelope.ts';
import { unreadable } from './unreadable.ts';

export interface Booking {
  start: CalendarDate;
  end: CalendarDate;
  minutes: Minutes;
  hard: boolean;
}

/** A booking of more days is a slip of the keyboard: it would take minutes to spread it. */
const longestDays = 7_320;

/** What of these people is booked on any day of the window, hard or soft; whole, for a part of it lies on days before and behind. */
export async function readBookings(
  api: KantataApi,
  userIds: readonly string[],
  { from, to }: { from: CalendarDate; to: CalendarDate },
  signal: AbortSignal,
): Promise<(userId: string, record: Words) => Booking[]> {
  const params = {
    user_ids: userIds.join(','),
    overlaps_with_date_range: `${from}:${to}`,
    include: 'workspace_resource',
    order: 'updated_at:asc',
  };
  const rows: Row[] = [];
  for await (const { results } of api.pages('workspace_allocations', params, signal)) rows.push(...results);
  const users = await usersOf(api, [...new Set(rows.flatMap((row) => text(row, 'workspace_resource_id') ?? []))], signal);
  const byUser = new Map<string, Row[]>();
  for (const row of rows) {
    const place = text(row, 'workspace_resource_id') ?? '';
    // without the place it would be nobody's, and somebody taken for free
    if (!users.has(place)) throw incomplete('kantata', 'workspace_resources', phrase('LIST_INCOMPLETE.lacks', { id: place }));
    const user = users.get(place) ?? '';
    byUser.set(user, [...(byUser.get(user) ?? []), row]);
  }
  return (userId, record) => (byUser.get(userId) ?? []).map((row) => bookingOf(row, record));
}

async function usersOf(api: KantataApi, places: readonly string[], signal: AbortSignal): Promise<Map<string, string | undefined>> {
  const users = new Map<string, string | undefined>();
  for (const chunk of chunks([...places])) {
    const params = { only: chunk.join(','), include: 'user', include_unnamed: true };
    for await (const { results } of api.pages('workspace_resources', params, signal))
      for (const row of results) users.set(text(row, 'id') ?? '', text(row, 'user_id'));
  }
  return users;
}

function bookingOf(row: Row, record: Words): Booking {
  const { start_date: start, end_date: end, minutes, hard } = row;
  const wrong = (field: string) => unreadable(record, { row, collection: 'workspace_allocations', field });
  if (!isCalendarDate(start)) throw wrong('start_date');
  if (!isCalendarDate(end) || end < start || daysFrom(start, end) > longestDays) throw wrong('end_date');
  if (!isWhole(minutes, 0, 100_000_000)) throw wrong('minutes');
  if (typeof hard !== 'boolean') throw wrong('hard');
  return { start, end, minutes: Number(minutes), hard };
}
