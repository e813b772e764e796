import should from 'should';
import { Failure } from '../../model/failure.ts';
import type { Project } from '../../model/types.generated.ts';
import { inGerman } from '../model/in-german.ts';
import { InMemoryEffects } from './in-memory-effects.ts';
import { demand, project, startKantata } from './kantata-sandbox.ts';

const fresh = () => ({ effects: new InMemoryEffects(), signal: new AbortController().signal });
const deal: Project = { ...project, engagementId: '006000000000001AAA', account: { ...project.account, id: '001000000000001AAA' } };
const eur = (amount: string) => ({ amount, currency: 'EUR' });

describe('What Kantata has already', () => {
  let kantata: Awaited<ReturnType<typeof startKantata>>;
  const create = (changes: Partial<Project>) => kantata.connect().operations['psa-project.create']([{ ...deal, ...changes }], fresh());
  /** refused, and nothing written */
  const refused = async (changes: Partial<Project>): Promise<Failure> => {
    const before = kantata.changes();
    const failure = await create(changes).then(
      () => new Failure({ class: 'internal', code: 'TAKEN', message: 'it was not refused' }),
      (error) => Failure.from(error),
    );
    kantata.changes().should.equal(before);
    return failure;
  };
  const story = (title: string) => kantata.rows('stories').find((row) => row['title'] === title)!;

  beforeEach(async () => {
    kantata = await startKantata();
    await create({});
  });
  afterEach(() => kantata.stop());

  it('is used without a word when it is what the deal says', async () => {
    should((await create({})).projects[0]!.differences).be.undefined();
    // the client's code was filled in since
    await kantata.stop();
    kantata = await startKantata();
    await create({ account: { ...deal.account, code: deal.account.id! } });
    should((await create({})).projects[0]!.differences).be.undefined();
  });

  it('is used when the code of its client was changed in the CRM, which is said', async () => {
    const changed = { ...deal.account, code: 'ACC-0009' };
    const { projects } = await create({ account: changed });
    projects[0]!
      .differences!.map(({ field, there, wanted }) => [field, there, wanted])
      .should.deepEqual([['description (Engagement)', 'ACC-0001', 'ACC-0009']]);
    kantata.rows('workspaces').should.have.length(1);
    // nothing but its name says whose it is once a person has taken the mark of the deal out
    const [workspace] = kantata.rows('workspaces');
    workspace!['description'] = String(workspace!['description']).replace(/^CRM id .*$/m, '');
    should((await refused({ account: changed })).toJSON()).containEql({ code: 'RECORD_OF_ANOTHER', field: 'account.code' });
  });

  for (const [what, changes, field, told, german] of [
    [
      'another client',
      { account: { code: 'ACC-0002', name: 'Other' } },
      'account.code',
      /Nordwind GmbH \(ACC-0001\).*Other \(ACC-0002\)/,
      /gehört zu dem Kunden Nordwind GmbH \(ACC-0001\), das Geschäft zu dem Kunden/,
    ],
    ['another legal entity', { legalEntity: 'NL01' }, 'legalEntity', /DE01.*NL01/, /zu der Gesellschaft DE01, .* zu der Gesellschaft NL01/],
    ['another currency', { currency: 'GBP' }, 'currency', /EUR.*GBP/, /wird in der Währung EUR geführt, das Geschäft in der Währung GBP/],
    [
      'another deal of the same client',
      { engagementId: '006000000000002AAA' },
      'code',
      /006000000000001AAA.*006000000000002AAA/,
      /zu dem Geschäft mit der CRM-ID 006000000000001AAA/,
    ],
  ] as [string, Partial<Project>, string, RegExp, RegExp][]) {
    it(`is refused when the project is of ${what}, with both named`, async () => {
      const failure = await refused(changes);
      should(failure.toJSON()).containEql({ class: 'conflict.duplicate', code: 'RECORD_OF_ANOTHER', record: 'project ENG-0001', field });
      failure.message.should.match(told);
      inGerman(failure).message.should.match(german);
    });
  }

  it('is known by codes with parentheses and dots, too: it is its own deal’s, and no other’s', async () => {
    for (const [code, entity] of [
      ['ACC(7)', 'DE01'],
      ['ACC (7)', 'DE01'],
      ['ACC-0001', 'DE · 01'],
    ] as const) {
      await kantata.stop();
      kantata = await startKantata();
      // without the mark of the deal nothing else says whose it is
      const own = { code: project.code, engagementId: undefined, account: { code, name: 'Nord (Werke)' }, legalEntity: entity } as never;
      await create(own);
      should((await create(own)).projects[0]!.differences).be.undefined();
      const another = await refused({ ...(own as object), account: { code: 'ACC-0002', name: 'Other' } });
      should(another.toJSON()).containEql({ code: 'RECORD_OF_ANOTHER', field: 'account.code' });
      should((await refused({ ...(own as object), legalEntity: 'NL01' })).code).equal('RECORD_OF_ANOTHER');
    }
  });

  const [one, two] = project.milestones;
  const [phase] = project.phases;
  for (const [what, changes, record, field] of [
    ['another contract amount', { amount: eur('140000.00') }, 'project ENG-0001', 'description (Contract amount)'],
    ['another way of billing', { billing: { type: 'time-and-materials' } }, 'project ENG-0001', 'description (Billing)'],
    [
      'a raised milestone',
      { milestones: [{ ...one!, amount: eur('80000.00') }, two!] },
      'milestone ENG-0001/M1',
      'budget_estimate_in_cents',
    ],
    ['a milestone on another day', { milestones: [{ ...one!, due: '2027-01-15' }, two!] }, 'milestone ENG-0001/M1', 'due_date'],
    ['a milestone less', { milestones: [one!] }, 'milestone ENG-0001/M2', 'title'],
    [
      'another budget of a phase',
      { phases: [{ ...phase!, budget: eur('31000.00') }, project.phases[1]!] },
      'phase ENG-0001/P1',
      'budget_estimate_in_cents',
    ],
    [
      'a task that is not billable now',
      { phases: [{ ...phase!, tasks: phase!.tasks.map((task) => ({ ...task, billable: false })) }, project.phases[1]!] },
      'task ENG-0001/P1/T1',
      'billable',
    ],
  ] as [string, Partial<Project>, string, string][]) {
    it(`is refused for ${what}, with what is there and what the deal says`, async () => {
      const failure = await refused(changes);
      should(failure.toJSON()).containEql({ class: 'business.rejected', code: 'RECORD_DIFFERS', record: 'project ENG-0001' });
      failure.issues!.filter((issue) => issue.field === field && issue.message.includes(` of ${record} is `)).should.have.length(1);
    });
  }

  it('says what the deal does not say any more: a PO number, a budget, minutes that are planned', async () => {
    const { budget: _budget, ...plain } = phase!;
    const tasks = [{ code: 'T1', name: 'Workshops' }, phase!.tasks[1]!];
    const { projects } = await create({
      billing: { type: 'fixed-price', paymentTerms: 'NET30' },
      phases: [{ ...plain, tasks }, project.phases[1]!],
    });
    projects[0]!
      .differences!.map(({ record, field, there, wanted }) => `${record} ${field}: ${there} -> ${wanted}`)
      .should.deepEqual([
        'project ENG-0001 description (Client PO): PO-77 -> undefined',
        'phase ENG-0001/P1 budget_estimate_in_cents: 3000000 -> undefined',
        'task ENG-0001/P1/T1 time_estimate_in_minutes: 4800 -> undefined',
      ]);
  });

  it('needs not say what the project is worth, which is the ERP’s to say', async () => {
    const [workspace] = kantata.rows('workspaces');
    workspace!['description'] = 'Ask Ada first.';
    const { projects } = await create({});
    projects[0]!
      .differences!.map(({ field, there, wanted }) => `${field}: ${there} -> ${wanted}`)
      .should.deepEqual(['description (Client PO): undefined -> PO-77']);
  });

  it('says what differs in the plan, and leaves it', async () => {
    const before = kantata.changes();
    const phases = [
      { ...phase!, end: '2027-01-15', tasks: [{ ...phase!.tasks[0]!, name: 'Interviews', plannedMinutes: 6000 }, phase!.tasks[1]!] },
    ];
    const { projects } = await create({ name: 'ERP rollout 2', end: '2027-04-30', phases });
    projects[0]!
      .differences!.map(({ record, field, there, wanted }) => `${record} ${field}: ${there} -> ${wanted}`)
      .should.deepEqual([
        'project ENG-0001 title: ERP rollout -> ERP rollout 2',
        'project ENG-0001 due_date: 2027-03-31 -> 2027-04-30',
        'phase ENG-0001/P1 due_date: 2026-12-31 -> 2027-01-15',
        'task ENG-0001/P1/T1 title: Workshops -> Interviews',
        'task ENG-0001/P1/T1 time_estimate_in_minutes: 4800 -> 6000',
        'task ENG-0001/P2 title: P2 · Build -> undefined',
        'task ENG-0001/P2/T1 title: P2/T1 · Configuration -> undefined',
      ]);
    kantata.changes().should.equal(before);
  });

  it('is refused when a task hangs below another phase', async () => {
    const task = story('P1/T1 · Workshops');
    task['parent_id'] = story('P2 · Build').id;
    should((await refused({})).toJSON()).containEql({ code: 'RECORD_OF_ANOTHER', record: 'task ENG-0001/P1/T1', field: 'parent_id' });
  });

  it('says that the share of an entity that delivers no more is still there, until it is archived', async () => {
    const share = {
      ...deal,
      code: 'ENG-0001-NL01',
      name: 'ERP rollout (NL01)',
      legalEntity: 'NL01',
      main: false,
      phases: [],
      milestones: [],
    };
    await kantata.connect().operations['psa-project.create']([deal, share], fresh());
    const before = kantata.changes();
    const told = async () =>
      (await create({})).projects[0]!.differences?.map(({ record, there, wanted }) => `${record}: ${there} -> ${wanted}`);
    should(await told()).deepEqual(['project ENG-0001-NL01: ENG-0001-NL01 · ERP rollout (NL01) -> undefined']);
    kantata.changes().should.equal(before);
    kantata.rows('workspaces').find((row) => row['title'] === 'ENG-0001-NL01 · ERP rollout (NL01)')!['archived'] = true;
    should(await told()).be.undefined();
  });

  it('is refused when the project was archived', async () => {
    kantata.rows('workspaces')[0]!['archived'] = true;
    should((await refused({})).toJSON()).containEql({ class: 'business.rejected', code: 'RECORD_PUT_ASIDE', field: 'archived' });
  });

  it('of a staffing demand is refused in another project, and what differs is said', async () => {
    const psa = kantata.connect();
    const one = { ...demand, headcount: 1 };
    should((await psa.operations['staffing.request']([one], fresh())).demands[0]!.differences).be.undefined();
    should((await kantata.connect().operations['staffing.request']([one], fresh())).demands[0]!.differences).be.undefined();
    const before = kantata.changes();
    const raised = { ...one, role: 'Consultant', effortMinutes: 12_000, end: '2027-01-15', targetRate: eur('190.00') };
    const { demands } = await kantata.connect().operations['staffing.request']([raised], fresh());
    demands[0]!
      .differences!.map(({ field, there, wanted }) => `${field}: ${there} -> ${wanted}`)
      .should.deepEqual([
        'role: Senior Consultant -> Consultant',
        'minutes: 9601 -> 12000',
        'end_date: 2026-12-31 -> 2027-01-15',
        'notes (Target rate): 180.00 EUR per hour -> 190.00 EUR per hour',
      ]);
    const daily = { ...one, targetRate: eur('1440.00'), targetUnit: 'day' as const };
    (await kantata.connect().operations['staffing.request']([daily], fresh())).demands[0]!.differences!.map(
      ({ field, there, wanted }) => `${field}: ${there} -> ${wanted}`,
    ).should.deepEqual(['notes (Target rate): 180.00 EUR per hour -> 1440.00 EUR per day']);
    const { phase: _cleared, ...elsewhere } = { ...one, region: 'FR' };
    (await kantata.connect().operations['staffing.request']([elsewhere], fresh())).demands[0]!.differences!.map(
      ({ field, there, wanted }) => `${field}: ${there} -> ${wanted}`,
    ).should.deepEqual(['notes (Phase): P1 -> undefined', 'notes (Region): DE -> FR']);
    kantata.changes().should.equal(before);
    await create({ code: 'ENG-0002', engagementCode: 'ENG-0002', engagementId: '006000000000002AAA' });
    const moved = kantata.connect().operations['staffing.request']([{ ...one, projectCode: 'ENG-0002' }], fresh());
    await moved.should.be.rejectedWith({ code: 'RECORD_OF_ANOTHER', field: 'workspace_id' });
  });

  it('of a staffing demand that asks for fewer people, or of one that is gone, is said: they would still be looked for', async () => {
    const ask = async (...demands: (typeof demand)[]) =>
      (await kantata.connect().operations['staffing.request'](demands, fresh())).demands.map(({ code, differences = [] }) => [
        code,
        ...differences.map(({ record, field, there, wanted }) => `${record} ${field}: ${there} -> ${wanted}`),
      ]);
    const three = { ...demand, headcount: 3, effortMinutes: 9000 };
    const other = { ...demand, code: 'ENG-0001/S2', headcount: 1 };
    (await ask(three, other)).should.deepEqual([['ENG-0001/S1'], ['ENG-0001/S2']]);
    const before = kantata.changes();
    (await ask({ ...three, headcount: 2, effortMinutes: 6000 })).should.deepEqual([
      [
        'ENG-0001/S1',
        'staffing demand ENG-0001/S1#3 resource: Senior Consultant -> undefined',
        'staffing demand ENG-0001/S2 resource: Senior Consultant -> undefined',
      ],
    ]);
    kantata.changes().should.equal(before);
    // one that somebody has put there without this connector is nobody's business
    for (const row of kantata.rows('external_references')) row['service_name'] = 'another service';
    (await ask(three)).should.deepEqual([['ENG-0001/S1']]);
  });
});
