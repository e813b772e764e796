import { projectsOf } from '../../sandbox/firm/projects.ts';
import { amendment, deal } from './deal-happenings.ts';
import { between, day, type Happening, hour, type Office, workingHour } from './happening.ts';
import { assignment, expense, invoices, timeApproved } from './work-happenings.ts';

/** Deals of which the work begins in the three weeks that `office` stands for: won in the three before. */
export function dealsOf(office: Office): Happening[] {
  const { engagements, people } = office.firm;
  return engagements
    .filter(({ phases, stage }) => phases.length > 0 && stage !== 'Closed Lost')
    .flatMap((engagement, index) => {
      const won = office.from - between(office, 1, 19) * day + workingHour(office);
      const booked = assignment(
        office,
        { project: projectsOf(engagement)[0]!, person: office.random.pick(people) },
        500 + index,
        won + between(office, 4, 60) * hour,
      );
      return [deal(office, engagement, won), ...(office.random.chance(60) ? booked.slice(0, 1) : [])];
    });
}

/** What was booked, spent, worked, amended and billed in the three weeks of `office`. */
export function workOf(office: Office): Happening[] {
  const { firm, random } = office;
  const time = firm.sheets.flatMap((sheet) => {
    // a manager approves a week of somebody at once, on one of the days after it
    const at = Date.parse(`${sheet.week}T00:00:00Z`) + (7 + random.pick([0, 0, 0, 1, 1, 2, 3])) * day + workingHour(office);
    return sheet.entries.map((entry) => ({ entry, at }));
  });
  return [
    ...firm.team.flatMap((booking, index) =>
      assignment(office, booking, index, office.from + between(office, 0, 2) * day + workingHour(office)),
    ),
    ...time.map(({ entry, at }) => timeApproved(office, entry, at)),
    ...time.filter(() => random.chance(7)).map(({ entry, at }, index) => expense(office, entry, at + between(office, 1, 50) * hour, index)),
    ...firm.projects.flatMap((project, index) => invoices(office, project, index)),
    ...firm.projects.filter(() => random.chance(20)).map((project, index) => amendment(office, project, index)),
  ];
}
