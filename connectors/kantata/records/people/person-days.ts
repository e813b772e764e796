import type { CalendarDate } from '../../../../model/calendar-date.ts';
import { datesFrom, type PersonDay, spreadOver } from '../../../../model/free-time.ts';
import type { FoundAvailability } from '../../../../model/operations.ts';
import { Failure } from '../../../../model/failure.ts';
import { inEnglish } from '../../../../model/failure-words.ts';
import { called } from '../../../../model/record-names.ts';
import type { KantataApi } from '../../wire.ts';
import { readBookings } from './bookings.ts';
import type { Calendars } from './calendars.ts';
import { type Candidate, readSkills } from './candidates.ts';
import { readLeave } from './leave.ts';

/** What is known of some people, before each is worked out by himself. */
export interface KnownPeople {
  skills: Map<string, string[]>;
  /** Throws a Failure that says what of the person cannot be read. */
  days(userId: string): PersonDay[];
}

export const personKey = (userId: string) => `kantata:${userId}`;

/** Working time, leave and bookings of these people, of each day of the window. */
export async function readPeople(
  api: KantataApi,
  some: readonly Candidate[],
  { calendars, window }: { calendars: Calendars; window: { from: CalendarDate; to: CalendarDate } },
  signal: AbortSignal,
): Promise<KnownPeople> {
  const ids = some.map(({ userId }) => userId);
  const workedBy = await calendars.of(some, signal);
  const leaveOf = await readLeave(api, ids, window, signal);
  const bookingsOf = await readBookings(api, ids, window, signal);
  const skills = await readSkills(api, ids, signal);
  const days = (userId: string): PersonDay[] => {
    const record = called.resource(personKey(userId));
    const worked = workedBy(userId, record);
    const leave = leaveOf(userId, record);
    const hard = new Map<CalendarDate, number>();
    const soft = new Map<CalendarDate, number>();
    for (const booking of bookingsOf(userId, record)) {
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
  };
  return { skills, days };
}

/** Who somebody is, as contracts say it. */
export function described({ userId, email, name, role, region }: Candidate, skills: readonly string[] = []) {
  return {
    id: personKey(userId),
    source: { system: 'kantata', id: userId },
    resource: { id: userId, ...(email ? { email } : {}), ...(name ? { name } : {}) },
    ...(role ? { role } : {}),
    ...(skills.length > 0 ? { skills: [...skills] } : {}),
    ...(region ? { region } : {}),
  };
}

type Unknown = { key: string; unknown: NonNullable<FoundAvailability['unknown']> };

/** What is said of a person, or, of one of whom a part cannot be read, which; all others are worked out. */
export function saidOf<Said>(userId: string, say: () => Said): Said | Unknown {
  try {
    return say();
  } catch (error) {
    if (!Failure.is(error)) throw error;
    const { code, message, remedy, words, field = '', value } = error;
    const key = personKey(userId);
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
