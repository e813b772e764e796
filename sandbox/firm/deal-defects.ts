import { type Engagement, rateFor } from './engagement.ts';
import { LEGAL_ENTITIES } from './legal-entities.ts';
import type { Defect } from './spoil-deal.ts';

const known = (code: string) => LEGAL_ENTITIES.some((entity) => entity.code === code);

/** Judges a deal by the firm's business rules, from its data alone: how it came to be broken is not looked at. */
export function dealDefects(deal: Engagement): Defect[] {
  const defects: Defect[] = [];
  const { contractStart, contractEnd } = deal;
  if (!contractStart || !contractEnd) defects.push('contract-dates-missing');
  const milestones = deal.milestones.reduce((sum, milestone) => sum + milestone.amount, 0);
  if (deal.billing === 'Fixed Price' && milestones !== deal.amount) defects.push('milestone-sum');
  if (deal.needs.some((need) => !rateFor(deal, need.role, need.region))) defects.push('rate-missing');
  if (![deal.legalEntity, ...deal.phases.map((phase) => phase.legalEntity)].every(known)) defects.push('legal-entity-unknown');
  return defects;
}
