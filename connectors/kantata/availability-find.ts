import { availablePeriods } from '../../model/free-time.ts';
import type { AvailabilityWanted, FoundAvailability } from '../../model/operations.ts';
import { readCalendars } from './records/people/calendars.ts';
import { readCandidates } from './records/people/candidates.ts';
import { described, personKey, readPeople, saidOf } from './records/people/person-days.ts';
import { chunks, type KantataApi } from './wire.ts';

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
  const { from, to, unit = 'week' } = wanted;
  const candidates = await readCandidates(api, wanted, signal);
  if (candidates.length === 0) return;
  const calendars = await readCalendars(api, signal);
  for (const some of chunks(candidates)) {
    const known = await readPeople(api, some, { calendars, window: wanted }, signal);
    for (const candidate of some) {
      const { userId } = candidate;
      yield saidOf(userId, (): FoundAvailability => {
        const periods = availablePeriods(known.days(userId), unit);
        const sum = (of: 'freeMinutes' | 'overbookedMinutes') => periods.reduce((total, period) => total + period[of], 0);
        const free = { freeMinutes: sum('freeMinutes'), overbookedMinutes: sum('overbookedMinutes') };
        return {
          key: personKey(userId),
          availability: { ...described(candidate, known.skills.get(userId)), from, to, unit, periods, ...free },
        };
      });
    }
  }
}
