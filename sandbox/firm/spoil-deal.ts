import type { Engagement } from './engagement.ts';

/** The ways in which a won deal of this firm cannot be provisioned. */
export type Defect = 'contract-dates-missing' | 'milestone-sum' | 'rate-missing' | 'legal-entity-unknown';

/** What sales forgot or mistyped: each turns a sound deal into one that must be refused. */
export const SPOIL: Record<Defect, (deal: Engagement) => Engagement> = {
  'contract-dates-missing': (deal) => ({ ...deal, contractStart: null, contractEnd: null }),
  'milestone-sum': (deal) => ({
    ...deal,
    milestones: deal.milestones.map((milestone, index) => (index === 0 ? { ...milestone, amount: milestone.amount + 1 } : milestone)),
  }),
  'rate-missing': (deal) => ({ ...deal, rates: deal.rates.filter((line) => line.role !== deal.needs[0]?.role) }),
  'legal-entity-unknown': (deal) => ({
    ...deal,
    legalEntity: 'FR01',
    phases: deal.phases.map((phase) => ({ ...phase, country: 'FR', legalEntity: 'FR01' })),
  }),
};
