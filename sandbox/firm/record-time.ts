import { addDays, type CalendarDate, monthStart, weekday, workdayUpTo } from './calendar-date.ts';
import type { Person } from './people.ts';
import type { Project } from './projects.ts';
import type { Random } from './random.ts';
import { type BookedTime, type Booking, bookDay, bookPersonDay, intoSheets, type TimeSheet } from './time-sheets.ts';

interface TimeContext {
  workday: CalendarDate;
  week0: CalendarDate;
  closedMonth: CalendarDate;
  closedProjects: string[];
  people: readonly Person[];
  projects: Project[];
  team: Booking[];
  random: Random;
}

const WEEKS_BACK = [-3, -2, -1, 0] as const;
const FIRST_ENTRY_ID = 700_001;
const FIRST_SHEET_ID = 60_001;

/** Weeks of time: the older two approved, last week handed in (one sheet not, one with a mistake), this week in draft. */
export function recordTime(context: TimeContext): { sheets: TimeSheet[]; today: BookedTime[]; late: BookedTime[] } {
  const { week0, workday, random } = context;
  const weeks = WEEKS_BACK.flatMap((week) => [0, 1, 2, 3, 4].map((day) => addDays(week0, 7 * week + day)));
  const booked = weeks.filter((date) => date <= workday).flatMap((date) => bookEverybody(context, date));
  const entries = [...booked.filter((entry) => entry.date < workday), ...unpostable(context)].map((entry, index) => ({
    id: String(FIRST_ENTRY_ID + index),
    ...entry,
  }));
  const sheets = intoSheets(entries, (week) => statusOf(week, context)).map((sheet, index) => ({
    ...sheet,
    id: String(FIRST_SHEET_ID + index),
  }));
  const handedIn = sheets.filter((sheet) => sheet.status === 'pending' && sheet.week === addDays(week0, -7) && sheet.person.inErp);
  const ordinary = handedIn.filter((sheet) => !context.closedProjects.includes(sheet.project.code));
  const [forgotten, mistaken] = random.shuffled(ordinary);
  if (!forgotten || !mistaken) throw new Error('too few time sheets last week');
  forgotten.status = 'draft';
  mistaken.sentBack = 'The last entry is too long: it includes the way home.';
  return { sheets, today: booked.filter((entry) => entry.date === workday), late: lateWork(context) };
}

function statusOf(week: CalendarDate, { week0 }: TimeContext): TimeSheet['status'] {
  if (week === week0) return 'draft';
  const recent = week >= addDays(week0, -21) && week < addDays(week0, -7);
  // what is older was found in a drawer and handed in only last week
  return recent ? 'approved' : 'pending';
}

function bookEverybody({ team, closedProjects, random }: TimeContext, date: CalendarDate): BookedTime[] {
  const active = team.filter(({ project }) => !closedProjects.includes(project.code));
  const people = [...new Set(active.map(({ person }) => person))];
  return people.flatMap((person) =>
    bookPersonDay(
      active.filter((booking) => booking.person === person),
      date,
      random,
    ),
  );
}

/** Time that the PSA takes and the ERP must refuse: unknown person, closed project, closed month. */
function unpostable(context: TimeContext): BookedTime[] {
  const { week0, people, projects, closedProjects, team, random } = context;
  const stranger = people.find((person) => !person.inErp) as Person;
  const hisProject = projects.find((project) => project.legalEntity === stranger.legalEntity) as Project;
  const closed = team.find(({ project }) => closedProjects.includes(project.code)) as Booking;
  const open = team.find(({ project }) => project.legalEntity === 'NL01' && !closedProjects.includes(project.code)) as Booking;
  return [
    ...[-14, -13, -7, -6].flatMap((day) => bookDay({ project: hisProject, person: stranger }, addDays(week0, day), 240, random)),
    ...[-6, -5].flatMap((day) => bookDay(closed, addDays(week0, day), 120, random)),
    ...bookDay(open, lastWorkday(context.closedMonth), 180, random),
  ];
}

function lastWorkday(month: CalendarDate): CalendarDate {
  return workdayUpTo(addDays(monthStart(addDays(month, 32)), -1));
}

/** Somebody back from leave books last week's Friday afternoon on the business day. */
function lateWork({ week0, team, closedProjects, random }: TimeContext): BookedTime[] {
  const friday = addDays(week0, -3);
  const booking = team.findLast(({ project, person }) => !closedProjects.includes(project.code) && (person.week[weekday(friday)] ?? 0) > 0);
  if (!booking) throw new Error('nobody to book late');
  return bookDay(booking, friday, 90, random).map((draft) => ({ ...draft, notes: `Late: ${draft.notes}` }));
}
