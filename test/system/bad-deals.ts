import { type Deal, soundDeal } from './deal.ts';

/** A deal that cannot be provisioned, and what sales and the analyst must be told. */
export interface BadDeal {
  /** completes the sentence "a deal … is parked" */
  what: string;
  deal: Deal;
  failure: { class: string; code: string; field: string; value?: string; system?: string };
  /** part of what is said */
  told?: RegExp;
  /** what nobody can know from the CRM record alone has left this much behind */
  written?: Partial<Record<'projects' | 'workspaces', number>>;
}

const phase = soundDeal('X').phases[0] as Deal['phases'][number];
const milestone = soundDeal('X').milestones[0] as Deal['milestones'][number];
const need = soundDeal('X').needs[0] as Deal['needs'][number];
const task = phase.tasks[0] as Deal['phases'][number]['tasks'][number];
const rate = { rate: 150, unit: 'Hour' } as const;
const invalid = (code: string, field: string, value?: string) => ({
  class: 'contract.invalid',
  code,
  field,
  ...(value === undefined ? {} : { value }),
});

export const badDeals: BadDeal[] = [
  {
    what: 'without contract dates',
    deal: soundDeal('BAD-DATES', { start: null, end: null }),
    failure: invalid('SCHEMA_REQUIRED', 'contract.start'),
  },
  {
    what: 'whose contract ends before it begins',
    deal: soundDeal('BAD-PERIOD', { start: '2027-03-31', end: '2026-12-01' }),
    failure: invalid('CONTRACT_PERIOD', 'contract.end', '2026-12-01'),
  },
  {
    what: 'whose milestones are a cent short of the fixed price',
    deal: soundDeal('BAD-SUM', { milestones: [{ ...milestone, amount: 12000.49 }] }),
    failure: invalid('MILESTONE_SUM', 'milestones', '12000.49 EUR'),
  },
  {
    what: 'that needs a role without a rate',
    deal: soundDeal('BAD-RATE', { needs: [{ ...need, role: 'Architect' }] }),
    failure: invalid('ROLE_WITHOUT_RATE', 'staffing[0].role', 'Architect'),
  },
  {
    what: 'whose role has a rate in another region only',
    deal: soundDeal('BAD-REGION', { rates: [{ role: 'Consultant', region: 'UK', ...rate }] }),
    failure: invalid('ROLE_WITHOUT_RATE', 'staffing[0].role', 'Consultant'),
  },
  {
    what: 'signed by a legal entity that the ERP does not know',
    deal: soundDeal('BAD-ENTITY', { legalEntity: 'FR01', phases: [{ ...phase, legalEntity: 'FR01' }] }),
    failure: { class: 'mapping.missing', code: 'LEGAL_ENTITY_UNKNOWN', field: 'legalEntity', value: 'FR01', system: 'netsuite' },
  },
  {
    what: 'delivered by a legal entity that the ERP does not know',
    deal: soundDeal('BAD-DELIVERY', { phases: [phase, { ...phase, code: 'P2', legalEntity: 'FR01' }] }),
    failure: { class: 'mapping.missing', code: 'LEGAL_ENTITY_UNKNOWN', field: 'legalEntity', value: 'FR01', system: 'netsuite' },
  },
  {
    what: 'in a currency that the ERP does not know',
    deal: soundDeal('BAD-CURRENCY', { currency: 'SEK' }),
    failure: { class: 'mapping.missing', code: 'CURRENCY_UNKNOWN', field: 'currency', value: 'SEK', system: 'netsuite' },
  },
  {
    what: 'without an amount',
    deal: soundDeal('BAD-AMOUNT', { amount: null }),
    failure: invalid('SCHEMA_REQUIRED', 'amount'),
  },
  {
    what: 'without a billing type',
    deal: soundDeal('BAD-BILLING', { billing: null }),
    failure: invalid('SCHEMA_REQUIRED', 'billing.type'),
  },
  {
    what: 'with a phase outside the contract',
    deal: soundDeal('BAD-OUTSIDE', { phases: [{ ...phase, end: '2027-04-01' }] }),
    failure: invalid('PHASE_OUTSIDE_CONTRACT', 'phases[0]', '2026-12-01 – 2027-04-01'),
  },
  {
    what: 'with the same phase code twice',
    deal: soundDeal('BAD-PHASE-TWICE', { phases: [phase, { ...phase, tasks: [] }] }),
    failure: invalid('PHASE_CODE_TWICE', 'phases', 'P1'),
  },
  {
    what: 'with the same task code twice in a phase',
    deal: soundDeal('BAD-TASK-TWICE', { phases: [{ ...phase, tasks: [task, task] }] }),
    failure: invalid('TASK_CODE_TWICE', 'phases[0].tasks', 'T1'),
  },
  {
    what: 'with the same milestone code twice',
    deal: soundDeal('BAD-MILESTONE-TWICE', {
      milestones: [
        { ...milestone, amount: 6000 },
        { ...milestone, amount: 6000.5 },
      ],
    }),
    failure: invalid('MILESTONE_CODE_TWICE', 'milestones', 'M1'),
  },
  {
    what: 'with the same staffing need twice',
    deal: soundDeal('BAD-NEED-TWICE', { needs: [need, need] }),
    failure: invalid('STAFFING_CODE_TWICE', 'staffing', 'N1'),
  },
  {
    what: 'whose milestone belongs to a phase that was not sold',
    deal: soundDeal('BAD-MILESTONE-PHASE', { milestones: [{ ...milestone, phase: 'P9' }] }),
    failure: invalid('MILESTONE_PHASE_UNKNOWN', 'milestones[0].phase', 'P9'),
  },
  {
    what: 'of a fixed price of nothing',
    deal: soundDeal('BAD-ZERO', { amount: 0, milestones: [{ ...milestone, amount: 0 }] }),
    failure: invalid('MILESTONE_AMOUNT', 'milestones', '0.00'),
  },
  {
    what: 'whose name is longer than a project name of the ERP',
    deal: soundDeal('BAD-NAME', { name: `BAD-NAME ${'n'.repeat(75)}` }),
    failure: invalid('FIELD_TOO_LONG', 'companyName', `BAD-NAME ${'n'.repeat(75)}`),
    told: /companyName of project BAD-NAME has 84 characters, NetSuite takes 83/,
  },
  {
    what: 'whose client has a name that the ERP cannot hold',
    deal: soundDeal('BAD-CLIENT', { account: { code: 'ACC-BAD-CLIENT', name: 'c'.repeat(84), country: 'DE' } }),
    failure: invalid('FIELD_TOO_LONG', 'companyName', 'c'.repeat(84)),
    told: /companyName of customer ACC-BAD-CLIENT@DE01 has 84 characters/,
  },
  {
    what: 'whose second share has a name that only its legal entity makes too long',
    deal: soundDeal('BAD-SHARE', {
      name: `BAD-SHARE ${'n'.repeat(70)}`,
      phases: [phase, { ...phase, code: 'P2', legalEntity: 'NL01', budget: 0 }],
    }),
    failure: invalid('FIELD_TOO_LONG', 'companyName', `BAD-SHARE ${'n'.repeat(70)} (NL01)`),
    told: /companyName of project BAD-SHARE-NL01 has 87 characters/,
  },
  {
    what: 'whose task gets a key that the ERP has no room for',
    deal: soundDeal('BAD-TASK-KEY', { phases: [{ ...phase, tasks: [{ ...task, code: '€'.repeat(45) }] }] }),
    failure: invalid('FIELD_TOO_LONG', 'externalId'),
    told: /externalId of task BAD-TASK-KEY\/P1\/€+ has \d+ characters, NetSuite takes 255/,
  },
  {
    what: 'with tasks whose codes the ERP takes for one',
    deal: soundDeal('BAD-ALIKE', { phases: [{ ...phase, tasks: [task, { ...task, code: 't1' }] }] }),
    failure: invalid('CODES_ALIKE', 'code', 'BAD-ALIKE/P1/t1'),
  },
  {
    what: 'that needs a role which the PSA does not know',
    deal: soundDeal('BAD-ROLE', { needs: [{ ...need, role: 'Sorcerer' }], rates: [{ role: 'Sorcerer', ...rate }] }),
    failure: { class: 'mapping.missing', code: 'ROLE_UNKNOWN', field: 'role', value: 'Sorcerer', system: 'kantata' },
    written: { projects: 1, workspaces: 1 },
  },
];
