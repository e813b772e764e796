import type { Firm } from '../firm.ts';
import type { MinorUnits } from '../minor-units.ts';
import { billedBefore } from './amendment-script.ts';

export interface Bill {
  /** `INV-1001` */
  number: string;
  project: string;
  /** the invoice is made out to the project, not to the client with the project beside it */
  toProject?: true;
  currency: string;
  net: MinorUnits;
}

/** What accounting does with an invoice: bills, enters what was paid, credits, voids. */
export type InvoiceAct = {
  /** days after the Monday of the business day's week, and the time of day */
  day: number;
  time: string;
  bill: Bill;
} & ({ kind: 'post' } | { kind: 'void' } | { kind: 'pay' | 'credit'; document: string; amount: MinorUnits });

const bill = (number: string, project: string, currency: string, net: MinorUnits): Bill => ({ number, project, currency, net });

const design = bill('INV-1001', 'ENG-0001', 'EUR', 12_400_00);
const rollout = bill('INV-1002', 'ENG-0001-NL01', 'EUR', 3_980_10);
const warehouse = bill('INV-1003', 'ENG-0002', 'EUR', 8_250_50);
const claims = bill('INV-1004', 'ENG-0003', 'GBP', 21_000_00);
const claimsLater = bill('INV-1005', 'ENG-0003', 'GBP', 4_321_09);
const patients = bill('INV-1006', 'ENG-0004', 'USD', 17_640_75);
const advisory = bill('INV-1007', 'ENG-0006', 'CHF', 9_900_00);
const plant = bill('INV-1008', 'ENG-0007', 'JPY', 1_234_567);

/**
 * The invoices of the month, in order of time: one is paid in two parts, one in part and in part credited, one stays open, one is paid after a later one of
 * the same project was billed, one is credited as a whole, one is voided, one in yen is paid.
 */
const ACTS: readonly InvoiceAct[] = [
  { day: 9, time: '10:00', kind: 'post', bill: design },
  { day: 9, time: '10:10', kind: 'post', bill: warehouse },
  { day: 9, time: '10:15', kind: 'post', bill: claims },
  { day: 9, time: '10:20', kind: 'post', bill: patients },
  { day: 9, time: '10:25', kind: 'post', bill: advisory },
  { day: 9, time: '10:30', kind: 'post', bill: plant },
  { day: 15, time: '10:00', kind: 'pay', bill: design, document: 'PYMT-2001', amount: 5_000_00 },
  // no other invoice of the deal changes that day: runs of two projects go side by side
  { day: 16, time: '10:05', kind: 'post', bill: rollout },
  { day: 15, time: '10:05', kind: 'pay', bill: warehouse, document: 'PYMT-2002', amount: 250_50 },
  { day: 15, time: '10:10', kind: 'post', bill: claimsLater },
  { day: 15, time: '10:15', kind: 'credit', bill: patients, document: 'CM-3001', amount: 17_640_75 },
  { day: 15, time: '10:20', kind: 'void', bill: advisory },
  { day: 15, time: '10:25', kind: 'pay', bill: plant, document: 'PYMT-2003', amount: 1_234_567 },
  { day: 22, time: '10:00', kind: 'pay', bill: design, document: 'PYMT-2004', amount: 7_400_00 },
  { day: 22, time: '10:05', kind: 'credit', bill: warehouse, document: 'CM-3002', amount: 1_000_00 },
  { day: 22, time: '10:10', kind: 'pay', bill: claims, document: 'PYMT-2005', amount: 21_000_00 },
];

/** And one of a deal that was won on the business day, made out to its project. */
export function scriptInvoices(firm: Firm): readonly InvoiceAct[] {
  const grid: Bill = { ...bill('INV-1009', 'ENG-0009', 'EUR', billedBefore(firm)), toProject: true };
  return [...ACTS, { day: 16, time: '10:00', kind: 'post', bill: grid }].toSorted((a, b) => a.day - b.day) as InvoiceAct[];
}
