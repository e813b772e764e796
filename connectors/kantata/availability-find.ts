import { Failure } from '../../model/failure.ts';
import type { CalendarDate } from '../../model/calendar-date.ts';
import { availablePeriods, datesFrom, type PersonDay, spreadOver } from '../../model/free-time.ts';
import type { AvailabilityWanted, FoundAvailability } from '../../model/operations.ts';
import type { Availability } from '../../model/types.generated.ts';
import { inEnglish } from '../../model/failure-words.ts';
import { called } from '../../model/record-names.ts';
import { readBookings } from './availability-find/bookings.ts';
import { readCalendars } from './availability-find/calendars.ts';
import { readLeave } from './availability-find/leave.ts';
import { type Candidate, readCandidates, readSkills } from './availability-find/candidates.ts';
import { chunks, type KantataApi } from './wire.ts';

/** What is known of the people of one question, before each is worked out by himself. */
interface Known {
  calendars: Awaited<ReturnType<Awaited<ReturnType<typeof readCalendars>>['of']>>;
  leave: Awaited<ReturnType<typeof readLeave>>;
  bookings: Awaited<ReturnType<typeof readBookings>>;
  skills: Awaited<ReturnType<typeof readSkills>>;
}

/**
 * Who has how much time from one day to another. Kantata has no such question: it is worked out day by day from workweeks, holidays, time off and
 * bookings. Nobody of whom a part cannot be read is taken for free, nor for busy: he is told apart, and all others are worked out.
 * https://developer.kantata.com/ "Workweeks", "Holidays", "Time Off Entries", "Workspace Allocations".
 */
export async function* findAvailability(
  api: KantataApi,
  wanted: AvailabilityWanted,
  signal: AbortSignal,
): AsyncGenerator<FoundAvailability> {
  const candidates = await readCandidates(api, wanted, signal);
  if (candidates.length === 0) return;
  const calendars = await readCalendars(api, signal);
  for (const some of chunks(candidates)) {
    const ids = some.map(({ userId }) => userId);
    const known: Known = {
      calendars: await calendars.of(some, signal),
      leave: await readLeave(api, ids, wanted, signal),
      bookings: await readBookings(api, ids, wanted, signal),
      skills: await readSkills(api, ids, signal),
    };
    for (const candidate of some) yield found(candidate, wanted, known);
  }
}

function found(candidate: Candidate, wanted: AvailabilityWanted, known: Known): FoundAvailability {
  const key = `kantata:${candidate.userId}`;
  try {
    return { key, availability: { ...availabilityOf(key, candidate, wanted, known) } };
  } catch (error) {
    if (!Failure.is(error)) throw error;
    const { code, message, remedy, words, field = '', value } = error;
    return {
      key,
      unknown: {
        record: inEnglish(called.resource(key)),
        code,
        field,
        message,
        ...(value === undefined ? {} : { value }),
        ...(remedy ? { remedy } : {}),
        ...(words ? { words } : {}),
      },
    };
  }
}

function availabilityOf(key: string, candidate: Candidate, { from, to, unit = 'week' }: AvailabilityWanted, known: Known): Availability {
  const { userId, email, name, role, region } = candidate;
  const days = daysOf(key, candidate, { from, to }, known);
  const periods = availablePeriods(days, unit);
  const sum = (of: 'freeMinutes' | 'overbookedMinutes') => periods.reduce((total, period) => total + period[of], 0);
  const skills = known.skills.get(userId) ?? [];
  return {
    id: key,
    source: { system: 'kantata', id: userId },
    resource: { id: userId, ...(email ? { email } : {}), ...(name ? { name } : {}) },
    ...(role ? { role } : {}),
    ...(skills.length > 0 ? { skills } : {}),
    ...(region ? { region } : {}),
    from,
    to,
    unit,
    periods,
    freeMinutes: sum('freeMinutes'),
    overbookedMinutes: sum('overbookedMinutes'),
  };
}

function daysOf(key: string, { userId }: Candidate, window: { from: CalendarDate; to: CalendarDate }, known: Known): PersonDay[] {
  const record = called.resource(key);
  const worked = known.calendars(userId, record);
  const leave = known.leave(userId, record);
  const hard = new Map<CalendarDate, number>();
  const soft = new Map<CalendarDate, number>();
  for (const booking of known.bookings(userId, record)) {
    const by = booking.hard ? hard : soft;
    for (const [date, minutes] of spreadOver(booking, worked, window)) by.set(date, (by.get(date) ?? 0) + minutes);
  }
  return datesFrom(window.from, window.to).map((date) => ({
    date,
    working: worked(date),
    leave: leave.get(date) ?? 0,
    hard: hard.get(date) ?? 0,
    soft: soft.get(date) ?? 0,
  }));
}
