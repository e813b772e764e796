import type { ProjectFinances } from '../../model/types.generated.ts';

const eur = (amount: string) => ({ amount, currency: 'EUR' });

/** What the books say of the project of the sample invoice. */
export const someFinances = (more: Partial<ProjectFinances> = {}): ProjectFinances => ({
  ...{ engagement: 'ENG-0001', project: { id: '9', code: 'ENG-0001' }, legalEntity: 'DE01', currency: 'EUR', billing: 'fixed-price' },
  ...{ asOf: '2026-03-31T10:00:00.000Z', contractValue: eur('5000.00'), billed: eur('1000.00'), invoiced: eur('1190.00') },
  ...{ paid: eur('190.00'), credited: eur('0.00'), open: eur('1000.00'), revenue: eur('1600.00') },
  ...{ labourCost: eur('1000.00'), expenseCost: eur('100.00'), cost: eur('1100.00'), margin: eur('500.00'), marginPercent: '31.25' },
  ...{ unbilled: eur('600.00'), overbilled: eur('0.00'), unknown: [] },
  ...more,
});
