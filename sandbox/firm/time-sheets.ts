import { type CalendarDate, mondayOf, weekday } from './calendar-date.ts';
import { type Engagement, hourly, type RateLine, rateFor } from './engagement.ts';
import type { MinorUnits } from './minor-units.ts';
import type { Person } from './people.ts';
import { type Project, taskCode } from './projects.ts';
import type { Random } from './random.ts';

export interface BookedTime {
  person: Person;
  project: Project;
  /** `ENG-0001/P1/T1` */
  task: string;
  date: CalendarDate;
  minutes: number;
  billable: boolean;
  /** minor units per hour of the project's currency; 0 when not billable */
  rate: MinorUnits;
  notes: string;
}

/** Time that is in the PSA already; the generator gives its id there, so that the oracle can name the entry. */
export interface TimeEntry extends BookedTime {
  id: string;
}

/** One person's week on one project. */
export interface TimeSheet {
  id: string;
  person: Person;
  project: Project;
  /** Monday */
  week: CalendarDate;
  /** `approved` before the business day; `pending` waits for the manager; `draft` was never handed in */
  status: 'approved' | 'pending' | 'draft';
  /** why the manager sends it back first, if she does */
  sentBack?: string;
  entries: TimeEntry[];
}

export interface Booking {
  project: Project;
  person: Person;
}

const NOTES = [
  'Workshop with the client team',
  'Prepared and followed up',
  'Review of open points',
  'Worked through the backlog',
  'Pairing on the interface',
  'Documentation',
];

/** Books one day of a person on a project, spread over one or two tasks of the phase that runs then. */
export function bookDay(booking: Booking, date: CalendarDate, minutes: number, random: Random): BookedTime[] {
  const { project, person } = booking;
  const phase = project.phases.find((each) => each.start <= date && date <= each.end) ?? project.phases.at(-1);
  if (!phase || minutes <= 0) return [];
  const tasks = random.shuffled(phase.tasks).slice(0, minutes > 180 ? random.between(1, 2) : 1);
  const first = tasks.length === 1 ? minutes : Math.floor(((minutes / 15) * random.between(40, 70)) / 100) * 15;
  return tasks.map((task, index) => ({
    person,
    project,
    task: taskCode(project, phase, task),
    date,
    minutes: index === 0 ? first : minutes - first,
    billable: task.billable,
    rate: task.billable ? personRate(project.engagement, person) : 0,
    notes: `${random.pick(NOTES)} – ${task.name.toLowerCase()}`,
  }));
}

export function personRate(engagement: Engagement, person: Person): MinorUnits {
  return hourly(rateFor(engagement, person.role, person.region) as RateLine);
}

/** What a person works on one day over all their projects: their calendar, give or take a quarter hour or two. */
export function bookPersonDay(bookings: Booking[], date: CalendarDate, random: Random): BookedTime[] {
  const capacity = bookings[0]?.person.week[weekday(date)] ?? 0;
  if (capacity === 0 || random.chance(4)) return [];
  const worked = capacity + 15 * random.between(-3, 2);
  const share = Math.floor(worked / 15 / bookings.length) * 15;
  return bookings.flatMap((booking, index) =>
    bookDay(booking, date, index === bookings.length - 1 ? worked - share * (bookings.length - 1) : share, random),
  );
}

/** Gathers entries into one sheet per person, project and week. */
export function intoSheets(entries: TimeEntry[], status: (week: CalendarDate) => TimeSheet['status']): TimeSheet[] {
  const sheets = new Map<string, TimeSheet>();
  for (const entry of entries) {
    const week = mondayOf(entry.date);
    const key = `${week}|${entry.person.code}|${entry.project.code}`;
    const sheet = sheets.get(key) ?? { id: '', person: entry.person, project: entry.project, week, status: status(week), entries: [] };
    sheet.entries.push(entry);
    sheets.set(key, sheet);
  }
  return [...sheets.values()];
}
