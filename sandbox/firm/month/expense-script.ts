import { addDays, type CalendarDate } from '../calendar-date.ts';
import type { Firm } from '../firm.ts';
import { legalEntity } from '../legal-entities.ts';
import type { MinorUnits } from '../minor-units.ts';
import type { Person } from '../people.ts';

export interface Spent {
  category: string;
  /** in the project's currency */
  amount: MinorUnits;
  date: CalendarDate;
  /** tells it from all others of the month */
  note: string;
  billable: boolean;
}

/**
 * What becomes of a report: approved and posted · posted, then taken back and corrected · posted, then taken back for good · sent back, and left at that ·
 * approved, and refused by the ERP.
 */
export type Fate = 'posted' | 'corrected' | 'taken-back' | 'sent-back' | 'refused';

/** Expenses that one person hands in together, of one project. */
export interface ExpenseReport {
  title: string;
  person: Person;
  project: string;
  /** of the project */
  currency: string;
  spent: Spent[];
  fate: Fate;
  /** what it should have said, where it is corrected */
  rightly?: MinorUnits;
}

type Line = [category: string, amount: MinorUnits, about: string];

/** Reports of the month's first week. */
export function scriptExpenses(firm: Firm): ExpenseReport[] {
  const spentOn = addDays(firm.week0, 8);
  let number = 0;
  const report = (
    project: string,
    person: Person,
    fate: Fate,
    lines: Line[],
    more: { rightly?: MinorUnits; on?: CalendarDate } = {},
  ): ExpenseReport => {
    const currency = firm.engagements.find(({ code }) => project.startsWith(code))?.currency;
    if (currency === undefined) throw new Error(`no engagement of ${project}`);
    const spent = lines.map(([category, amount, about]): Spent => {
      number += 1;
      return {
        category,
        amount,
        date: more.on ?? spentOn,
        note: `${about} (X-${String(number).padStart(2, '0')})`,
        billable: category !== 'Meals',
      };
    });
    const { rightly } = more;
    const title = `${person.firstName} ${person.lastName}, ${spent[0]?.note}`;
    return { title, person, project, currency, spent, fate, ...(rightly === undefined ? {} : { rightly }) };
  };
  const [design, cleanUp] = ['ENG-0001', 'ENG-0005'];
  const ofTeam = (project: string, at = 0) => memberOf(firm, project, at);
  const office = (entity: string) => inOffice(firm, entity);
  const stranger = firm.people.find(({ inErp }) => !inErp);
  if (!stranger) throw new Error('everybody is known to the ERP');
  return [
    report(design, ofTeam(design), 'posted', [
      ['Per diem', 84_00, 'Three days on site, 28.00 each'],
      ['Travel', 23_80, 'Taxi to the client'],
    ]),
    report('ENG-0002', ofTeam('ENG-0002'), 'posted', [['Mileage', 34_04, '148 km at 0.23']]),
    report('ENG-0003', ofTeam('ENG-0003'), 'posted', [['Travel', 178_35, 'Rail, return']]),
    report('ENG-0004', ofTeam('ENG-0004'), 'posted', [
      ['Lodging', 1249_99, 'Five nights'],
      ['Meals', 48_07, 'Dinner with the client'],
    ]),
    report('ENG-0006', ofTeam('ENG-0006'), 'posted', [['Meals', 96_55, 'Working lunch']]),
    report('ENG-0007', ofTeam('ENG-0007'), 'posted', [['Travel', 27_940, 'Train, return']]),
    // in pounds, in books in euro; and the other way round
    report('ENG-0008-DE01', office('DE01'), 'posted', [['Travel', 310_77, 'Flight to the kick-off']]),
    report(design, office('GB01'), 'posted', [['Accommodation', 219_37, 'Two nights, lent to the project']]),
    report('ENG-0002', ofTeam('ENG-0002', 1), 'corrected', [['Accommodation', 412_50, 'Hotel, the bill said more']], { rightly: 421_05 }),
    report('ENG-0001-NL01', ofTeam('ENG-0001-NL01'), 'taken-back', [['Other', 66_60, 'Paid by the client after all']]),
    report('ENG-0003', ofTeam('ENG-0003', 1), 'sent-back', [['Entertainment', 93_00, 'Theatre']]),
    report(design, stranger, 'refused', [['Travel', 59_00, 'Rail, of somebody whom the ERP does not know']]),
    report(cleanUp, ofTeam(cleanUp), 'refused', [['Travel', 41_20, 'For a project that is closed']]),
    report('ENG-0004', ofTeam('ENG-0004', 1), 'refused', [['Other', 17_99, 'In a month that is closed']], {
      on: addDays(firm.closedMonth, 14),
    }),
  ];
}

/** The legal entity in whose books it stands is the employer's, and so is the currency. */
export function currencyOfBooks({ person }: Pick<ExpenseReport, 'person'>): string {
  return legalEntity(person.legalEntity).currency;
}

function memberOf(firm: Firm, project: string, at: number): Person {
  const team = firm.team.filter((booking) => booking.project.code === project);
  // a small team has no second one
  const found = team[at] ?? team[0];
  if (!found) throw new Error(`nobody works on ${project}`);
  return found.person;
}

function inOffice(firm: Firm, entity: string): Person {
  const found = firm.people.find((person) => person.legalEntity === entity && person.role === 'Consultant');
  if (!found) throw new Error(`no consultant in ${entity}`);
  return found;
}
