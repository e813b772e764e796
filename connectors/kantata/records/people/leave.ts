import { Decimal } from 'decimal.js';
import { type CalendarDate, isCalendarDate } from '../../../../model/calendar-date.ts';
import type { Words } from '../../../../model/failure-sentence.ts';
import type { Minutes } from '../../../../model/minutes.ts';
import type { KantataApi } from '../../wire.ts';
import { type Row, text } from '../../wire/envelope.ts';
import { unreadable } from './unreadable.ts';

/** Time off of these people by day; half a day is some hours of it. */
export async function readLeave(
  api: KantataApi,
  userIds: readonly string[],
  { from, to }: { from: CalendarDate; to: CalendarDate },
  signal: AbortSignal,
): Promise<(userId: string, record: Words) => Map<CalendarDate, Minutes>> {
  const rows = new Map<string, Row[]>();
  const params = { user_ids: userIds.join(','), requested_date_between: `${from}:${to}`, include: 'user' };
  for await (const { results } of api.pages('time_off_entries', params, signal)) {
    for (const row of results) {
      const user = text(row, 'user_id') ?? '';
      rows.set(user, [...(rows.get(user) ?? []), row]);
    }
  }
  return (userId, record) => {
    const leave = new Map<CalendarDate, Minutes>();
    for (const row of rows.get(userId) ?? []) {
      const date = row['requested_date'];
      if (!isCalendarDate(date)) throw unreadable(record, { row, collection: 'time_off_entries', field: 'requested_date' });
      const minutes = minutesOff(row['hours']);
      if (minutes === undefined) throw unreadable(record, { row, collection: 'time_off_entries', field: 'hours' });
      leave.set(date, (leave.get(date) ?? 0) + minutes);
    }
    return leave;
  };
}

/** Hours of one day in whole minutes; a third of an hour comes as a decimal of limited length, so the nearest minute is meant. */
function minutesOff(hours: unknown): Minutes | undefined {
  if ((typeof hours !== 'number' && typeof hours !== 'string') || !/^\d{1,2}(\.\d{1,20})?$/.test(String(hours))) return undefined;
  const minutes = new Decimal(hours).times(60).toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toNumber();
  return minutes <= 1_440 ? minutes : undefined;
}
