import { addDays, type CalendarDate } from '../calendar-date.ts';
import type { Firm } from '../firm.ts';
import type { Person } from '../people.ts';
import { plannedMinutes } from '../planned-minutes.ts';

/** Somebody's booking on a project. */
export interface BookedPerson {
  person: Person;
  project: string;
  start: CalendarDate;
  end: CalendarDate;
  minutes: number;
  certain: boolean;
}

/**
 * What resource managers do: book somebody, fill a need that a deal brought, change a booking, release. One of a pair of person and project there is at
 * most one of in this firm.
 */
export type StaffingAct = {
  /** days after the Monday of the business day's week */
  day: number;
  time: string;
  /** as it is afterwards; of a release, as it was */
  booking: BookedPerson;
} & ({ kind: 'book' | 'change' | 'release' } | { kind: 'fill'; need: string });

/** What is booked on the morning of the business day. */
export function standingBookings(firm: Firm): BookedPerson[] {
  return firm.team.flatMap((booking) => {
    const { person, project } = booking;
    const { contractStart: start, contractEnd: end } = project.engagement;
    if (!start || !end || firm.closedProjects.includes(project.code)) return [];
    return [{ person, project: project.code, start, end, minutes: plannedMinutes(booking, firm, start, end), certain: true }];
  });
}

/** One change of a deal on a day, so that it is certain what its sales people see last. */
export function scriptStaffing(firm: Firm): StaffingAct[] {
  const day = (after: number) => addDays(firm.week0, after);
  const lent: BookedPerson = {
    person: outsider(firm, 'ENG-0001'),
    project: 'ENG-0001',
    start: day(14),
    end: day(25),
    minutes: 4_800,
    certain: true,
  };
  const later = { ...lent, start: day(21), end: day(32) };
  const held: BookedPerson = {
    person: outsider(firm, 'ENG-0003'),
    project: 'ENG-0003',
    start: day(21),
    end: day(46),
    minutes: 3_600,
    certain: false,
  };
  const leaving = standingBookings(firm).findLast(({ project }) => project === 'ENG-0004');
  const longer = standingBookings(firm).find(({ project }) => project === 'ENG-0002');
  const won = firm.engagements.find(({ code }) => code === 'ENG-0009');
  const need = won?.needs.find(({ headcount }) => headcount === 1);
  if (!leaving || !longer || !won || !need) throw new Error('the firm has too few people for a month');
  const manager = firm.people.find((person) => person.role === need.role && person.legalEntity === won.legalEntity);
  if (!manager) throw new Error(`nobody in ${won.legalEntity} is ${need.role}`);
  const { start, end, effortMinutes } = need;
  const filled: BookedPerson = { person: manager, project: won.code, start, end, minutes: effortMinutes, certain: true };
  return [
    { day: 8, time: '10:00', kind: 'book', booking: lent },
    { day: 8, time: '10:10', kind: 'fill', need: `${won.code}/${need.code}`, booking: filled },
    { day: 8, time: '10:20', kind: 'book', booking: held },
    { day: 15, time: '10:40', kind: 'change', booking: later },
    { day: 15, time: '10:50', kind: 'release', booking: leaving },
    { day: 15, time: '10:55', kind: 'change', booking: { ...longer, end: addDays(longer.end, 14), minutes: longer.minutes + 2_400 } },
    { day: 22, time: '10:40', kind: 'release', booking: later },
    { day: 22, time: '10:50', kind: 'change', booking: { ...held, certain: true } },
  ];
}

/** Somebody of the project's legal entity who is not on it yet. */
function outsider(firm: Firm, code: string): Person {
  const project = firm.projects.find((each) => each.code === code);
  const team = firm.team.filter((booking) => booking.project.code === code).map(({ person }) => person);
  const found = firm.people.findLast((person) => person.inErp && person.legalEntity === project?.legalEntity && !team.includes(person));
  if (!found) throw new Error(`everybody is on ${code}`);
  return found;
}
