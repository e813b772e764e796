import { type Deal, type DealPhase, soundDeal } from '../../system/deal.ts';

export const roleOfAmendments = 'Consultant of amendments';
const span = { start: '2026-12-01', end: '2027-02-26' };

const phase = (code: string, name: string, task: string, hours: number, budget: number): DealPhase => ({
  ...{ code, name, ...span, country: 'DE', legalEntity: 'DE01', budget },
  tasks: [{ code: `T${code.slice(1)}`, name: task, hours, billable: true }],
});
const milestone = (code: string, name: string, of: string, amount: number) => ({ code, name, phase: of, due: span.end, amount });
const need = (code: string, of: string, hours: number) => ({
  ...{ code, phase: of, role: roleOfAmendments, region: 'DACH', ...span, hours, heads: 1 },
});

/** A deal of two phases at a fixed price, each with a task, a milestone and somebody who is needed for it. */
export const dealAsWon = (code: string): Deal =>
  soundDeal(code, {
    amount: 12000.5,
    phases: [phase('P1', 'Design', 'Workshops', 40, 8000.33), phase('P2', 'Build', 'Migration', 80, 4000.17)],
    milestones: [milestone('M1', 'Designed', 'P1', 8000.33), milestone('M2', 'Built', 'P2', 4000.17)],
    needs: [need('N1', 'P1', 80), need('N2', 'P2', 160)],
    rates: [{ role: roleOfAmendments, rate: 150, unit: 'Hour' }],
  });

/** Its second phase is another one: costs, takes and lasts something else. */
function otherBuild(deal: Deal, { amount, price, end, hours }: { amount: number; price: number; end: string; hours: number }): Deal {
  const [design, build] = deal.phases as [DealPhase, DealPhase];
  const [designed, built] = deal.milestones as [Deal['milestones'][number], Deal['milestones'][number]];
  const [first, second] = deal.needs as [Deal['needs'][number], Deal['needs'][number]];
  const tasks = build.tasks.map((task) => ({ ...task, hours }));
  return {
    ...{ ...deal, amount, phases: [design, { ...build, end, budget: price, tasks }] },
    milestones: [designed, { ...built, due: end, amount: price }],
    needs: [first, { ...second, end, hours: 2 * hours }],
  };
}

export const more = (deal: Deal): Deal => ({
  ...otherBuild(deal, { amount: 15000.5, price: 7000.17, end: '2027-04-16', hours: 120 }),
  end: '2027-04-30',
});
export const less = (deal: Deal): Deal => otherBuild(deal, { amount: 9000.34, price: 1000.01, end: '2027-01-29', hours: 20 });
/** less than what is billed by then */
export const muchLess = (deal: Deal): Deal => ({
  ...{ ...deal, amount: 1000.5, phases: deal.phases.map((one, at) => ({ ...one, budget: at === 0 ? 800.33 : 200.17 })) },
  milestones: deal.milestones.map((one, at) => ({ ...one, amount: at === 0 ? 800.33 : 200.17 })),
});
export const billedOf = 6000.25;
export const later = (deal: Deal): Deal => ({ ...deal, end: '2027-05-31' });
export const otherPeople = (deal: Deal): Deal => ({
  ...deal,
  needs: deal.needs.map((one) => (one.code === 'N1' ? { ...one, hours: 120 } : one)),
});
export const withoutBuild = (deal: Deal): Deal => ({
  ...{ ...deal, amount: 8000.33, phases: deal.phases.slice(0, 1), milestones: deal.milestones.slice(0, 1), needs: deal.needs.slice(0, 1) },
});
export const withHandover = (deal: Deal): Deal => ({
  ...{ ...deal, amount: 13000.57, phases: [...deal.phases, phase('P3', 'Handover', 'Training', 16, 1000.07)] },
  milestones: [...deal.milestones, milestone('M3', 'Handed over', 'P3', 1000.07)],
  needs: [...deal.needs, need('N3', 'P3', 24)],
});
