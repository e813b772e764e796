import { toDecimal } from '../minor-units.ts';
import type { Bill, InvoiceAct } from './invoice-script.ts';
import { byCurrency, type Figures } from './figures.ts';

/** An invoice as it stands when the month is over. */
export interface Standing {
  bill: Bill;
  status: 'posted' | 'partly-paid' | 'paid' | 'credited' | 'voided';
  gross: number;
  open: number;
}

/** What sales and delivery are shown, and what the ERP holds, worked out from what accounting did. */
export function invoiceFigures(acts: readonly InvoiceAct[]): Figures {
  const standing = standings(acts);
  const statuses = Map.groupBy(standing.values(), ({ status }) => status);
  // the one that was billed last, whatever has become of an earlier one since
  const posted = acts.filter(({ kind }) => kind === 'post');
  const last = (of: (project: string) => string) => new Map(posted.map(({ bill }) => [of(bill.project), bill.number]));
  const shown = (who: string, of: (project: string) => string) =>
    [...last(of)].flatMap(([key, number]) => {
      const now = standing.get(number) as Standing;
      const { project, currency } = now.bill;
      return [
        [`invoice that ${who} sees of ${key}`, saidOf(now)],
        [`revenue that ${who} sees of ${key}`, `${toDecimal(revenueOf(acts, project), currency)} ${currency}`],
      ];
    });
  return {
    ...Object.fromEntries([...statuses].map(([status, all]) => [`invoices in the ERP, ${status}`, String(all.length)])),
    ...byCurrency(
      'open invoices in the ERP',
      [...standing.values()].map(({ bill, open }) => ({ currency: bill.currency, amount: open })),
    ),
    ...Object.fromEntries(shown('sales', dealOf)),
    ...Object.fromEntries(shown('delivery', (project) => project)),
  };
}

/** `INV-1001 paid, open 0.00 EUR` */
export function saidOf({ bill, status, open }: Standing): string {
  return `${bill.number} ${status}, open ${toDecimal(open, bill.currency)} ${bill.currency}`;
}

/** What a project has earned: this firm recognizes revenue as it bills. */
function revenueOf(acts: readonly InvoiceAct[], project: string): number {
  const voided = new Set(acts.flatMap(({ kind, bill }) => (kind === 'void' ? bill.number : [])));
  return acts
    .filter(({ bill }) => bill.project === project && !voided.has(bill.number))
    .reduce((sum, act) => (act.kind === 'post' ? sum + act.bill.net : act.kind === 'credit' ? sum - act.amount : sum), 0);
}

/** A deal has several projects where several legal entities deliver it. */
export const dealOf = (project: string) => project.slice(0, 'ENG-0001'.length);

function standings(acts: readonly InvoiceAct[]): Map<string, Standing> {
  const all = new Map<string, Standing>();
  for (const act of acts) {
    const { bill } = act;
    const before = all.get(bill.number) ?? { bill, status: 'posted', gross: bill.net, open: bill.net };
    if (act.kind === 'post') all.set(bill.number, before);
    else if (act.kind === 'void') all.set(bill.number, { bill, status: 'voided', gross: 0, open: 0 });
    else {
      const open = before.open - act.amount;
      const credited = acts.filter((other) => other.bill === bill && other.kind !== 'post').every(({ kind }) => kind === 'credit');
      const status = open > 0 ? 'partly-paid' : credited ? 'credited' : 'paid';
      all.set(bill.number, { ...before, status, open });
    }
  }
  return all;
}
