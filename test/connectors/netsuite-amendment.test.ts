import should from 'should';
import type { Change } from '../../model/changes.ts';
import type { Project } from '../../model/types.generated.ts';
import { netsuite } from '../../sandbox/netsuite/definition.ts';
import { erpId } from '../../sandbox/netsuite/firm/erp-ids.ts';
import { InMemoryEffects, ProcessDied } from './in-memory-effects.ts';
import { eur, fresh, inAccount } from './netsuite-found.ts';
import { anewWithProjects, contextOf, engagementProjects, failureOf, type NetSuiteSandbox } from './netsuite-sandbox.ts';
import { RecordingEffects } from './recording-effects.ts';

describe('An amendment in NetSuite', () => {
  let box: NetSuiteSandbox;
  anewWithProjects((one) => (box = one));
  const { recordOf, change, writes } = inAccount(() => box);
  const mark = { number: 1, effective: '2026-06-01' };

  const ask = (projects: Project[], approved?: readonly Change[], context: ReturnType<typeof contextOf> = fresh(), number = 1) =>
    box
      .another()
      .operations['erp-project.change']({ amendment: { ...mark, number }, projects, ...(approved ? { approved } : {}) }, context);
  const shown = async (projects: Project[]) => (await ask(projects)).changes;
  const refused = async (projects: Project[], number = 1) => {
    const before = writes();
    const failure = await failureOf(ask(projects, undefined, fresh(), number));
    writes().should.equal(before);
    return failure;
  };
  const told = ({ record, field, there, wanted }: Change) => `${record} ${field}: ${there ?? '-'} > ${wanted ?? '-'}`;

  /** Another price, end, milestones; a phase that is renamed and later, a task with more hours, a phase that is new. */
  function amended(): Project[] {
    const [main, share] = engagementProjects() as [Project, Project];
    const [design] = main.phases;
    return [
      {
        ...main,
        end: '2026-10-31',
        amount: eur('120000.00'),
        phases: [
          {
            ...design!,
            name: 'Concept',
            end: '2026-05-31',
            tasks: [{ ...design!.tasks[0]!, plannedMinutes: 3_000 }, design!.tasks[1]!],
          },
          {
            code: 'P3',
            name: 'Training',
            start: '2026-10-01',
            end: '2026-10-31',
            legalEntity: 'DE01',
            tasks: [{ code: 'T1', name: 'Courses' }],
          },
        ],
        milestones: [...main.milestones.slice(0, 2), { ...main.milestones[2]!, due: '2026-10-31', amount: eur('53333.34') }],
      },
      share,
    ];
  }

  it('shows each field that changes, before and after, and writes nothing', async () => {
    const before = writes();
    const { changes, applied, projects } = await ask(amended());
    applied.should.equal(false);
    projects.map(({ code }) => code).should.deepEqual(['ENG-0001', 'ENG-0001-NL01']);
    writes().should.equal(before);
    changes
      .map(told)
      .should.deepEqual([
        'project ENG-0001 projectedEndDate: 2026-09-30 > 2026-10-31',
        'project ENG-0001 jobPrice: 100000 > 120000.00',
        'billing schedule ENG-0001/BILLING milestone (M1): M1 Signed: 33333.33 EUR, due 2026-03-01 (33.33333 %) > 33333.33 EUR, due 2026-03-01 (27.777775 %)',
        'billing schedule ENG-0001/BILLING milestone (M2): M2 Design accepted (ENG-0001/P1): 33333.33 EUR, due 2026-04-30 (33.33333 %) > 33333.33 EUR, due 2026-04-30 (27.777775 %)',
        'billing schedule ENG-0001/BILLING milestone (M3): M3 Go-live: 33333.34 EUR, due 2026-09-30 (33.33334 %) > 53333.34 EUR, due 2026-10-31 (44.444450 %)',
        'phase ENG-0001/P1 title: Design > Concept',
        'phase ENG-0001/P1 finishByDate: 2026-04-30 > 2026-05-31',
        'task ENG-0001/P1/T1 finishByDate: 2026-04-30 > 2026-05-31',
        'task ENG-0001/P1/T1 estimatedWork: 40 > 50',
        'task ENG-0001/P1/T2 finishByDate: 2026-04-30 > 2026-05-31',
        'phase ENG-0001/P3 title: - > Training',
        'task ENG-0001/P3/T1 title: - > Courses',
      ]);
    changes[0]!.message.should.equal('projectedEndDate of project ENG-0001: "2026-09-30" becomes "2026-10-31"');
  });

  it('makes exactly what was approved, notes its number, and then has nothing left to change', async () => {
    change('job', 'ENG-0001', { comments: `${String(recordOf('job', 'ENG-0001').fields['comments'])}\nAsk Ada first.` });
    const changes = await shown(amended());
    const result = await ask(amended(), changes);
    result.should.match({ applied: true, changes });
    const job = recordOf('job', 'ENG-0001').fields;
    should(job).match({ jobPrice: 120000, projectedEndDate: '2026-10-31' });
    String(job['comments'])
      .should.match(/PO PO-77/)
      .and.match(/Ask Ada first\./)
      .and.match(/^Amendment 1, effective 2026-06-01$/m);
    should(recordOf('projectTask', 'ENG-0001/P1').fields['title']).equal('Concept');
    should(recordOf('projectTask', 'ENG-0001/P3/T1').fields['parent']).equal(recordOf('projectTask', 'ENG-0001/P3').id);
    const lines = recordOf('billingSchedule', 'ENG-0001/BILLING').lines['milestone']!.map(({ fields }) => fields);
    lines
      .map(({ milestoneAmount }) => Number(milestoneAmount))
      .reduce((sum, one) => sum + one)
      .should.be.approximately(100, 1e-9);
    lines.should.have.length(3);
    should(String(recordOf('job', 'ENG-0001-NL01').fields['comments'] ?? '')).not.match(/Amendment/);
    (await shown(amended())).should.deepEqual([]);
    const before = writes();
    (await ask(amended(), [])).should.match({ applied: true, changes: [] });
    writes().should.equal(before);
    // the engagement is set up as amended: nothing differs
    const again = await box.another().operations['erp-project.create'](amended(), fresh());
    again.projects.flatMap(({ differences = [] }) => differences).should.deepEqual([]);
  });

  it('closes a phase that is taken out with its tasks, and opens it when it comes back', async () => {
    const [main, share] = engagementProjects() as [Project, Project];
    const without = [{ ...main, phases: [], milestones: main.milestones.map(({ phase: _phase, ...one }) => one) }, share];
    const changes = await shown(without);
    changes
      .filter(({ field }) => field === 'status')
      .map(({ message }) => message)
      .should.deepEqual([
        'Task ENG-0001/P1 is taken out: "Design"',
        'Task ENG-0001/P1/T1 is taken out: "Workshops"',
        'Task ENG-0001/P1/T2 is taken out: "Travel"',
      ]);
    await ask(without, changes);
    should(recordOf('projectTask', 'ENG-0001/P1/T1').fields['status']).equal('COMPLETE');
    (await shown(without)).should.deepEqual([]);
    const back = await shown(engagementProjects());
    back.map(told).should.containEql('phase ENG-0001/P1 status: COMPLETE > NOTSTART');
    await ask(engagementProjects(), back);
    should(recordOf('projectTask', 'ENG-0001/P1/T1').fields['status']).equal('NOTSTART');
  });

  describe('is stopped, with nothing written,', () => {
    const invoice = (amount: number) =>
      netsuite.load(box.sim, {
        records: {
          serviceSaleItem: [{ externalId: 'SVC-X', itemId: 'SVC-X' }],
          invoice: [
            { entity: { externalId: 'ENG-0001' }, item: { items: [{ item: { externalId: 'SVC-X' }, quantity: 1, rate: amount }] } },
          ],
        },
      });
    const lower = (amount: string): Project[] => {
      const [main, share] = engagementProjects() as [Project, Project];
      return [{ ...main, amount: eur(amount), milestones: [{ ...main.milestones[0]!, amount: eur(amount) }] }, share];
    };

    it('before its contract: the project is not there', async () => {
      const [main] = engagementProjects() as [Project];
      const failure = await refused([{ ...main, code: 'ENG-9', engagementCode: 'ENG-9' }]);
      failure.should.match({ class: 'mapping.missing', code: 'NOT_SET_UP', record: 'project ENG-9', field: 'code', value: 'ENG-9' });
    });

    it('by a newer one', async () => {
      await ask(amended(), await shown(amended()), fresh(), 3);
      const failure = await refused(engagementProjects(), 2);
      failure.should.match({
        class: 'conflict.stale',
        code: 'AMENDMENT_OVERTAKEN',
        record: 'project ENG-0001',
        field: 'number',
        value: '3',
      });
    });

    it('by what is billed already, to the last cent', async () => {
      invoice(50_000);
      const failure = await refused(lower('49999.99'));
      failure.should.match({
        class: 'business.rejected',
        code: 'BELOW_BILLED',
        record: 'project ENG-0001',
        field: 'jobPrice',
        value: '50000.00 EUR',
      });
      (await shown(lower('50000.00'))).length.should.be.above(0);
    });

    it('by what the client is billed with the project on the line, on account or with something taken off', async () => {
      const consulting = { item: { externalId: 'SVC-X' }, quantity: 1 };
      const parent = { id: String(recordOf('job', 'ENG-0001').fields['parent']) };
      const records = (items: object[], more: object = {}) => [{ entity: parent, item: { items }, ...more }];
      const of = { job: { externalId: 'ENG-0001' } };
      invoice(10_000);
      netsuite.load(box.sim, {
        records: {
          invoice: [
            ...records([
              { ...consulting, ...of, rate: 45_000 },
              { ...consulting, rate: 7_000 },
              { ...consulting, ...of, rate: -5_000 },
            ]),
            ...records([{ ...consulting, ...of, rate: 99_000 }], { status: { id: 'V' } }),
          ],
          creditMemo: records([
            { ...consulting, ...of, rate: 1_000 },
            { ...consulting, ...of, rate: -500 },
          ]),
        },
      });
      const failure = await refused(lower('49499.99'));
      failure.should.match({ class: 'business.rejected', code: 'BELOW_BILLED', field: 'jobPrice', value: '49500.00 EUR' });
      (await shown(lower('49500.00'))).length.should.be.above(0);
    });

    it('by what is billed of a project that does not say what it is worth, and by a bill in another currency', async () => {
      const [main, share] = engagementProjects() as [Project, Project];
      const timed = (code: string, amount: string): Project[] => [
        { ...main, code, billing: { type: 'time-and-materials' }, milestones: [], amount: eur(amount), phases: [] },
      ];
      await box.another().operations['erp-project.create'](timed('ENG-0005', '9000.00'), fresh());
      change('job', 'ENG-0005', { comments: 'Ours' });
      const sold = (of: string, currency: string) =>
        netsuite.load(box.sim, {
          records: {
            serviceSaleItem: [{ externalId: 'SVC-X', itemId: 'SVC-X' }],
            invoice: [
              {
                entity: { externalId: of },
                currency: { externalId: currency },
                item: { items: [{ item: { externalId: 'SVC-X' }, quantity: 1, rate: 50 }] },
              },
            ],
          },
        });
      sold('ENG-0005', 'EUR');
      (await refused(timed('ENG-0005', '49.99'))).should.match({
        code: 'BELOW_BILLED',
        field: 'comments (Contract amount)',
        value: '50.00 EUR',
      });
      sold('ENG-0001', 'USD');
      (
        await refused([{ ...main, amount: eur('120000.00'), milestones: [{ ...main.milestones[0]!, amount: eur('120000.00') }] }, share])
      ).should.match({
        ...{ class: 'business.rejected', code: 'BILLED_IN_OTHER_CURRENCY', field: 'jobPrice', value: 'USD' },
      });
    });

    it('by time on a phase that it takes out', async () => {
      const task = recordOf('projectTask', 'ENG-0001/P1/T1');
      const time = (more: object) => ({
        ...{
          employee: { externalId: 'EMP-001' },
          customer: { externalId: 'ENG-0001' },
          caseTaskEvent: { id: task.id },
          tranDate: '2026-03-10',
        },
        ...more,
      });
      const [main, share] = engagementProjects() as [Project, Project];
      const without = [{ ...main, phases: [], milestones: main.milestones.map(({ phase: _phase, ...one }) => one) }, share];
      // time that is planned is kept in the same table, and is none
      netsuite.load(box.sim, { records: { timeBill: [time({ hours: '8:00', timeType: { id: 'P' } })] } });
      (await shown(without)).length.should.be.above(0);
      netsuite.load(box.sim, { records: { timeBill: [time({ hours: '1:30' })] } });
      const failure = await refused(without);
      failure.should.match({
        class: 'business.rejected',
        code: 'TIME_POSTED',
        record: 'task ENG-0001/P1/T1',
        field: 'hours',
        value: '1:30',
      });
    });

    it('by a completed milestone that it has otherwise; another share of another price is none', async () => {
      const [line] = recordOf('billingSchedule', 'ENG-0001/BILLING').lines['milestone']!;
      line!.fields['milestoneCompleted'] = true;
      (await shown(amended())).length.should.be.above(0);
      const [main, share] = amended() as [Project, Project];
      const failure = await refused([
        { ...main, milestones: [{ ...main.milestones[0]!, due: '2026-03-02' }, ...main.milestones.slice(1)] },
        share,
      ]);
      failure.should.match({ class: 'business.rejected', code: 'MILESTONE_COMPLETED', record: 'billing schedule ENG-0001/BILLING' });
    });

    it('for a project that is closed, inactive, of another currency or billed in another way', async () => {
      const [main, share] = amended() as [Project, Project];
      (await refused([{ ...main, billing: { type: 'time-and-materials' } }, share])).should.match({
        ...{ code: 'WAY_OF_BILLING', field: 'jobBillingType', value: 'FBM' },
      });
      (await refused([{ ...main, currency: 'USD' }, share])).code.should.match(/^(RECORD_OF_ANOTHER|CURRENCY_UNKNOWN|CUSTOMER_UNKNOWN)$/);
      change('job', 'ENG-0001', { endDate: '2026-08-31' });
      (await refused(amended())).should.match({ code: 'PROJECT_CLOSED', field: 'endDate', value: '2026-08-31' });
      change('job', 'ENG-0001', { isInactive: true });
      (await refused(amended())).should.match({ class: 'business.rejected', code: 'RECORD_PUT_ASIDE', record: 'project ENG-0001' });
    });

    it('for a share of a legal entity that is new, or that it has no more', async () => {
      const [main, share] = engagementProjects() as [Project, Project];
      const crm = { engagementId: '006000000000001AAA' };
      for (const code of ['ENG-0001', 'ENG-0001-NL01']) {
        const there = recordOf('job', code);
        change('job', code, { comments: `${String(there.fields['comments'] ?? '')}\nCRM id 006000000000001AAA` });
      }
      (
        await refused([
          { ...main, ...crm },
          { ...share, ...crm, code: 'ENG-0001-NL02', legalEntity: 'NL01' },
        ])
      ).should.match({
        ...{ code: 'SHARE_NEW', record: 'project ENG-0001-NL02', field: 'legalEntity' },
      });
      (await refused([{ ...main, ...crm }])).should.match({ code: 'SHARE_GONE', record: 'project ENG-0001-NL01' });
    });

    it('when somebody changed the project by hand since it was approved', async () => {
      const changes = await shown(amended());
      change('job', 'ENG-0001', { projectedEndDate: '2026-12-31' });
      const before = writes();
      const failure = await failureOf(ask(amended(), changes));
      failure.should.match({
        ...{
          class: 'conflict.stale',
          code: 'CHANGE_NOT_APPROVED',
          record: 'project ENG-0001',
          field: 'projectedEndDate',
          value: '2026-12-31',
        },
      });
      writes().should.equal(before);
    });
  });

  it('killed at any write goes on where it stopped, and makes each change once', async () => {
    const changes = await shown(amended());
    const whole = new InMemoryEffects();
    await ask(amended(), changes, contextOf(whole));
    const after = JSON.stringify([recordOf('job', 'ENG-0001').fields['jobPrice'], box.records('projectTask').length]);
    const sends = whole.sent.length;
    sends.should.be.above(5);
    for (let atSend = 1; atSend <= sends; atSend++) {
      for (const when of [atSend % 3 === 1 ? 'before-send' : 'after-send'] as const) {
        await ask(engagementProjects(), await shown(engagementProjects()));
        const left = await shown(amended());
        const effects = new InMemoryEffects();
        effects.crash = { atSend, when };
        const died = await ask(amended(), left, contextOf(effects)).catch((error: unknown) => error);
        if (!(died instanceof ProcessDied)) continue; // less is left to be made the second time
        effects.crash = undefined;
        await ask(amended(), left, contextOf(effects));
        (await shown(amended())).should.deepEqual([], `${when} ${atSend}`);
        for (const { state } of effects.entries.values()) state.should.equal('done');
      }
    }
    JSON.stringify([recordOf('job', 'ENG-0001').fields['jobPrice'], box.records('projectTask').length]).should.equal(after);
  });

  it('undone gives each field back what it held, but not one that a person has changed since', async () => {
    const before = structuredClone(recordOf('job', 'ENG-0001').fields);
    const lines = structuredClone(recordOf('billingSchedule', 'ENG-0001/BILLING').lines);
    const effects = new RecordingEffects();
    await ask(amended(), await shown(amended()), { effects, signal: new AbortController().signal } as never);
    change('projectTask', 'ENG-0001/P1', { title: 'By hand' });
    await effects.undoAll(box.erp);
    const { lastModifiedDate: _a, ...job } = recordOf('job', 'ENG-0001').fields;
    const { lastModifiedDate: _b, ...former } = before;
    job.should.deepEqual(former);
    recordOf('billingSchedule', 'ENG-0001/BILLING')
      .lines['milestone']!.map(({ fields }) => [fields['milestoneAmount'], fields['milestoneDate'], fields['comments']])
      .should.deepEqual(lines['milestone']!.map(({ fields }) => [fields['milestoneAmount'], fields['milestoneDate'], fields['comments']]));
    should(recordOf('projectTask', 'ENG-0001/P1').fields).match({ title: 'By hand', finishByDate: '2026-04-30' });
    box
      .records('projectTask')
      .some(({ externalId }) => externalId === 'ENG-0001/P3')
      .should.equal(false);
  });

  it('speaks of no record by a key that NetSuite made', async () => {
    const changes = await shown(amended());
    JSON.stringify(changes).should.not.match(new RegExp(erpId('ENG-0001/P1')));
  });
});
