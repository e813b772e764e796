import should from 'should';
import type { Milestone, Project } from '../../model/types.generated.ts';
import { erpId } from '../../sandbox/netsuite/firm/erp-ids.ts';
import { netsuite } from '../../sandbox/netsuite/definition.ts';
import { InMemoryEffects } from './in-memory-effects.ts';
import { acme, contextOf, engagementProjects, entities, failureOf, linesOf, NetSuiteSandbox, timeEntry, told } from './netsuite-sandbox.ts';
import { RecordingEffects } from './recording-effects.ts';

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const fresh = () => contextOf(new InMemoryEffects());

describe('What NetSuite has already', () => {
  let box: NetSuiteSandbox;
  const records = (type: string) => box.records(type);
  const recordOf = (type: string, externalId: string) => records(type).find((record) => record.externalId === externalId)!;
  const change = (type: string, externalId: string, fields: object) => Object.assign(recordOf(type, externalId).fields, fields);
  const first = (): Project => engagementProjects()[0]!;
  const writes = () => box.entriesByKey().length;
  /** refused, and nothing written */
  const refused = async (projects: Project[]) => {
    const before = writes();
    const failure = await failureOf(box.another().operations['erp-project.create'](projects, fresh()));
    writes().should.equal(before);
    return failure;
  };

  beforeEach(async () => {
    box = await NetSuiteSandbox.start();
  });
  afterEach(() => box.stop());

  describe('under an id that differs in case only', () => {
    const ofAnother = () =>
      netsuite.load(box.sim, {
        records: {
          customer: [{ externalId: erpId('OTHER@DE01'), companyName: 'Other client', subsidiary: { externalId: 'DE01' } }],
          job: [
            {
              externalId: 'eng-0001',
              entityId: 'eng-0001',
              companyName: 'Running project of another client',
              parent: { externalId: erpId('OTHER@DE01') },
              subsidiary: { externalId: 'DE01' },
              comments: 'keep me',
            },
          ],
        },
      });

    it('is never written over, used or deleted: the conflict names both ids', async () => {
      await box.prepareCustomers();
      ofAnother();
      const untouched = structuredClone(recordOf('job', 'eng-0001'));
      const effects = new RecordingEffects();
      const before = writes();
      const failure = await failureOf(
        box.erp.operations['erp-project.create'](engagementProjects(), { effects, signal: new AbortController().signal }),
      );
      should(failure.toJSON()).containEql({
        class: 'conflict.duplicate',
        code: 'EXTERNAL_ID_CASE',
        record: 'project ENG-0001',
        value: 'eng-0001',
      });
      failure.message.should.match(/eng-0001.*ENG-0001/);
      await effects.undoAll(box.erp);
      writes().should.equal(before);
      recordOf('job', 'eng-0001').should.deepEqual(untouched);
    });

    it('is found out for a customer too', async () => {
      await box.prepareCustomers();
      const request = { account: { ...acme, code: 'acc-0001' }, entities: entities() };
      const failure = await failureOf(box.another().operations['customer.ensure'](request, fresh()));
      should(failure.toJSON()).containEql({ code: 'EXTERNAL_ID_CASE', record: 'customer acc-0001@DE01', value: 'ACC-0001____DE01' });
      should((await refused([{ ...first(), account: { ...acme, code: 'acc-0001' } }])).code).equal('EXTERNAL_ID_CASE');
      records('customer').should.have.length(2);
    });

    it('is found out when a task or a schedule carries it, by the refusal of NetSuite itself', async () => {
      await box.prepareCustomers();
      await box.erp.operations['erp-project.create'](engagementProjects(), fresh());
      for (const [type, own, other] of [
        ['projectTask', 'ENG-0001/P1/T2', 'eng-0001/p1/t2'],
        ['billingSchedule', 'ENG-0001/BILLING', 'Eng-0001/Billing'],
      ] as const) {
        const record = recordOf(type, own);
        netsuite.load(box.sim, { records: { [type]: [{ id: record.id, externalId: erpId(other) }] } });
        const untouched = structuredClone(recordOf(type, other));
        const failure = await failureOf(box.another().operations['erp-project.create']([first()], fresh()));
        should(failure.toJSON()).containEql({ class: 'conflict.duplicate', code: 'EXTERNAL_ID_CASE', value: erpId(other) });
        recordOf(type, other).should.deepEqual(untouched);
        netsuite.load(box.sim, { records: { [type]: [{ id: record.id, externalId: erpId(own) }] } });
      }
    });

    it('is refused before the first write when two codes of one deal are so alike', async () => {
      await box.prepareCustomers();
      const project = first();
      const [phase] = project.phases;
      const failure = await refused([{ ...project, phases: [phase!, { ...phase!, code: 'p1' }] }]);
      should(failure.toJSON()).containEql({ class: 'contract.invalid', code: 'CODES_ALIKE', value: 'ENG-0001/p1' });
    });

    it('a record that somebody makes between look and write is looked at before it is used', async () => {
      await box.prepareCustomers();
      const project = { ...engagementProjects()[1]!, phases: [] };
      const effects = new InMemoryEffects();
      const write = effects.write.bind(effects);
      effects.write = (one) => {
        const send = one.send.bind(one);
        return write({
          ...one,
          send: () => {
            netsuite.load(box.sim, {
              records: {
                job: [
                  {
                    externalId: project.code,
                    companyName: project.name,
                    parent: { externalId: erpId('ACC-0001@NL01') },
                    subsidiary: { externalId: 'NL01' },
                  },
                ],
              },
            });
            return send();
          },
        });
      };
      const failure = await failureOf(box.erp.operations['erp-project.create']([project], contextOf(effects)));
      should(failure.toJSON()).containEql({ class: 'transient.locked', code: 'MADE_MEANWHILE', outcome: 'not-made' });
      const { projects } = await box.another().operations['erp-project.create']([project], fresh());
      projects[0]!.id.should.equal(recordOf('job', project.code).id);
    });
  });

  describe('of a customer', () => {
    it('gets the currency that a second deal needs, once', async () => {
      await box.erp.operations['customer.ensure']({ account: acme, entities: [{ legalEntity: 'DE01', currency: 'EUR' }] }, fresh());
      const inSterling = { account: acme, entities: [{ legalEntity: 'DE01', currency: 'GBP' }] };
      await box.another().operations['customer.ensure'](inSterling, fresh());
      await box.another().operations['customer.ensure'](inSterling, fresh());
      box.appliedByKey().should.deepEqual(['customer ACC-0001@DE01 created', 'customer ACC-0001@DE01 updated']);
      const customer = recordOf('customer', 'ACC-0001@DE01');
      should(customer.fields['currency']).equal('1');
      customer.lines['currencyList']!.map((line) => line.fields['currency']).should.deepEqual(['2']);
      const gbp = (amount: string) => ({ amount, currency: 'GBP' });
      const project = { ...first(), currency: 'GBP', amount: gbp('100000.00') };
      const milestones = project.milestones.map((milestone): Milestone => ({ ...milestone, amount: gbp(milestone.amount.amount) }));
      (await box.erp.operations['erp-project.create']([{ ...project, milestones }], fresh())).projects.should.have.length(1);
    });

    it('says so when NetSuite does not take the currency', async () => {
      await box.erp.operations['customer.ensure']({ account: acme, entities: [{ legalEntity: 'DE01', currency: 'EUR' }] }, fresh());
      box.sim.faults.add({ kind: 'status', status: 204, match: { method: 'PATCH', path: '/customer/' } });
      const request = { account: acme, entities: [{ legalEntity: 'DE01', currency: 'GBP' }] };
      const failure = await failureOf(box.another().operations['customer.ensure'](request, fresh()));
      should(failure.toJSON()).containEql({
        code: 'CURRENCY_NOT_TAKEN',
        record: 'customer ACC-0001@DE01',
        field: 'currency',
        value: 'GBP',
      });
    });

    it('is found by the id of the account when its code was filled in later', async () => {
      const id = '001000000000001AAA';
      const before = { ...acme, id, code: id };
      const first = await box.erp.operations['customer.ensure']({ account: before, entities: entities() }, fresh());
      const account = { ...acme, id };
      const again = await box.another().operations['customer.ensure']({ account, entities: entities() }, fresh());
      again.customers.map((customer) => customer.id).should.deepEqual(first.customers.map((customer) => customer.id));
      again.customers[0]!.key.should.equal(`${id}@DE01`);
      records('customer').should.have.length(2);
      const { projects } = await box.erp.operations['erp-project.create']([{ ...engagementProjects()[0]!, account }], fresh());
      should(recordOf('job', projects[0]!.code).fields['parent']).equal(first.customers[0]!.id);
    });

    it('is refused when another account has the same code: by its id in the CRM, else by its tax id', async () => {
      const one = { ...acme, id: '001000000000001AAA' };
      await box.erp.operations['customer.ensure']({ account: one, entities: entities() }, fresh());
      const { taxId: _none, ...untaxed } = acme;
      for (const account of [
        { ...untaxed, id: '001000000000002AAA', name: 'Other', legalName: 'Other Ltd' },
        { ...acme, taxId: 'GB 999', legalName: 'Other Ltd' },
      ]) {
        const failure = await failureOf(box.another().operations['customer.ensure']({ account, entities: entities() }, fresh()));
        should(failure.toJSON()).containEql({ class: 'conflict.duplicate', code: 'RECORD_OF_ANOTHER', record: 'customer ACC-0001@DE01' });
        failure.message.should.match(/Acme Werke AG.*Other Ltd/);
      }
      box.appliedByKey().should.have.length(2);
      // the same client by 15 characters of its id, and with blanks in its tax id
      await box
        .another()
        .operations['customer.ensure'](
          { account: { ...acme, id: '001000000000001', taxId: 'DE 123 456 789' }, entities: entities() },
          fresh(),
        );
    });

    it('is refused when it is of another legal entity, or inactive', async () => {
      await box.prepareCustomers();
      change('customer', 'ACC-0001@DE01', { subsidiary: '2' });
      const ask = () => failureOf(box.another().operations['customer.ensure']({ account: acme, entities: entities() }, fresh()));
      should((await ask()).toJSON()).containEql({ code: 'RECORD_OF_ANOTHER', field: 'subsidiary' });
      change('customer', 'ACC-0001@DE01', { subsidiary: '1', isInactive: true });
      should((await ask()).toJSON()).containEql({ class: 'business.rejected', code: 'RECORD_PUT_ASIDE', field: 'isInactive' });
    });

    it('says what finance keeps otherwise, and leaves it', async () => {
      await box.prepareCustomers();
      const renamed = { account: { ...acme, legalName: 'Acme Holding AG' }, entities: entities(), paymentTerms: 'NET30' };
      const { customers } = await box.another().operations['customer.ensure'](renamed, fresh());
      customers[0]!
        .differences!.map(({ field, there, wanted }) => [field, there, wanted])
        .should.deepEqual([
          ['companyName', 'Acme Werke AG', 'Acme Holding AG'],
          ['terms', undefined, 'id 2'],
        ]);
      box.appliedByKey().should.have.length(2);
    });
  });

  describe('of a project', () => {
    beforeEach(async () => {
      await box.prepareCustomers();
      await box.erp.operations['erp-project.create'](engagementProjects(), fresh());
    });

    it('of another client is refused, with both named', async () => {
      const other = { code: 'ACC-0002', name: 'Other', legalName: 'Other Ltd' };
      await box.erp.operations['customer.ensure']({ account: other, entities: entities() }, fresh());
      // whose it is comes before what it bills
      const milestones = first().milestones.slice(0, 1);
      const failure = await refused([{ ...first(), account: other, milestones }]);
      should(failure.toJSON()).containEql({
        class: 'conflict.duplicate',
        code: 'RECORD_OF_ANOTHER',
        record: 'project ENG-0001',
        field: 'parent',
      });
      failure.message.should.match(/ACC-0001@DE01.*ACC-0002@DE01/);
    });

    it('of another legal entity or currency is refused, with both named', async () => {
      await box.erp.operations['customer.ensure']({ account: acme, entities: [{ legalEntity: 'GB01', currency: 'GBP' }] }, fresh());
      change('job', 'ENG-0001', { parent: recordOf('customer', 'ACC-0001@GB01').id });
      const elsewhere = await refused([{ ...first(), legalEntity: 'GB01' }]);
      should(elsewhere.toJSON()).containEql({ code: 'RECORD_OF_ANOTHER', field: 'subsidiary' });
      elsewhere.message.should.match(/Germany.*GB01/);
      change('job', 'ENG-0001', { parent: recordOf('customer', 'ACC-0001@DE01').id, currency: '2' });
      should((await refused([first()])).toJSON()).containEql({ code: 'RECORD_OF_ANOTHER', field: 'currency' });
    });

    it('of another deal of the same client is refused, though all else is the same', async () => {
      const project = { ...first(), code: 'ENG-0002', engagementCode: 'ENG-0002', engagementId: '006000000000001AAA' };
      await box.erp.operations['erp-project.create']([project], fresh());
      const failure = await refused([{ ...project, engagementId: '006000000000002AAA' }]);
      should(failure.toJSON()).containEql({ code: 'RECORD_OF_ANOTHER', field: 'code', value: '006000000000001AAA' });
      should((await box.another().operations['erp-project.create']([project], fresh())).projects[0]!.differences).be.undefined();
    });

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
      const fields = ['jobPrice', 'milestone M1', 'milestone M2', 'milestone M3', 'milestone M4'];
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
        'milestone M1',
      ],
      [
        'money moved from one milestone to another',
        (project: Project) => ({
          milestones: project.milestones.map((one, at) => ({ ...one, amount: eur(['20000.00', '46666.66', '33333.34'][at]!) })),
        }),
        'milestone M1',
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

    it('of an entity that delivers no more is said until it is made inactive, for it would go on billing', async () => {
      const marked = engagementProjects().map((project) => ({ ...project, engagementId: '006000000000001AAA' }));
      for (const { fields } of records('job')) fields['comments'] = [fields['comments'] ?? '', 'CRM id 006000000000001AAA'].join('\n');
      const create = (projects: Project[]) => box.another().operations['erp-project.create'](projects, fresh());
      should((await create(marked)).projects.flatMap(({ differences = [] }) => differences)).be.empty();
      const before = writes();
      const alone = async () => (await create(marked.slice(0, 1))).projects[0]!.differences;
      should(await alone()).match([{ record: 'project ENG-0001-NL01', field: 'companyName', there: 'ERP rollout (NL01)' }]);
      writes().should.equal(before);
      change('job', 'ENG-0001-NL01', { isInactive: true });
      should(await alone()).be.undefined();
    });

    it('is not made a second time for a deal whose code was changed: it would be billed twice', async () => {
      const marked = { ...first(), engagementId: '006000000000001AAA' };
      change('job', 'ENG-0001', { comments: 'Ours\nCRM id 006000000000001AAA' });
      const failure = await refused([{ ...marked, code: 'ENG-0777', engagementCode: 'ENG-0777' }]);
      should(failure.toJSON()).containEql({
        class: 'conflict.duplicate',
        code: 'DEAL_HAS_PROJECT',
        record: 'project ENG-0777',
        value: 'ENG-0001',
      });
      change('job', 'ENG-0001', { comments: 'Like the project of CRM id 006000000000001AAA' });
      (await box.another().operations['erp-project.create']([{ ...marked, code: 'ENG-0778' }], fresh())).projects.should.have.length(1);
    });

    it('with a task that is another project’s, or hangs elsewhere, is refused', async () => {
      const task = recordOf('projectTask', 'ENG-0001/P1/T1');
      const mine = { ...task.fields };
      Object.assign(task.fields, { project: recordOf('job', 'ENG-0001-NL01').id });
      should((await refused([first()])).toJSON()).containEql({
        code: 'RECORD_OF_ANOTHER',
        record: 'task ENG-0001/P1/T1',
        field: 'project',
      });
      Object.assign(task.fields, mine, { parent: recordOf('projectTask', 'ENG-0001/P1/T2').id });
      should((await refused([first()])).toJSON()).containEql({ code: 'RECORD_OF_ANOTHER', record: 'task ENG-0001/P1/T1', field: 'parent' });
    });

    it('takes no time on a task that is another project’s', async () => {
      const post = (code: string) =>
        box.erp.operations['time.post'](linesOf([timeEntry(1, { task: { id: '901', code } })]), new AbortController().signal);
      told(await post('ENG-0001-NL01/P2/T1')).should.deepEqual(['conflict.duplicate TASK_OF_ANOTHER_PROJECT']);
      told(await post('ENG-0001/P1/T1')).should.deepEqual(['ok']);
    });

    it('that is inactive is refused', async () => {
      change('job', 'ENG-0001', { isInactive: true });
      should((await refused([first()])).toJSON()).containEql({ code: 'RECORD_PUT_ASIDE', field: 'isInactive' });
    });
  });
});

function moved({ milestones: [one, ...others] }: Project, to: Partial<Milestone>): Milestone[] {
  return [{ ...one!, ...to }, ...others];
}
