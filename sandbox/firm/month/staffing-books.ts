import type { Firm } from '../firm.ts';
import type { Figures } from './figures.ts';
import { dealOf } from './invoice-books.ts';
import { type BookedPerson, type StaffingAct, standingBookings } from './staffing-script.ts';

/** Who is booked on each project as the ERP keeps it, and how sales sees each deal. */
export function staffingFigures(acts: readonly StaffingAct[], firm: Firm): Figures {
  const key = ({ person, project }: BookedPerson) => `${project} ${person.code}`;
  const kept = new Map(standingBookings(firm).map((booking) => [key(booking), { booking, released: false }]));
  const seen = new Map([...kept.values()].map(({ booking }) => [dealOf(booking.project), 'Staffed']));
  for (const { kind, booking } of acts) {
    const released = kind === 'release';
    kept.set(key(booking), { booking, released });
    seen.set(dealOf(booking.project), released ? 'Released' : booking.certain ? 'Staffed' : 'Held');
  }
  const lines = [...kept.values()].map(({ booking: { person, project, ...booking }, released }) => ({
    project,
    said: saidOf({ person: person.code, released, ...booking }),
  }));
  return {
    ...staffingOf(lines),
    ...Object.fromEntries([...seen].map(([deal, status]) => [`staffing that sales sees of ${deal}`, status])),
  };
}

/** One figure for each project: all that is said of its people. */
export function staffingOf(lines: readonly { project: string; said: string }[]): Figures {
  return Object.fromEntries(
    [...Map.groupBy(lines, ({ project }) => project)].map(([project, of]) => [
      `people in the ERP of ${project}`,
      of
        .map(({ said }) => said)
        .sort()
        .join('; '),
    ]),
  );
}

/** `EMP-007 booked 2026-11-02 to 2026-12-04, 4800 min` */
export function saidOf(of: { person: string; released: boolean; certain: boolean; start: string; end: string; minutes: number }): string {
  return `${of.person} ${of.released ? 'released' : of.certain ? 'booked' : 'held'} ${of.start} to ${of.end}, ${of.minutes} min`;
}
