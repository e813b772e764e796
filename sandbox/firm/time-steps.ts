import type { DayStep } from './day-step.ts';
import type { DayScript } from './day-script.ts';

/** What consultants and their managers do in the PSA: approve, send back, correct, book late, book the day. */
export function timeSteps({ approvals, correction, late, today }: DayScript, at: (time: string) => string): DayStep[] {
  const { sheet, reason, wrong, minutes } = correction;
  const name = `${sheet.person.firstName} ${sheet.person.lastName}`;
  const again = `${name}, week of ${sheet.week}, corrected`;
  const lateTitle = `${late[0]?.person.firstName} ${late[0]?.person.lastName}, forgotten time`;
  return [
    {
      at: at('09:00'),
      what: `managers approve ${approvals.length} of the time sheets handed in`,
      run: ({ time }) => time.approveSheets(approvals),
    },
    { at: at('10:40'), what: `a manager sends the time sheet of ${name} back`, run: ({ time }) => time.sendBack(sheet, reason) },
    { at: at('13:00'), what: `${name} corrects the entry`, run: ({ time }) => time.correct(wrong.id, minutes) },
    { at: at('13:05'), what: `${name} hands the time sheet in again`, run: ({ time }) => time.handIn(sheet.entries, again) },
    { at: at('14:30'), what: `the manager approves the time sheet of ${name}`, run: ({ time }) => time.approveTitled(again, wrong) },
    ...late.slice(0, 1).flatMap((first): DayStep[] => [
      {
        at: at('11:00'),
        what: `${first.person.firstName} ${first.person.lastName} books forgotten time`,
        run: ({ time }) => time.book(late),
      },
      { at: at('11:05'), what: 'and hands it in', run: ({ time }) => time.handIn(late, lateTitle) },
      { at: at('15:00'), what: 'the manager approves the forgotten time', run: ({ time }) => time.approveTitled(lateTitle, first) },
    ]),
    { at: at('17:30'), what: `consultants book the day's work: ${today.length} entries`, run: ({ time }) => time.book(today) },
  ];
}
