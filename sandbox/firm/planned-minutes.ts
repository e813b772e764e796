import { addDays, type CalendarDate, weekday } from './calendar-date.ts';
import type { Firm } from './firm.ts';
import type { Booking } from './time-sheets.ts';

/** A person's time is shared evenly between the projects they are on, in quarter hours per day. */
export function plannedMinutes({ person }: Booking, firm: Firm, start: CalendarDate, end: CalendarDate): number {
  const projects = firm.team.filter((each) => each.person === person && !firm.closedProjects.includes(each.project.code)).length;
  let minutes = 0;
  for (let day = start; day <= end; day = addDays(day, 1)) minutes += Math.floor((person.week[weekday(day)] ?? 0) / projects / 15) * 15;
  return minutes;
}
