import { addDays, instant } from '../calendar-date.ts';
import type { DayStep } from '../day-step.ts';
import type { Firm } from '../firm.ts';
import type { ExpenseReport, Fate } from './expense-script.ts';

/** What consultants, their managers and accounting do with expenses over the weeks. */
export function expenseSteps(reports: readonly ExpenseReport[], firm: Firm): DayStep[] {
  const at = (day: number, time: string) => instant(addDays(firm.week0, day), time);
  const of = (...fates: Fate[]) => reports.filter(({ fate }) => fates.includes(fate));
  const named = ({ person }: ExpenseReport) => `${person.firstName} ${person.lastName}`;
  const again = (report: ExpenseReport) => `${report.title}, corrected`;
  return [
    ...reports.map((report, index): DayStep => ({
      at: at(9, `09:${10 + index}`),
      what: `${named(report)} hands in expenses of ${report.project}`,
      run: ({ expenses }) => expenses.handIn(report, report.title),
    })),
    {
      at: at(9, '15:00'),
      what: `managers approve ${reports.length - of('sent-back').length} expense reports`,
      run: ({ expenses }) =>
        each(
          reports.filter(({ fate }) => fate !== 'sent-back'),
          ({ title, project }) => expenses.decide(title, project, 'approve'),
        ),
    },
    ...of('sent-back').map((report): DayStep => ({
      at: at(9, '15:10'),
      what: `a manager sends the expenses of ${named(report)} back`,
      run: ({ expenses }) => expenses.decide(report.title, report.project, 'reject'),
    })),
    ...of('corrected', 'taken-back').map((report, index): DayStep => ({
      at: at(15, `09:0${index}`),
      what: `the expenses of ${named(report)} are taken back after they were posted`,
      run: ({ expenses }) => expenses.decide(report.title, report.project, 'cancel'),
    })),
    ...of('corrected').flatMap((report, index): DayStep[] => [
      {
        at: at(15, `11:0${index}`),
        what: `${named(report)} corrects the amount and hands it in again`,
        run: async ({ expenses }) => {
          const corrected = await expenses.correct(report, report.rightly ?? 0);
          return (await expenses.handIn(report, again(report))) || corrected;
        },
      },
      {
        at: at(15, `11:3${index}`),
        what: `the manager approves the corrected expense of ${named(report)}`,
        run: ({ expenses }) => expenses.decide(again(report), report.project, 'approve'),
      },
    ]),
    ...of('taken-back').map((report, index): DayStep => ({
      at: at(15, `14:0${index}`),
      what: `accounting takes the expense of ${named(report)} out of the ERP`,
      run: ({ accounting }) => each(report.spent, ({ note }) => accounting.removeExpense(note)),
    })),
    {
      at: at(15, '16:00'),
      what: 'the office lets go on what had stopped because of it',
      run: ({ office }) => office.tryAgain('EXPENSE_WITHDRAWN', 'The ERP no longer has it, or has it as it was corrected'),
    },
  ];
}

/** Tells whether any of them changed something. */
async function each<One>(all: readonly One[], act: (one: One) => Promise<boolean>): Promise<boolean> {
  let changed = false;
  for (const one of all) changed = (await act(one)) || changed;
  return changed;
}
