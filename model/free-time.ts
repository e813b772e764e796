import { addDays, type CalendarDate, daysFrom, weekdayOf } from './calendar-date.ts';
import type { Minutes } from './minutes.ts';
import type { AvailablePeriod } from './types.generated.ts';

/** A day of a person: what they work by their calendar, and what of it is taken. */
export interface PersonDay {
  date: CalendarDate;
  working: Minutes;
  leave: Minutes;
  hard: Minutes;
  soft: Minutes;
}

/** What is left of a day. Leave counts no more than the working time that it falls on; a day that is booked beyond it lends nothing to another. */
export function freeOf({ working, leave, hard, soft }: PersonDay): { free: Minutes; overbooked: Minutes } {
  const left = working - Math.min(leave, working) - hard - soft;
  return { free: Math.max(0, left), overbooked: Math.max(0, -left) };
}

/** Days as periods of one day each, or of weeks from Monday on, cut where the days begin and end. */
export function availablePeriods(days: readonly PersonDay[], unit: 'day' | 'week'): AvailablePeriod[] {
  const groups = Map.groupBy(days, ({ date }) => (unit === 'day' ? date : mondayOf(date)));
  return [...groups.values()].map((group) => {
    const sum = (of: (day: PersonDay) => Minutes) => group.reduce((total, day) => total + of(day), 0);
    return {
      start: group[0]!.date,
      end: group.at(-1)!.date,
      workingMinutes: sum((day) => day.working),
      leaveMinutes: sum((day) => Math.min(day.leave, day.working)),
      hardMinutes: sum((day) => day.hard),
      softMinutes: sum((day) => day.soft),
      freeMinutes: sum((day) => freeOf(day).free),
      overbookedMinutes: sum((day) => freeOf(day).overbooked),
    };
  });
}

const mondayOf = (date: CalendarDate) => addDays(date, -((weekdayOf(date) + 6) % 7));

/**
 * Minutes that are booked for a span of days as a whole, by day: in proportion to what the person works on each, in whole minutes that add up to the
 * total, or to each day alike where no day of it is worked. Only the days of the window are answered.
 */
export function spreadOver(
  booked: { start: CalendarDate; end: CalendarDate; minutes: Minutes },
  worked: (date: CalendarDate) => Minutes,
  window: { from: CalendarDate; to: CalendarDate },
): Map<CalendarDate, Minutes> {
  const dates = datesFrom(booked.start, booked.end);
  const weights = dates.map(worked);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const by = new Map<CalendarDate, Minutes>();
  let before = 0;
  let given = 0;
  for (const [index, date] of dates.entries()) {
    before += whole === 0 ? 1 : weights[index]!;
    const upTo = Number((BigInt(booked.minutes) * BigInt(before)) / BigInt(whole === 0 ? dates.length : whole));
    if (date >= window.from && date <= window.to) by.set(date, upTo - given);
    given = upTo;
  }
  return by;
}

export function datesFrom(first: CalendarDate, last: CalendarDate): CalendarDate[] {
  return Array.from({ length: daysFrom(first, last) }, (_, index) => addDays(first, index));
}
