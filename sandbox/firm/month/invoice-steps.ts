import { addDays, instant } from '../calendar-date.ts';
import type { DayStep } from '../day-step.ts';
import type { Firm } from '../firm.ts';
import { toDecimal } from '../minor-units.ts';
import type { InvoiceAct } from './invoice-script.ts';

/** What accounting does with invoices over the weeks. */
export function invoiceSteps(acts: readonly InvoiceAct[], firm: Firm): DayStep[] {
  return acts.map((act) => {
    const day = addDays(firm.week0, act.day);
    return {
      at: instant(day, act.time),
      what: told(act),
      run: ({ accounting }) => accounting.enter(act, day),
    };
  });
}

function told(act: InvoiceAct): string {
  const { number, project, currency, net } = act.bill;
  if (act.kind === 'post') return `accounting bills ${project}: ${number}, ${toDecimal(net, currency)} ${currency}`;
  if (act.kind === 'void') return `accounting voids ${number} of ${project}`;
  const amount = `${toDecimal(act.amount, currency)} ${currency}`;
  return act.kind === 'pay' ? `${amount} of ${number} are paid` : `accounting credits ${amount} of ${number}`;
}
