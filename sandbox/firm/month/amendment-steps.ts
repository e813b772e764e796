import { addDays, instant } from '../calendar-date.ts';
import type { DayStep } from '../day-step.ts';
import type { Firm } from '../firm.ts';
import { toDecimal } from '../minor-units.ts';
import { type Amendment, titleOf } from './amendment-script.ts';

/** Sales enters what was agreed; some hours later, when what it changes is shown, a partner decides. */
export function amendmentSteps(amendments: readonly Amendment[], firm: Firm): DayStep[] {
  return amendments.flatMap((amendment): DayStep[] => {
    const { number, deal, reason, fate } = amendment;
    const day = addDays(firm.week0, amendment.day);
    const worth = `${toDecimal(deal.amount, deal.currency)} ${deal.currency} until ${deal.contractEnd}`;
    return [
      {
        at: instant(day, amendment.time),
        what: `sales enters amendment ${number} of ${deal.code}: ${reason.toLowerCase()}; ${worth}`,
        run: ({ sales }) => sales.amend(amendment),
      },
      ...(fate === 'refused'
        ? []
        : [
            {
              at: instant(
                day,
                amendment.time.replace(/^\d\d/, (hour) => String(Number(hour) + 3).padStart(2, '0')),
              ),
              what: `the partner ${fate === 'made' ? 'approves' : 'rejects'} amendment ${number} of ${deal.code}`,
              run: ({ office }) => office.decide(titleOf(amendment), fate === 'made' ? 'approve' : 'reject', reason),
            } satisfies DayStep,
          ]),
    ];
  });
}
