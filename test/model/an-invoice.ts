import type { Invoice, Settlement } from '../../model/types.generated.ts';

export const eur = (amount: string) => ({ amount, currency: 'EUR' });

export const settled = (amount: string): Settlement => ({ id: `p${amount}`, date: '2026-03-20', amount: eur(amount) });

/** A sound one, posted, of 1,190 EUR. */
export const anInvoice = (more: Partial<Invoice> = {}): Invoice => ({
  id: 'netsuite:1001',
  source: { system: 'netsuite', id: '1001' },
  number: 'INV-1001',
  legalEntity: 'DE01',
  customer: { id: '101', code: 'ACC-0001', legalEntity: 'DE01' },
  project: { id: '102', code: 'ENG-0001', legalEntity: 'DE01', currency: 'EUR' },
  currency: 'EUR',
  invoiceDate: '2026-03-10',
  dueDate: '2026-04-09',
  status: 'posted',
  net: eur('1000.00'),
  tax: eur('190.00'),
  gross: eur('1190.00'),
  open: eur('1190.00'),
  margin: eur('400.00'),
  lines: [{ id: '1', amount: eur('1000.00') }],
  payments: [],
  credits: [],
  version: '2026-03-10T10:00:00.000Z',
  ...more,
});
