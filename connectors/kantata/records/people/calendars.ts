import { addDays, type CalendarDate, isCalendarDate, weekdayOf } from '../../../../model/calendar-date.ts';
import type { Words } from '../../../../model/failure-sentence.ts';
import { inWords } from '../../../../model/failure-words.ts';
import type { Minutes } from '../../../../model/minutes.ts';
import { isWhole } from '../../../../model/outside-number.ts';
import { chunks, type KantataApi } from '../../wire.ts';
import { type Row, text } from '../../wire/envelope.ts';
import type { Candidate } from './candidates.ts';
import { type Span, spanOf, spanned } from './spans.ts';
import { unknownTime, unreadable } from './unreadable.ts';

/** What a person works on a day by his calendar, holidays taken off. Throws a Failure that says what of it cannot be read. */
export type WorkedOn = (date: CalendarDate) => Minutes;

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'].map((day) => `${day}_minutes`);

export type Calendars = { of(candidates: readonly Candidate[], signal: AbortSignal): Promise<(userId: string, record: Words) => WorkedOn> };

/** Workweeks and holidays; those of the account are read once for all people. */
export async function readCalendars(api: KantataApi, signal: AbortSignal): Promise<Calendars> {
  const holidays = await readHolidays(api, signal);
  return {
    async of(candidates, aborted) {
      const weeks = await readWeeks(api, candidates, aborted);
      const own = new Map(candidates.map(({ userId, workweek }) => [userId, workweek]));
      return (userId, record) => {
        const week = (date: CalendarDate) => spanned(weeks.get(userId) ?? [], date, record)?.week ?? own.get(userId);
        const off = holidays.of(userId, record);
        return (date) => (off(date) ? 0 : workedIn(week(date), date, record));
      };
    },
  };
}

function workedIn(week: Row | undefined, date: CalendarDate, record: Words): Minutes {
  if (!week) throw unknownTime(record, { field: 'effective_workweek_id' }, inWords('AVAILABILITY_UNKNOWN.no-calendar', { record }));
  const field = weekdays[weekdayOf(date)]!;
  const minutes = week[field];
  if (!isWhole(minutes, 0, 1_440)) throw unreadable(record, { row: week, collection: 'workweeks', field });
  return Number(minutes);
}

type OwnWeek = Span & { week: Row | undefined };

/** Weeks that are a person's from a day on: the account says only which holds today. */
async function readWeeks(api: KantataApi, candidates: readonly Candidate[], signal: AbortSignal): Promise<Map<string, OwnWeek[]>> {
  const weeks = new Map<string, OwnWeek[]>();
  for (const chunk of chunks(candidates.map(({ userId }) => userId))) {
    const params = { user_ids: chunk.join(','), include: 'user,workweek' };
    for await (const envelope of api.pages('workweek_memberships', params, signal)) {
      for (const row of envelope.results) {
        const user = text(row, 'user_id') ?? '';
        const week = envelope.row('workweeks', text(row, 'workweek_id'));
        weeks.set(user, [...(weeks.get(user) ?? []), { ...spanOf(row, 'workweek_memberships'), week }]);
      }
    }
  }
  return weeks;
}

interface Holidays {
  of(userId: string, record: Words): (date: CalendarDate) => boolean;
}

async function readHolidays(api: KantataApi, signal: AbortSignal): Promise<Holidays> {
  const days = new Map<string, { dates: Set<CalendarDate>; wrong?: Row }>();
  const standard = new Set<string>();
  for await (const { results } of api.pages('holiday_calendars', {}, signal))
    for (const row of results) if (row['default'] === true) standard.add(text(row, 'id') ?? '');
  for await (const envelope of api.pages('holiday_calendar_associations', { include: 'holiday,holiday_calendar' }, signal)) {
    for (const row of envelope.results) {
      const calendar = text(row, 'holiday_calendar_id') ?? '';
      const known = days.get(calendar) ?? { dates: new Set() };
      days.set(calendar, known);
      const holiday = envelope.row('holidays', text(row, 'holiday_id'));
      const dates = holiday && holidayDates(holiday);
      if (dates) for (const date of dates) known.dates.add(date);
      else known.wrong = holiday ?? row;
    }
  }
  const own = new Map<string, (Span & { calendar: string })[]>();
  for await (const { results } of api.pages('holiday_calendar_memberships', { include: 'holiday_calendar,user' }, signal)) {
    for (const row of results) {
      const user = text(row, 'user_id') ?? '';
      own.set(user, [
        ...(own.get(user) ?? []),
        { ...spanOf(row, 'holiday_calendar_memberships'), calendar: text(row, 'holiday_calendar_id') ?? '' },
      ]);
    }
  }
  return {
    of: (userId, record) => (date) => {
      const calendar = spanned(own.get(userId) ?? [], date, record)?.calendar;
      return (calendar === undefined ? [...standard] : [calendar]).some((id) => {
        const known = days.get(id);
        if (known?.wrong) throw unreadable(record, { row: known.wrong, collection: 'holidays', field: 'start_date' });
        return known?.dates.has(date) ?? false;
      });
    },
  };
}

/** A holiday is some days at the most; one without an end is the day that it begins on. */
const longestHoliday = 366;

function holidayDates(row: Row): CalendarDate[] | undefined {
  const start = row['start_date'];
  const end = row['end_date'] ?? start;
  if (!isCalendarDate(start) || !isCalendarDate(end) || end < start) return undefined;
  const dates: CalendarDate[] = [];
  for (let date: CalendarDate = start; date <= end && dates.length < longestHoliday; date = addDays(date, 1)) dates.push(date);
  return dates.at(-1) === end ? dates : undefined;
}
