import { addDays, type CalendarDate, weekday } from './calendar-date.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';

/** One day on which somebody is away. */
export interface DayOff {
  person: Person;
  date: CalendarDate;
  minutes: number;
}

/** Some people take a few days off in the weeks to come, so that availability is more than calendar minus bookings. */
export function planLeave(people: readonly Person[], week0: CalendarDate, random: Random): DayOff[] {
  const away = random.shuffled(people.filter((person) => person.inErp)).slice(0, 8);
  return away.flatMap((person) => {
    const monday = addDays(week0, 7 * random.between(1, 6));
    const days = Array.from({ length: random.between(2, 5) }, (_each, index) => addDays(monday, index));
    return days.map((date) => ({ person, date, minutes: person.week[weekday(date)] ?? 0 })).filter(({ minutes }) => minutes > 0);
  });
}
