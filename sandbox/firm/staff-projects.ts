import type { Person } from './people.ts';
import type { Project } from './projects.ts';
import type { Random } from './random.ts';
import type { Booking } from './time-sheets.ts';

const PROJECTS_PER_PERSON = 2;

/** Puts two to five people of the project's own legal entity on it: nobody is lent across entities, so no intercompany time arises. */
export function staffProjects(projects: Project[], people: readonly Person[], random: Random): Booking[] {
  const load = new Map<string, number>();
  const bookings: Booking[] = [];
  for (const project of projects) {
    const free = people.filter(
      (person) => person.inErp && person.legalEntity === project.legalEntity && (load.get(person.code) ?? 0) < PROJECTS_PER_PERSON,
    );
    for (const person of random.shuffled(free).slice(0, random.between(2, 5))) {
      load.set(person.code, (load.get(person.code) ?? 0) + 1);
      bookings.push({ project, person });
    }
  }
  return bookings;
}
