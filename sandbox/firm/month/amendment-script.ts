import { addDays, type CalendarDate } from '../calendar-date.ts';
import { scriptDay } from '../day-script.ts';
import type { Engagement } from '../engagement.ts';
import type { Firm } from '../firm.ts';
import type { MinorUnits } from '../minor-units.ts';

/** What is agreed anew about a deal: the whole of it as it shall be, as sales leaves it in the CRM. */
export interface Amendment {
  /** days after the Monday of the business day's week, on which sales enters it */
  day: number;
  time: string;
  number: number;
  effective: CalendarDate;
  reason: string;
  deal: Engagement;
  /** what becomes of it: made in ERP and PSA · rejected by who is asked · refused, since more is billed than it leaves */
  fate: 'made' | 'rejected' | 'refused';
}

/** Contracts are tied to deals that are running, or won on the business day. */
export function hasContract(deal: Engagement, firm: Firm): boolean {
  return deal.standing === 'running' || firm.closing.some(({ code }) => code === deal.code);
}

/** The net amount that accounting bills of a deal before an amendment wants to go below it. */
export function billedBefore(firm: Firm): MinorUnits {
  return Math.floor((wonDeal(firm, 'ENG-0009').amount * 6) / 10);
}

/**
 * The amendments of the month: more money; a phase taken out, and with it money; later dates; less money than is billed already, which must be refused;
 * and later dates that the partner does not want.
 */
export function scriptAmendments(firm: Firm): Amendment[] {
  const grid = wonDeal(firm, 'ENG-0009');
  const more = withBudget(grid, 'P2', 12_345_67);
  const later = withEnd(more, 'P2', 28);
  const less = withBudget(later, 'P2', -Math.floor(later.amount / 2));
  const rollout = wonDeal(firm, 'ENG-0008');
  const shorter = withoutPhase(rollout, 'P2');
  const longer = withEnd(shorter, 'P5', 14);
  const effective = addDays(firm.week0, 14);
  return [
    { day: 8, time: '09:00', number: 1, effective, reason: 'Two more substations', deal: more, fate: 'made' },
    { day: 8, time: '09:20', number: 1, effective, reason: 'The client has a design already', deal: shorter, fate: 'made' },
    {
      day: 15,
      time: '09:30',
      number: 2,
      effective: addDays(effective, 7),
      reason: 'Access comes a month later',
      deal: later,
      fate: 'made',
    },
    { day: 22, time: '10:30', number: 3, effective: addDays(effective, 14), reason: 'The budget is cut', deal: less, fate: 'refused' },
    {
      day: 22,
      time: '10:35',
      number: 2,
      effective: addDays(effective, 14),
      reason: 'The shops want to wait',
      deal: longer,
      fate: 'rejected',
    },
  ];
}

export const titleOf = ({ number, deal }: Amendment) => `Amendment ${number} of ${deal.code}: `;

function wonDeal(firm: Firm, code: string): Engagement {
  const found = scriptDay(firm).wins.find(({ deal }) => deal.code === code)?.deal;
  if (!found) throw new Error(`${code} is not won on the business day`);
  return found;
}

function withBudget(deal: Engagement, code: string, more: MinorUnits): Engagement {
  const phases = deal.phases.map((phase) => (phase.code === code ? { ...phase, budget: phase.budget + more } : phase));
  return { ...deal, amount: deal.amount + more, phases };
}

function withEnd(deal: Engagement, code: string, days: number): Engagement {
  const phases = deal.phases.map((phase) => (phase.code === code ? { ...phase, end: addDays(phase.end, days) } : phase));
  return { ...deal, contractEnd: addDays(deal.contractEnd as CalendarDate, days), phases };
}

/** What it cost goes with it: its own milestone, and the rest of it from what is due on signing. */
function withoutPhase(deal: Engagement, code: string): Engagement {
  const budget = deal.phases.find((phase) => phase.code === code)?.budget ?? 0;
  const own = deal.milestones.filter((milestone) => milestone.phase === code).reduce((sum, { amount }) => sum + amount, 0);
  return {
    ...deal,
    amount: deal.amount - budget,
    phases: deal.phases.filter((phase) => phase.code !== code),
    needs: deal.needs.filter((need) => need.phase !== code),
    milestones: deal.milestones
      .filter((milestone) => milestone.phase !== code)
      .map((milestone, index) => (index === 0 ? { ...milestone, amount: milestone.amount - (budget - own) } : milestone)),
  };
}
