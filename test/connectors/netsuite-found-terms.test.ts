import should from 'should';
import type { Milestone, Project } from '../../model/types.generated.ts';
import { eur, first, fresh, inAccount } from './netsuite-found.ts';
import { engagementProjects, NetSuiteSandbox } from './netsuite-sandbox.ts';

describe('A project that NetSuite has on other terms', () => {
  let box: NetSuiteSandbox;
  const { recordOf, writes, change, refused } = inAccount(() => box);

  beforeEach(async () => {
    box = await NetSuiteSandbox.start();
    await box.prepareCustomers();
    await box.erp.operations['erp-project.create'](engagementProjects(), fresh());
  });
  afterEach(() => box.stop());

  it('that was sold for another price is refused, field by field, and nothing is written', async () => {
    const milestones = [...first().milestones, { code: 'M4', name: 'Change request', due: '2026-10-31', amount: eur('30000.00') }];
    const failure = await refused([{ ...first(), amount: eur('130000.00'), milestones }]);
    should(failure.toJSON()).containEql({
      class: 'business.rejected',
      code: 'RECORD_DIFFERS',
      record: 'project ENG-0001',
      field: 'jobPrice',
      value: '100000',
    });
    const fields = ['jobPrice', 'milestone (M1)', 'milestone (M2)', 'milestone (M3)', 'milestone (M4)'];
    failure.issues!.map((issue) => issue.field).should.deepEqual(fields);
    change('job', 'ENG-0001', { jobPrice: 90000 });
    const price = await refused([first()]);
    should(price.toJSON()).containEql({ code: 'RECORD_DIFFERS', record: 'project ENG-0001', field: 'jobPrice', value: '90000' });
    price.message.should.match(/"90000".*"100000(\.00)?"/);
  });

  for (const [what, changed, field] of [
    [
      'a milestone that is due on another day',
      (project: Project) => ({ milestones: moved(project, { due: '2026-03-15' }) }),
      'milestone (M1)',
    ],
    [
      'money moved from one milestone to another',
      (project: Project) => ({
        milestones: project.milestones.map((one, at) => ({ ...one, amount: eur(['20000.00', '46666.66', '33333.34'][at]!) })),
      }),
      'milestone (M1)',
    ],
    [
      'a milestone less',
      ({ milestones: [one, two] }: Project) => ({ milestones: [one!, { ...two!, amount: eur('66666.67') }] }),
      'milestone',
    ],
    ['another way of billing', () => ({ billing: { type: 'time-and-materials' as const }, milestones: [] }), 'jobBillingType'],
    [
      'a task that is billable now',
      ({ phases: [phase] }: Project) => ({ phases: [{ ...phase!, tasks: phase!.tasks.map((task) => ({ ...task, billable: true })) }] }),
      'nonBillableTask',
    ],
  ] as const) {
    it(`is refused for ${what}`, async () => {
      const failure = await refused([{ ...first(), ...changed(first()) }]);
      should(failure.code).equal('RECORD_DIFFERS');
      failure.issues!.map((issue) => issue.field).should.containEql(field);
    });
  }

  it('made by hand without a way of billing gets that of the deal, for time and materials as well: it would bill nothing', async () => {
    const timed = { ...first(), billing: { type: 'time-and-materials' as const }, milestones: [] };
    delete recordOf('job', 'ENG-0001').fields['jobBillingType'];
    delete recordOf('job', 'ENG-0001').fields['jobPrice'];
    delete recordOf('job', 'ENG-0001').fields['billingSchedule'];
    await box.another().operations['erp-project.create']([timed], fresh());
    should(recordOf('job', 'ENG-0001').fields).containEql({ jobBillingType: 'TM' });
    const before = writes();
    await box.another().operations['erp-project.create']([timed], fresh());
    writes().should.equal(before);
  });

  it('that does not say what it is worth is never taken for the same: it is told, and refused where its price says otherwise', async () => {
    const project = { ...engagementProjects()[1]!, code: 'ENG-0004', amount: eur('50000.00'), phases: [] };
    await box.another().operations['erp-project.create']([project], fresh());
    const differing = async (again: Project) => {
      const { projects } = await box.another().operations['erp-project.create']([again], fresh());
      return projects.flatMap(({ differences = [] }) => differences.map(({ field, there, wanted }) => `${field}: ${there} -> ${wanted}`));
    };
    (await differing(project)).should.deepEqual([]);
    const { amount: _none, ...unpriced } = project;
    (await differing(unpriced)).should.deepEqual(['comments (Contract amount): 50000.00 EUR -> undefined']);
    change('job', 'ENG-0004', { comments: 'Ours' });
    (await differing(project)).should.deepEqual(['comments (Contract amount): undefined -> 50000.00 EUR']);
    change('job', 'ENG-0004', { jobPrice: 50_000 });
    (await differing(project)).should.deepEqual([]);
    change('job', 'ENG-0004', { jobPrice: 49_999.99 });
    (await refused([project])).should.match({ code: 'RECORD_DIFFERS', record: 'project ENG-0004', field: 'jobPrice', value: '49999.99' });
  });

  it('of time and materials with another contract amount is refused too', async () => {
    const project = { ...engagementProjects()[1]!, code: 'ENG-0003', amount: eur('50000.00'), phases: [] };
    await box.erp.operations['erp-project.create']([project], fresh());
    const failure = await refused([{ ...project, amount: eur('60000.00') }]);
    should(failure.toJSON()).containEql({ code: 'RECORD_DIFFERS', record: 'project ENG-0003', value: '50000.00 EUR' });
  });

  it('that a person has brought to the new price is used, however the percentages are rounded', async () => {
    const milestones = moved(first(), { amount: eur('53333.33') });
    const raised = { ...first(), amount: eur('120000.00'), milestones };
    should((await refused([raised])).code).equal('RECORD_DIFFERS');
    change('job', 'ENG-0001', { jobPrice: 120000 });
    const lines = recordOf('billingSchedule', 'ENG-0001/BILLING').lines['milestone']!;
    ['44.444442', '27.777775', '27.777783'].forEach((percent, at) => (lines[at]!.fields['milestoneAmount'] = Number(percent)));
    should((await box.another().operations['erp-project.create']([raised], fresh())).projects[0]!.differences).be.undefined();
  });

  it('says what differs in the plan, and leaves it', async () => {
    const [phase] = first().phases;
    const tasks = [{ ...phase!.tasks[0]!, name: 'Workshops on site', plannedMinutes: 3_000 }];
    const changed = { ...first(), name: 'ERP rollout 2', end: '2026-12-31', phases: [{ ...phase!, end: '2026-05-31', tasks }] };
    const before = writes();
    const { projects } = await box.another().operations['erp-project.create']([changed], fresh());
    projects[0]!
      .differences!.map(({ record, field, there, wanted }) => `${record} ${field}: ${there} -> ${wanted}`)
      .should.deepEqual([
        'project ENG-0001 companyName: ERP rollout -> ERP rollout 2',
        'project ENG-0001 projectedEndDate: 2026-09-30 -> 2026-12-31',
        'phase ENG-0001/P1 finishByDate: 2026-04-30 -> 2026-05-31',
        'task ENG-0001/P1/T1 title: Workshops -> Workshops on site',
        'task ENG-0001/P1/T1 estimatedWork: 40 -> 50',
        'task ENG-0001/P1/T2 title: Travel -> undefined',
      ]);
    writes().should.equal(before);
  });

  it('says what the deal does not say any more: a PO number, hours that are planned', async () => {
    const [phase] = first().phases;
    const [task, other] = phase!.tasks;
    const { poNumber: _cleared, ...billing } = first().billing;
    const cleared = { ...first(), billing, phases: [{ ...phase!, tasks: [{ code: task!.code, name: task!.name }, other!] }] };
    const { projects } = await box.another().operations['erp-project.create']([cleared], fresh());
    projects[0]!
      .differences!.map(({ record, field, there, wanted }) => `${record} ${field}: ${there} -> ${wanted}`)
      .should.deepEqual(['project ENG-0001 comments: PO PO-77 -> undefined', 'task ENG-0001/P1/T1 estimatedWork: 40 -> undefined']);
  });
});

function moved({ milestones: [one, ...others] }: Project, to: Partial<Milestone>): Milestone[] {
  return [{ ...one!, ...to }, ...others];
}
