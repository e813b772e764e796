import { existsSync, readFileSync } from 'node:fs';
import should from 'should';
import { InMemoryEffects, ProcessDied } from './in-memory-effects.ts';
import { call, demand, failureOf, project, projectRecords, startKantata } from './kantata-sandbox.ts';

const specification = new URL('../../../shared/vendor/kantata/mavenlink-gem.specification.json', import.meta.url);

describe('Kantata: a won deal becomes projects', () => {
  let kantata: Awaited<ReturnType<typeof startKantata>>;
  beforeEach(async () => {
    kantata = await startKantata();
  });
  afterEach(() => kantata.stop());

  it('tells apart a phase that is called like a task, and finds what an earlier version referred to without marks', async () => {
    const [first] = project.phases;
    const slashed = (code: string, phases: [string, string[]][]) => ({
      ...project,
      code,
      milestones: [],
      phases: phases.map(([phase, tasks]) => ({ ...first!, code: phase, tasks: tasks.map((task) => ({ code: task, name: task })) })),
    });
    const psa = kantata.connect();
    const alike = slashed('E9', [
      ['P1', ['T1']],
      ['P1/T1', ['X']],
    ]);
    const [made] = (await psa.operations['psa-project.create']([alike], call(new InMemoryEffects()))).projects;
    new Set(Object.values(made!.tasks)).size.should.equal(4);
    const callOff = slashed('C123/1', [['ANA', ['T1']]]);
    await psa.operations['psa-project.create']([callOff], call(new InMemoryEffects()));
    for (const row of kantata.rows('external_references')) {
      row['service_model_ref'] = String(row['service_model_ref']).replace('C123%2F1/', 'C123/1/');
    }
    const before = kantata.changes();
    await kantata.connect().operations['psa-project.create']([alike, callOff], call(new InMemoryEffects()));
    kantata.changes().should.equal(before);
  });

  it('creates workspace, phases, tasks and milestones, each found by its code', async () => {
    const psa = kantata.connect();
    const result = await psa.operations['psa-project.create']([project], call(new InMemoryEffects()));
    kantata.made().should.deepEqual(projectRecords);
    const made = result.projects[0];
    should.exist(made);
    Object.keys(made?.tasks ?? {}).should.deepEqual(['ENG-0001/P1', 'ENG-0001/P1/T1', 'ENG-0001/P1/T2', 'ENG-0001/P2', 'ENG-0001/P2/T1']);
    Object.keys(made?.milestones ?? {}).should.deepEqual(['ENG-0001/M1', 'ENG-0001/M2']);
    const workspace = kantata.rows('workspaces')[0] ?? {};
    workspace.should.have.properties({
      id: made?.id,
      title: 'ENG-0001 · ERP rollout',
      start_date: '2026-12-01',
      due_date: '2027-03-31',
      currency: 'EUR',
    });
    String((workspace as { description?: unknown }).description).should.match(/PO-77[\s\S]*The client provides test data\./);
    const story = (code: string) => kantata.rows('stories').find((row) => row.id === (made?.tasks[code] ?? made?.milestones[code])) ?? {};
    story('ENG-0001/P1').should.have.properties({ story_type: 'deliverable', budget_estimate_in_cents: 3000000, due_date: '2026-12-31' });
    story('ENG-0001/P1/T1').should.have.properties({
      story_type: 'task',
      parent_id: made?.tasks['ENG-0001/P1'],
      time_estimate_in_minutes: 4800,
      billable: true,
    });
    story('ENG-0001/P1/T2').should.have.properties({ billable: false });
    story('ENG-0001/M2').should.have.properties({ story_type: 'milestone', due_date: '2027-03-31', budget_estimate_in_cents: 6000000 });
  });

  it('sends only what the vendor takes', async function () {
    if (!existsSync(specification)) {
      console.warn('\n      !!! SKIPPED: the vendor specification of Kantata is not on this machine !!!');
      this.skip();
    }
    const psa = kantata.connect();
    await psa.operations['psa-project.create']([project], call(new InMemoryEffects()));
    await psa.operations['staffing.request']([demand], call(new InMemoryEffects()));
    const collections = JSON.parse(readFileSync(specification, 'utf8')) as Record<string, { create_attributes: string[] }>;
    const sent = kantata.sim.journal.entries.filter((entry) => entry.outcome === 'created');
    sent.length.should.be.above(10);
    for (const entry of sent) {
      const allowed = collections[entry.type ?? '']?.create_attributes ?? [];
      const unknown = Object.keys(entry.body as object).filter((name) => !allowed.includes(name));
      unknown.should.deepEqual([], entry.type);
    }
  });

  it('gives its reference to a project that was made by hand under the code, instead of making another', async () => {
    kantata.load({
      workspaces: [
        { id: '501', title: 'ENG-0001 · ERP rollout (made by hand)', currency: 'EUR' },
        { id: '502', title: 'ENG-0001-NL01 · ERP rollout' },
        { id: '503', title: 'About ENG-0001' },
      ],
      stories: [{ id: '601', workspace_id: '501', title: 'P1 · Discovery', story_type: 'deliverable' }],
    });
    const effects = new InMemoryEffects();
    effects.crash = { atSend: 1, when: 'after-send' };
    await kantata.connect().operations['psa-project.create']([project], call(effects)).should.be.rejectedWith(ProcessDied);
    effects.crash = undefined;
    const result = await kantata.connect().operations['psa-project.create']([project], call(effects));
    result.projects[0]?.should.have.properties({ id: '501' });
    String(result.projects[0]?.tasks['ENG-0001/P1']).should.equal('601');
    kantata.rows('workspaces').length.should.equal(3);
    const references = kantata
      .rows('external_references')
      .map((row) => `${row['subject_id']} ${row['service_model']} ${row['service_model_ref']}`);
    references.filter((reference) => reference === '501 project ENG-0001').length.should.equal(1);
    references.filter((reference) => reference === '601 task ENG-0001/P1').length.should.equal(1);
    new Set(references).size.should.equal(references.length);
  });

  it('leaves a project alone whose title begins with the code but whose reference names another', async () => {
    const reference = { service_name: 'ps-connect', service_model: 'project', service_model_ref: 'ENG-0005' };
    kantata.load({ workspaces: [{ id: '501', title: 'ENG-0001 · copied from', external_reference: reference }] });
    const result = await kantata.connect().operations['psa-project.create']([project], call(new InMemoryEffects()));
    String(result.projects[0]?.id).should.not.equal('501');
    kantata.made().should.deepEqual(projectRecords);
  });

  it('asks for what exists in a few questions, not one for each record', async () => {
    const effects = new InMemoryEffects();
    await kantata.connect().operations['psa-project.create']([project], call(effects));
    let reads = 0;
    const counted = { kind: 'delay' as const, match: { method: 'GET' }, delayMs: 0, times: 1000 };
    kantata.fault(counted);
    await kantata.connect().operations['psa-project.create']([project], call(new InMemoryEffects()));
    reads = 1000 - (kantata.sim.faults.all().find((fault) => fault.kind === 'delay')?.times ?? 0);
    reads.should.be.belowOrEqual(3);
  });

  it('tells the analyst record, field, value and remedy of a refusal, and leaves no doubt behind', async () => {
    const effects = new InMemoryEffects();
    const psa = kantata.connect();
    const failure = await failureOf(psa.operations['psa-project.create']([{ ...project, end: '2026-01-01' }], call(effects)));
    failure.should.have.properties({
      class: 'business.rejected',
      code: 'DATES_REFUSED',
      field: 'due_date',
      value: '2026-01-01',
      record: 'Project ENG-0001 in Kantata',
      outcome: 'not-made',
      status: 422,
    });
    String(failure.remedy).should.match(/Correct/);
    await psa.operations['psa-project.create']([project], call(effects));
    kantata.made().should.deepEqual(projectRecords);
  });
});
