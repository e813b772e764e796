import { addDays, instant } from '../calendar-date.ts';
import type { DayStep } from '../day-step.ts';
import type { Firm } from '../firm.ts';
import type { BookedTime, TimeSheet } from '../time-sheets.ts';
import type { TimeChanges } from './time-script.ts';

/** Time that was posted is taken back, corrected or moved, and approved anew; one sheet stays taken back. */
export function timeChangeSteps({ corrected, moved, takenBack }: TimeChanges, firm: Firm): DayStep[] {
  const at = (time: string) => instant(addDays(firm.week0, 16), time);
  const named = ({ person }: { person: BookedTime['person'] }) => `${person.firstName} ${person.lastName}`;
  const title = (sheet: TimeSheet, what: string) => `${named(sheet)}, week of ${sheet.week}, ${what}`;
  const rest = moved.sheet.entries.filter((entry) => entry !== moved.entry);
  const again = (minutes: string, name: string, entries: readonly BookedTime[]): DayStep[] =>
    entries[0] === undefined
      ? []
      : [
          { at: at(`11:${minutes}`), what: `${name} is handed in again`, run: ({ time }) => time.handIn([...entries], name) },
          {
            at: at(`14:${minutes}`),
            what: `the manager approves ${name}`,
            run: ({ time }) => time.approveTitled(name, entries[0] as BookedTime),
          },
        ];
  return [
    ...[corrected.sheet, moved.sheet, takenBack].map((sheet, index): DayStep => ({
      at: at(`09:${10 + index}`),
      what: `the time sheet of ${named(sheet)}, week of ${sheet.week}, is taken back after it was posted`,
      run: ({ time }) => time.takeBack(sheet),
    })),
    {
      at: at('10:00'),
      what: `${named(corrected.sheet)} corrects ${corrected.entry.minutes} minutes to ${corrected.minutes}`,
      run: ({ time }) => time.correct(corrected.entry.id, corrected.minutes),
    },
    {
      at: at('10:10'),
      what: `${named(moved.sheet)} moves time from ${moved.entry.project.code} to ${moved.rightly.project.code}`,
      run: ({ time }) => time.move(moved.entry.id, moved.rightly),
    },
    ...again('10', title(corrected.sheet, 'corrected again'), corrected.sheet.entries),
    ...again('20', title(moved.sheet, 'without what was moved'), rest),
    ...again('30', title(moved.sheet, 'moved'), [moved.rightly]),
  ];
}
