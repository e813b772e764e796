import should from 'should';
import type { ErpProjectResult } from '../../model/operations.ts';
import { erpId } from '../../sandbox/netsuite/firm/erp-ids.ts';
import { netsuite } from '../../sandbox/netsuite/definition.ts';
import { InMemoryEffects, ProcessDied } from './in-memory-effects.ts';
import { acme, contextOf, engagementProjects, engagementRecords, entities, failureOf, NetSuiteSandbox } from './netsuite-sandbox.ts';

/** Records are made by POST; queries and sign-in are POST too. */
const creates = { method: 'POST', path: '/record/v1/' };

describe('NetSuite customers and projects', () => {
  let box: NetSuiteSandbox;
  const created = () => engagementRecords.map((record) => `${record} created`);
  const written = () => box.appliedByKey().filter((line) => !line.startsWith('customer'));

  beforeEach(async () => {
    box = await NetSuiteSandbox.start();
  });
  afterEach(() => box.stop());

  it('make one customer for each billing entity, with legal name, tax id and terms', async () => {
    const request = { account: acme, entities: entities(), paymentTerms: 'NET30' };
    const { customers } = await box.erp.operations['customer.ensure'](request, contextOf(new InMemoryEffects()));
    customers
      .map(({ key, legalEntity }) => [key, legalEntity])
      .should.deepEqual([
        ['ACC-0001@DE01', 'DE01'],
        ['ACC-0001@NL01', 'NL01'],
      ]);
    box.appliedByKey().should.deepEqual(['customer ACC-0001@DE01 created', 'customer ACC-0001@NL01 created']);
    const records = box.records('customer');
    const german = records.find((record) => record.externalId === 'ACC-0001@DE01');
    should(german?.id).equal(customers[0]!.id);
    should(german?.fields).containEql({
      companyName: 'Acme Werke AG',
      vatRegNumber: 'DE123456789',
      subsidiary: '1',
      currency: '1',
      terms: '2',
    });
  });

  it('have the payment terms of the very name, in any script, and say when there are none of it', async () => {
    const names = ['Нетто 30', 'Предоплата 30', 'net-30'];
    netsuite.load(box.sim, { records: { term: names.map((name, at) => ({ externalId: `TERM-${at}`, name })) } });
    const customer = async (code: string, paymentTerms: string) => {
      const request = { account: { ...acme, code }, entities: entities().slice(0, 1), paymentTerms };
      const { customers } = await box.another().operations['customer.ensure'](request, contextOf(new InMemoryEffects()));
      const made = box.records('customer').find(({ id }) => id === customers[0]!.id);
      const name = box.records('term').find(({ id }) => id === made?.fields['terms'])?.fields['name'];
      return [name, customers[0]!.leftOut?.map(({ field, value, code: why }) => `${field} ${value} ${why}`)];
    };
    (await customer('A-1', 'нетто 30')).should.deepEqual(['Нетто 30', undefined]);
    (await customer('A-2', 'Net 30')).should.deepEqual(['Net 30', undefined]);
    for (const [code, name] of [
      ['A-3', 'NET30'], // Net 30 or net-30?
      ['A-4', 'NET90'],
    ] as const) {
      (await customer(code, name)).should.deepEqual([undefined, [`billing.paymentTerms ${name} TERMS_UNKNOWN`]]);
    }
  });

  it('leave a customer that exists as it is, also when nothing is remembered of it', async () => {
    await box.prepareCustomers();
    const renamed = { account: { ...acme, legalName: 'Other' }, entities: entities() };
    const again = await box.another().operations['customer.ensure'](renamed, contextOf(new InMemoryEffects()));
    again.customers.should.have.length(2);
    box.appliedByKey().should.have.length(2);
  });

  it('name the known legal entities when one is unknown, and write nothing', async () => {
    const request = { account: acme, entities: [...entities(), { legalEntity: 'FR01', currency: 'EUR' }] };
    const failure = await failureOf(box.erp.operations['customer.ensure'](request, contextOf(new InMemoryEffects())));
    should(failure.toJSON()).containEql({ class: 'mapping.missing', code: 'LEGAL_ENTITY_UNKNOWN', field: 'legalEntity', value: 'FR01' });
    should(failure.remedy).match(/DE01, NL01, GB01/);
    box.appliedByKey().should.deepEqual([]);
  });

  it('are not made with a schedule that has no price to bill shares of, and write nothing', async () => {
    await box.prepareCustomers();
    const [project] = engagementProjects();
    const { amount: _amount, ...abroad } = { ...project!, currency: 'GBP', billing: { type: 'fixed-price' as const } };
    const phases = [
      { ...abroad.phases[0]!, budget: { amount: '9000.00', currency: 'GBP' } },
      { ...abroad.phases[0]!, code: 'P9' },
    ];
    const failure = await failureOf(box.erp.operations['erp-project.create']([{ ...abroad, phases }], contextOf(new InMemoryEffects())));
    should(failure.toJSON()).containEql({ class: 'contract.invalid', code: 'PRICE_UNKNOWN', record: 'project ENG-0001', value: 'P9' });
    written().should.be.empty();
  });

  it('find a legal entity that was added after the connection started', async () => {
    await box.prepareCustomers();
    netsuite.load(box.sim, { records: { subsidiary: [{ externalId: 'FR01', name: 'France', country: 'FR', currency: '1' }] } });
    const request = { account: acme, entities: [{ legalEntity: 'FR01', currency: 'EUR' }] };
    (await box.erp.operations['customer.ensure'](request, contextOf(new InMemoryEffects()))).customers.should.have.length(1);
  });

  it('write each project with its tasks and billing schedule once, in the order of the plan', async () => {
    await box.prepareCustomers();
    const { projects } = await box.erp.operations['erp-project.create'](engagementProjects(), contextOf(new InMemoryEffects()));
    written().should.deepEqual(created());
    projects.map((project) => project.code).should.deepEqual(['ENG-0001', 'ENG-0001-NL01']);
    Object.keys(projects[0]!.tasks).should.deepEqual(['ENG-0001/P1', 'ENG-0001/P1/T1', 'ENG-0001/P1/T2']);
    should(projects[0]!.billingScheduleId).be.a.String();
    should(projects[1]!.billingScheduleId).be.undefined();
  });

  it('keep hours, billing type, price and percentages exact', async () => {
    await box.prepareCustomers();
    const { projects } = await box.erp.operations['erp-project.create'](engagementProjects(), contextOf(new InMemoryEffects()));
    box
      .body('job', 'ENG-0001')
      .should.containEql({ jobBillingType: { id: 'FBM' }, jobPrice: 100000, billingSchedule: { id: projects[0]!.billingScheduleId } });
    box.body('job', 'ENG-0001-NL01').should.containEql({ jobBillingType: { id: 'TM' } });
    box
      .body('projectTask', 'ENG-0001/P1/T1')
      .should.containEql({ estimatedWork: 40, nonBillableTask: false, parent: { id: projects[0]!.tasks['ENG-0001/P1'] } });
    box.body('projectTask', 'ENG-0001/P1/T2').should.containEql({ estimatedWork: 0.33333333, nonBillableTask: true });
    const { items } = box.body('billingSchedule', 'ENG-0001/BILLING')['milestone'] as {
      items: { milestoneAmount: number; comments: string }[];
    };
    items.map((line) => line.milestoneAmount).should.deepEqual([33.33333, 33.33333, 33.33334]);
    items[1]!.comments.should.equal('M2 Design accepted (ENG-0001/P1): 33333.33 EUR');
  });

  it('answer the same ids when the run is delivered again, and write nothing', async () => {
    await box.prepareCustomers();
    const effects = new InMemoryEffects();
    const first = await box.erp.operations['erp-project.create'](engagementProjects(), contextOf(effects));
    (await box.erp.operations['erp-project.create'](engagementProjects(), contextOf(effects))).should.deepEqual(first);
    (await box.another().operations['erp-project.create'](engagementProjects(), contextOf(new InMemoryEffects()))).should.deepEqual(first);
    written().should.deepEqual(created());
  });

  for (let send = 1; send <= engagementRecords.length; send++) {
    for (const when of ['before-send', 'after-send'] as const) {
      it(`leave each record once when the process dies ${when.replace('-', ' ')} of ${engagementRecords[send - 1]}`, async () => {
        await box.prepareCustomers();
        const effects = new InMemoryEffects();
        effects.crash = { atSend: send, when };
        (
          (await box.erp.operations['erp-project.create'](engagementProjects(), contextOf(effects)).catch(
            (error: unknown) => error,
          )) as Error
        ).should.be.instanceOf(ProcessDied);
        effects.crash = undefined;
        const result: ErpProjectResult = await box.another().operations['erp-project.create'](engagementProjects(), contextOf(effects));
        result.projects.should.have.length(2);
        written().should.deepEqual(created());
      });
    }
  }

  it('leave each record once when the answer to any write was lost', async () => {
    await box.prepareCustomers();
    box.sim.faults.add({ kind: 'dropAfter', match: creates, times: engagementRecords.length });
    const effects = new InMemoryEffects();
    let failures = 0;
    for (let attempt = 0; attempt <= engagementRecords.length; attempt++) {
      try {
        await box.another().operations['erp-project.create'](engagementProjects(), contextOf(effects));
        break;
      } catch (error) {
        failures++;
        should(error).containEql({ class: 'transient.timeout', outcome: 'unknown' });
      }
    }
    failures.should.equal(engagementRecords.length);
    written().should.deepEqual(created());
  });

  it('ask for the customer first when a project has none, and write nothing', async () => {
    const failure = await failureOf(box.erp.operations['erp-project.create'](engagementProjects(), contextOf(new InMemoryEffects())));
    should(failure.toJSON()).containEql({
      class: 'mapping.missing',
      code: 'CUSTOMER_UNKNOWN',
      value: 'ACC-0001@DE01',
      record: 'project ENG-0001',
    });
    box.appliedByKey().should.deepEqual([]);
  });

  it('tell of a project of the same name without external id, in whatever language NetSuite answers', async () => {
    await box.prepareCustomers();
    const { netsuite } = await import('../../sandbox/netsuite/definition.ts');
    netsuite.load(box.sim, {
      language: 'it',
      records: {
        job: [
          {
            entityId: 'ENG-0001',
            companyName: 'By hand',
            parent: { externalId: erpId('ACC-0001@DE01') },
            subsidiary: { externalId: 'DE01' },
          },
        ],
      },
    });
    const failure = await failureOf(box.erp.operations['erp-project.create'](engagementProjects(), contextOf(new InMemoryEffects())));
    should(failure.toJSON()).containEql({
      class: 'conflict.duplicate',
      code: 'ENTITY_EXISTS',
      field: 'entityId',
      value: 'ENG-0001',
      outcome: 'not-made',
    });
    should(failure.remedy).match(/External ID ENG-0001/);
  });

  it('name record and field when NetSuite refuses a project', async () => {
    await box.prepareCustomers();
    const [project] = engagementProjects();
    const erp = box.another({ projectExpenseType: '999' });
    const failure = await failureOf(
      erp.operations['erp-project.create']([{ ...project!, milestones: [] }], contextOf(new InMemoryEffects())),
    );
    should(failure.toJSON()).containEql({
      class: 'contract.invalid',
      code: 'INVALID_CONTENT',
      record: 'project ENG-0001',
      field: 'projectExpenseType',
    });
  });

  it('give a project that was made by hand its billing schedule, once', async () => {
    await box.prepareCustomers();
    const { netsuite } = await import('../../sandbox/netsuite/definition.ts');
    const byHand = {
      externalId: 'ENG-0001',
      companyName: 'By hand',
      parent: { externalId: erpId('ACC-0001@DE01') },
      subsidiary: { externalId: 'DE01' },
    };
    netsuite.load(box.sim, { records: { job: [byHand] } });
    const first = await box.erp.operations['erp-project.create'](engagementProjects(), contextOf(new InMemoryEffects()));
    (await box.another().operations['erp-project.create'](engagementProjects(), contextOf(new InMemoryEffects()))).should.deepEqual(first);
    written()
      .slice(0, 3)
      .should.deepEqual(['billingSchedule ENG-0001/BILLING created', 'job ENG-0001 updated', 'projectTask ENG-0001/P1 created']);
    written().should.have.length(engagementRecords.length);
    const job = box.records('job').find((record) => record.externalId === 'ENG-0001');
    should(job?.fields).containEql({ companyName: 'By hand', billingSchedule: first.projects[0]!.billingScheduleId });
  });

  for (const [what, fault, expected] of [
    ['throttled', { status: 429, body: errorBody(429, 'CONCURRENCY_LIMIT_EXCEEDED') }, 'transient.throttled'],
    ['under maintenance', { status: 503, body: errorBody(503, 'ACCT_TEMP_UNAVAILABLE') }, 'transient.unavailable'],
    ['failing after the work may be done', { status: 500, body: errorBody(500, 'UNEXPECTED_ERROR') }, 'transient.unavailable'],
  ] as const) {
    it(`go on where they stopped when NetSuite is ${what}`, async () => {
      await box.prepareCustomers();
      box.sim.faults.add({ kind: 'status', ...fault, match: creates, after: 3 });
      const effects = new InMemoryEffects();
      const failure = await failureOf(box.erp.operations['erp-project.create'](engagementProjects(), contextOf(effects)));
      should(failure).containEql({ class: expected, outcome: fault.status === 500 ? 'unknown' : 'not-made' });
      await box.erp.operations['erp-project.create'](engagementProjects(), contextOf(effects));
      written().should.deepEqual(created());
    });
  }

  it('do not notice that the access token ended', async () => {
    await box.prepareCustomers();
    box.sim.faults.add({ kind: 'expireToken', match: creates, after: 2 });
    await box.erp.operations['erp-project.create'](engagementProjects(), contextOf(new InMemoryEffects()));
    written().should.deepEqual(created());
  });

  it('leave each customer once when the process dies or the answer is lost', async () => {
    const effects = new InMemoryEffects();
    const request = { account: acme, entities: entities() };
    effects.crash = { atSend: 1, when: 'after-send' };
    (await failureOf(box.erp.operations['customer.ensure'](request, contextOf(effects)))).message.should.match(/^process died after-send/);
    effects.crash = undefined;
    box.sim.faults.add({ kind: 'dropAfter', match: creates });
    (await failureOf(box.another().operations['customer.ensure'](request, contextOf(effects)))).should.containEql({
      class: 'transient.timeout',
    });
    (await box.another().operations['customer.ensure'](request, contextOf(effects))).customers.should.have.length(2);
    box.appliedByKey().should.deepEqual(['customer ACC-0001@DE01 created', 'customer ACC-0001@NL01 created']);
  });

  for (const words of ['This record has been locked by a user defined workflow.', 'Dieser Datensatz ist gesperrt.']) {
    describe(`whose billing schedule cannot be read, since a workflow locks it ("${words}")`, () => {
      beforeEach(() => box.prepareCustomers());

      const locked = {
        kind: 'status' as const,
        status: 400,
        times: -1,
        match: { method: 'GET', path: 'billingSchedule' },
        body: {
          title: 'Bad Request',
          status: 400,
          'o:errorDetails': [{ detail: words, 'o:errorCode': 'USER_ERROR' }],
        },
      };

      it('are there all the same: what the project shows of it is enough', async () => {
        const { projects } = await box.erp.operations['erp-project.create'](engagementProjects(), contextOf(new InMemoryEffects()));
        box.sim.faults.add(locked);
        const again = await box.another().operations['erp-project.create'](engagementProjects(), contextOf(new InMemoryEffects()));
        again.should.deepEqual({ projects });
      });

      it('and which no project shows: the failure names it', async () => {
        box.sim.faults.add(locked);
        (
          await failureOf(box.erp.operations['erp-project.create'](engagementProjects(), contextOf(new InMemoryEffects())))
        ).should.containEql({
          class: 'transient.locked',
          record: 'billingSchedule ENG-0001/BILLING',
        });
      });
    });
  }

  it('are made without what NetSuite does not show, whatever the language of its refusal', async () => {
    const body = { title: 'Bad Request', status: 400, 'o:errorDetails': [{ detail: 'Keine Berechtigung.', 'o:errorCode': 'USER_ERROR' }] };
    for (const bodyContains of ['FROM term', 'FROM employee'])
      box.sim.faults.add({ kind: 'status', status: 400, body, times: -1, match: { path: 'suiteql', bodyContains } });
    const request = { account: acme, entities: entities(), paymentTerms: 'NET30' };
    await box.erp.operations['customer.ensure'](request, contextOf(new InMemoryEffects()));
    await box.erp.operations['erp-project.create'](engagementProjects(), contextOf(new InMemoryEffects()));
    should(box.body('customer', 'ACC-0001@DE01')['terms']).be.undefined();
    should(box.body('job', 'ENG-0001')['projectManager']).be.undefined();
  });
});

function errorBody(status: number, code: string) {
  return { title: 'x', status, 'o:errorDetails': [{ detail: 'x', 'o:errorCode': code }] };
}
