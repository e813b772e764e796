import type { BillingType, Engagement } from './engagement.ts';
import type { Defect } from './spoil-deal.ts';

export interface Deal {
  name: string;
  account: string;
  entity: string;
  billing: BillingType;
  standing: Engagement['standing'];
  stage: string;
  /** template, legal entity that delivers it, first week and length in weeks; week 0 is the week of the business day */
  phases: [template: string, entity: string, from: number, weeks: number][];
  defect?: Defect;
  /** rates are agreed per day instead of per hour */
  dayRates?: true;
  /** headroom between the price of the effort and the fixed price, percent; the odd cents come from the generator */
  markup?: number;
  /** time of the business day at which sales wins it */
  closesAt?: string;
}

const running = { standing: 'running', stage: 'Closed Won' } as const;
const broken = { standing: 'broken', stage: 'Closed Won' } as const;
const open = (stage: string) => ({ standing: 'pipeline', stage }) as const;

const TM = 'Time and Materials';
const FP = 'Fixed Price';

/** Engagement codes are numbered in this order: ENG-0001 is the first row. */
// one deal per row reads as a table
// prettier-ignore
export const DEALS: readonly Deal[] = [
  // running: provisioned weeks ago, people book time on them
  { name: 'ERP core renewal', account: 'ACC-0001', entity: 'DE01', billing: TM, ...running, phases: [['design', 'DE01', -12, 8], ['build', 'DE01', -4, 14], ['rollout', 'NL01', -4, 12]] },
  { name: 'Warehouse visibility', account: 'ACC-0003', entity: 'NL01', billing: TM, ...running, phases: [['discovery', 'NL01', -14, 6], ['build', 'NL01', -8, 16]] },
  { name: 'Claims platform', account: 'ACC-0006', entity: 'GB01', billing: FP, ...running, markup: 8, phases: [['design', 'GB01', -10, 6], ['build', 'GB01', -4, 12]] },
  { name: 'Patient billing integration', account: 'ACC-0007', entity: 'US01', billing: TM, ...running, phases: [['discovery', 'US01', -9, 4], ['build', 'US01', -5, 14]] },
  { name: 'Fleet data clean-up', account: 'ACC-0012', entity: 'DE01', billing: FP, ...running, markup: 5, phases: [['build', 'DE01', -18, 13]] },
  { name: 'Regulatory advisory', account: 'ACC-0009', entity: 'CH01', billing: 'Retainer', ...running, dayRates: true, phases: [['advisory', 'CH01', -11, 26]] },
  { name: 'Plant analytics', account: 'ACC-0010', entity: 'JP01', billing: TM, ...running, phases: [['discovery', 'JP01', -6, 20]] },
  // the three that are closed during the business day
  { name: 'European commerce rollout', account: 'ACC-0005', entity: 'GB01', billing: FP, ...open('Negotiation/Review'), closesAt: '09:10', markup: 6, phases: [['discovery', 'GB01', 2, 4], ['design', 'GB01', 6, 6], ['build', 'DE01', 12, 14], ['rollout', 'NL01', 20, 8], ['rollout', 'US01', 22, 8]] },
  { name: 'Grid asset register', account: 'ACC-0004', entity: 'NL01', billing: TM, ...open('Negotiation/Review'), closesAt: '09:40', phases: [['discovery', 'NL01', 1, 5], ['build', 'NL01', 6, 12]] },
  { name: 'Furnace scheduling', account: 'ACC-0011', entity: 'DE01', billing: TM, ...open('Negotiation/Review'), closesAt: '10:20', defect: 'contract-dates-missing', phases: [['design', 'DE01', 3, 6], ['build', 'DE01', 9, 10]] },
  // the rest of the pipeline
  { name: 'Freight settlement', account: 'ACC-0008', entity: 'US01', billing: FP, ...open('Proposal/Price Quote'), markup: 10, phases: [['design', 'US01', 5, 6], ['build', 'US01', 11, 12]] },
  { name: 'Spare parts portal', account: 'ACC-0002', entity: 'DE01', billing: TM, ...open('Proposal/Price Quote'), phases: [['discovery', 'DE01', 4, 4], ['build', 'DE01', 8, 12]] },
  { name: 'Wealth onboarding', account: 'ACC-0009', entity: 'CH01', billing: FP, ...open('Negotiation/Review'), markup: 12, dayRates: true, phases: [['design', 'CH01', 3, 8], ['build', 'DE01', 11, 14]] },
  { name: 'Supplier portal Japan', account: 'ACC-0010', entity: 'JP01', billing: FP, ...open('Negotiation/Review'), markup: 9, phases: [['discovery', 'JP01', 4, 6], ['design', 'JP01', 10, 6]] },
  { name: 'Port call planning', account: 'ACC-0012', entity: 'DE01', billing: 'Retainer', ...open('Perception Analysis'), phases: [['advisory', 'DE01', 6, 24]] },
  { name: 'Pump service app', account: 'ACC-0001', entity: 'DE01', billing: TM, ...open('Id. Decision Makers'), phases: [['discovery', 'DE01', 8, 4]] },
  { name: 'Store replenishment', account: 'ACC-0005', entity: 'GB01', billing: TM, ...open('Value Proposition'), phases: [] },
  { name: 'Broker portal', account: 'ACC-0006', entity: 'GB01', billing: FP, ...open('Needs Analysis'), phases: [] },
  { name: 'Clinic data hub', account: 'ACC-0007', entity: 'US01', billing: TM, ...open('Qualification'), phases: [] },
  { name: 'Machine telemetry', account: 'ACC-0002', entity: 'DE01', billing: TM, ...open('Prospecting'), phases: [] },
  { name: 'Terminal automation', account: 'ACC-0003', entity: 'NL01', billing: FP, ...open('Closed Lost'), phases: [] },
  // won, but written down in a way that must be refused
  { name: 'Dispatch optimisation', account: 'ACC-0008', entity: 'US01', billing: TM, ...broken, defect: 'contract-dates-missing', phases: [['discovery', 'US01', 2, 4]] },
  { name: 'Ledger harmonisation', account: 'ACC-0002', entity: 'DE01', billing: FP, ...broken, markup: 7, defect: 'milestone-sum', phases: [['design', 'DE01', 2, 6], ['rollout', 'GB01', 8, 6]] },
  { name: 'Meter data platform', account: 'ACC-0004', entity: 'NL01', billing: TM, ...broken, defect: 'rate-missing', phases: [['design', 'NL01', 3, 6], ['build', 'NL01', 9, 10]] },
  { name: 'Glassworks cockpit', account: 'ACC-0011', entity: 'DE01', billing: TM, ...broken, defect: 'legal-entity-unknown', phases: [['discovery', 'DE01', 2, 5]] },
];
