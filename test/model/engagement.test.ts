import 'should';
import { type ContractName, contractIssues } from '../../model/contract.ts';
import { demandsOf, projectsOf } from '../../model/engagement-parts.ts';
import { Failure } from '../../model/failure.ts';
import type { Engagement } from '../../model/types.generated.ts';
import { sampleEngagement, samplePhase } from './sample-engagement.ts';

const codes = (engagement: unknown) => contractIssues('engagement', engagement).map((issue) => issue.code);
const eur = (amount: string) => ({ amount, currency: 'EUR' });

describe('An engagement', () => {
  it('that is sound has nothing to complain about', () => {
    codes(sampleEngagement()).should.deepEqual([]);
  });

  const wrong: [string, Partial<Record<keyof Engagement, unknown>>, string, string][] = [
    ['without a contract start', { contract: { end: '2027-03-31' } }, 'SCHEMA_REQUIRED', 'contract.start'],
    ['with a day that does not exist', { contract: { start: '2026-02-30', end: '2027-03-31' } }, 'SCHEMA_FORMAT', 'contract.start'],
    [
      'that ends before it starts',
      { contract: { start: '2027-06-01', end: '2027-03-31' }, phases: [], milestones: [], staffing: [], billing: { type: 'retainer' } },
      'CONTRACT_PERIOD',
      'contract.end',
    ],
    [
      'with a phase outside the contract',
      { phases: [samplePhase('P1', 'DE01', { end: '2027-05-01' }), samplePhase('P2', 'NL01')] },
      'PHASE_OUTSIDE_CONTRACT',
      'phases[0]',
    ],
    ['whose shares get a code that is too long', { code: 'E'.repeat(78) }, 'DERIVED_TOO_LONG', 'code'],
    ['whose shares get a name that is too long', { name: 'N'.repeat(255) }, 'DERIVED_TOO_LONG', 'name'],
    [
      'with a task whose code grows too long',
      {
        code: 'E'.repeat(70),
        phases: [samplePhase('P1', 'DE01'), samplePhase('P2', 'DE01', { tasks: [{ code: 'T'.repeat(9), name: 'T' }] })],
      },
      'DERIVED_TOO_LONG',
      'phases',
    ],
    ['with the code of a share of another', { code: 'ENG-7-DE01' }, 'CODE_OF_A_SHARE', 'code'],
    ['whose milestones miss a cent', { amount: eur('12000.51') }, 'MILESTONE_SUM', 'milestones'],
    [
      'with a role that has no rate',
      { rateCard: [{ role: 'Architect', rate: eur('200.00'), unit: 'hour' }] },
      'ROLE_WITHOUT_RATE',
      'staffing[0].role',
    ],
    [
      'with a phase code used twice',
      {
        phases: [samplePhase('P1', 'DE01'), samplePhase('P1', 'NL01')],
        milestones: [{ code: 'M1', name: 'All', due: '2027-03-31', amount: eur('12000.50') }],
        staffing: [],
      },
      'PHASE_CODE_TWICE',
      'phases',
    ],
    [
      'with a milestone of an unknown phase',
      { milestones: [{ code: 'M1', name: 'All', phase: 'P9', due: '2027-03-31', amount: eur('12000.50') }] },
      'MILESTONE_PHASE_UNKNOWN',
      'milestones[0].phase',
    ],
    [
      'in two currencies',
      { milestones: [{ code: 'M1', name: 'All', due: '2027-03-31', amount: { amount: '12000.50', currency: 'USD' } }] },
      'CURRENCY_MIXED',
      'milestones[0].amount',
    ],
    ['with money as a number', { amount: { amount: 12000.5, currency: 'EUR' } }, 'SCHEMA_TYPE', 'amount.amount'],
    ['with more decimals than its currency has', { amount: eur('12000.505') }, 'MONEY_DECIMALS', 'amount'],
    [
      'with a milestone in tenths of a yen',
      { milestones: [{ code: 'M1', name: 'All', due: '2027-03-31', amount: { amount: '0.5', currency: 'JPY' } }] },
      'MONEY_DECIMALS',
      'milestones[0].amount',
    ],
    ['with a sign in its code that nobody sees', { code: 'ENG-0100\u200b' }, 'CODE_SIGNS', 'code'],
    [
      'with a blank in a phase code that is none of the keyboard',
      { phases: [samplePhase('P1', 'DE01'), samplePhase('P2', 'NL01'), samplePhase('P\u00a03', 'DE01')] },
      'CODE_SIGNS',
      'phases[2].code',
    ],
    ['with a letter of its account code in two parts', { account: { code: 'A\u0308CC', name: 'Client' } }, 'CODE_SIGNS', 'account.code'],
    [
      'with two rates for one role and region',
      {
        rateCard: [
          { role: 'Consultant', rate: eur('150.00'), unit: 'hour' },
          { role: 'Consultant', rate: eur('1200.00'), unit: 'day' },
        ],
      },
      'RATE_TWICE',
      'rateCard[1].rate',
    ],
    ['with a negative amount', { amount: eur('-0.01') }, 'MONEY_NEGATIVE', 'amount'],
    ['with an amount of more digits than anybody has', { amount: eur('9'.repeat(41)) }, 'SCHEMA_MAXLENGTH', 'amount.amount'],
    ['in a currency that does not exist', { currency: 'ZZZ' }, 'CURRENCY_NOT_ISO', 'currency'],
    ['that starts in the year 26', { contract: { start: '0026-01-01', end: '2027-03-31' } }, 'DATE_YEAR', 'contract.start'],
    ['with a field the contract does not know', { discount: 5 } as never, 'SCHEMA_ADDITIONALPROPERTIES', 'discount'],
  ];
  for (const [title, change, code, field] of wrong) {
    it(`${title} is refused with field, value and remedy`, () => {
      const [first] = contractIssues('engagement', { ...sampleEngagement(), ...change });
      first!.should.containEql({ code, field });
      first!.message.should.not.be.empty();
      first!.remedy.should.not.be.empty();
    });
  }

  it('names every problem at once, not only the first', () => {
    codes({ ...sampleEngagement(), amount: eur('1.00'), rateCard: [] }).should.deepEqual([
      'MILESTONE_SUM',
      'ROLE_WITHOUT_RATE',
      'ROLE_WITHOUT_RATE',
    ]);
  });

  it('is not measured by a contract that there is not, as a node of a flow written by hand may ask', () => {
    for (const name of ['', 'engagements', 'constructor', undefined]) {
      const measure = () => contractIssues(name as ContractName, sampleEngagement());
      measure.should.throw(Failure, {
        class: 'contract.invalid',
        code: 'CONTRACT_UNKNOWN',
        field: 'contract',
        message: /engagement, project/,
      });
    }
  });

  it('becomes one project for each legal entity, and loses nothing on the way', () => {
    const engagement = sampleEngagement();
    const projects = projectsOf(engagement);
    projects
      .map(({ code, legalEntity, main }) => [code, legalEntity, main])
      .should.deepEqual([
        ['ENG-0100', 'DE01', true],
        ['ENG-0100-NL01', 'NL01', false],
      ]);
    projects.flatMap((project) => project.phases).should.deepEqual(engagement.phases);
    projects.flatMap((project) => project.milestones).should.deepEqual(engagement.milestones);
    for (const project of projects) contractIssues('project', project).should.deepEqual([]);
  });

  it('has a share of zero where an entity delivers for nothing, which is not a share without an amount', () => {
    const engagement = sampleEngagement({
      phases: [
        samplePhase('P1', 'DE01'),
        samplePhase('P2', 'NL01', { budget: eur('0.00') }),
        samplePhase('P3', 'GB01', { budget: undefined }),
      ],
    });
    const [, free, unpriced] = projectsOf(engagement);
    free!.amount!.should.deepEqual(eur('0.00'));
    unpriced!.should.not.have.property('amount');
  });

  it('has no amount of a share of which a phase has no budget: a part is not the whole', () => {
    const engagement = sampleEngagement({
      phases: [samplePhase('P1', 'DE01'), samplePhase('P2', 'NL01'), samplePhase('P3', 'NL01', { budget: undefined })],
    });
    projectsOf(engagement)
      .map(({ amount }) => amount)
      .should.deepEqual([eur('6000.00'), undefined]);
  });

  it('keeps the amount of the deal when one entity delivers it all', () => {
    const engagement = sampleEngagement({ phases: [samplePhase('P1', 'DE01'), samplePhase('P2', 'DE01')] });
    projectsOf(engagement)
      .map((project) => project.amount)
      .should.deepEqual([eur('12000.50')]);
  });

  it('asks for people in the project of the entity that delivers, at the rate of the region', () => {
    const demands = demandsOf(sampleEngagement());
    demands
      .map(({ code, projectCode, headcount, targetRate }) => [code, projectCode, headcount, targetRate?.amount])
      .should.deepEqual([
        ['ENG-0100/N1', 'ENG-0100', 2, '150.00'],
        ['ENG-0100-NL01/N2', 'ENG-0100-NL01', 1, '140.00'],
      ]);
    for (const demand of demands) contractIssues('staffing-demand', demand).should.deepEqual([]);
  });

  it('asks for people at the rate of the region however its name is typed, and sees that a rate is there twice', () => {
    const engagement = sampleEngagement();
    const typed = engagement.staffing.map((need) => ({ ...need, role: need.role.toUpperCase(), region: ` ${need.region?.toLowerCase()}` }));
    demandsOf({ ...engagement, staffing: typed })
      .map(({ targetRate }) => targetRate?.amount)
      .should.deepEqual(['150.00', '140.00']);
    codes({ ...engagement, staffing: typed }).should.deepEqual([]);
    const twice = [...engagement.rateCard, { role: 'consultant', region: 'BENELUX', rate: eur('170.00'), unit: 'hour' as const }];
    codes({ ...engagement, rateCard: twice }).should.deepEqual(['RATE_TWICE']);
  });

  it('asks for people at the price of a day where the rate card says so', () => {
    const daily = { role: 'Consultant', rate: eur('1200.00'), unit: 'day' as const };
    const demands = demandsOf(sampleEngagement({ rateCard: [daily] }));
    demands[0]!.should.containEql({ targetRate: eur('1200.00'), targetUnit: 'day' });
    contractIssues('staffing-demand', demands[0]).should.deepEqual([]);
  });

  it('asks for no more people or minutes than a firm could have: a number with zeros too many is a slip', () => {
    const [need] = sampleEngagement().staffing;
    codes(sampleEngagement({ staffing: [{ ...need!, headcount: 1e21 }] })).should.deepEqual(['SCHEMA_MAXIMUM']);
    codes(sampleEngagement({ staffing: [{ ...need!, effortMinutes: 1e12 }] })).should.deepEqual(['SCHEMA_MAXIMUM']);
    codes(sampleEngagement({ staffing: [{ ...need!, headcount: 1_000 }] })).should.not.containEql('SCHEMA_MAXIMUM');
  });
});
