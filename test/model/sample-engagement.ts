import type { Engagement, Phase } from '../../model/types.generated.ts';

const eur = (amount: string) => ({ amount, currency: 'EUR' });

export function samplePhase(code: string, legalEntity: string, more: Partial<Phase> = {}): Phase {
  return {
    code,
    name: `Phase ${code}`,
    start: '2026-12-01',
    end: '2027-02-26',
    country: legalEntity.slice(0, 2),
    legalEntity,
    budget: eur('6000.00'),
    tasks: [{ code: 'T1', name: 'Workshops', plannedMinutes: 2400, billable: true }],
    ...more,
  };
}

/** A sound fixed-price engagement over two legal entities. */
export function sampleEngagement(more: Partial<Engagement> = {}): Engagement {
  return {
    id: '006000000000001AAA',
    code: 'ENG-0100',
    name: 'ERP rollout',
    account: { code: 'ACC-0100', name: 'Client' },
    legalEntity: 'DE01',
    currency: 'EUR',
    amount: eur('12000.50'),
    billing: { type: 'fixed-price', paymentTerms: 'NET30' },
    contract: { start: '2026-12-01', end: '2027-03-31' },
    rateCard: [
      { role: 'Consultant', rate: eur('150.00'), unit: 'hour' },
      { role: 'Consultant', region: 'Benelux', rate: eur('140.00'), unit: 'hour' },
    ],
    phases: [samplePhase('P1', 'DE01'), samplePhase('P2', 'NL01')],
    milestones: [
      { code: 'M1', name: 'Design accepted', phase: 'P1', due: '2027-02-26', amount: eur('6000.25') },
      { code: 'M2', name: 'Go-live', phase: 'P2', due: '2027-03-31', amount: eur('6000.25') },
    ],
    staffing: [
      {
        code: 'N1',
        phase: 'P1',
        role: 'Consultant',
        skills: ['SAP'],
        region: 'DACH',
        start: '2026-12-01',
        end: '2027-02-26',
        effortMinutes: 4800,
        headcount: 2,
      },
      { code: 'N2', phase: 'P2', role: 'Consultant', region: 'Benelux', start: '2026-12-01', end: '2027-02-26', effortMinutes: 2400 },
    ],
    ...more,
  };
}
