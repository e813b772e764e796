import 'should';
import should from 'should';
import { undoUpsert } from '../../connectors/salesforce/undo.ts';
import { erpId } from '../../sandbox/netsuite/firm/erp-ids.ts';
import { netsuite } from '../../sandbox/netsuite/definition.ts';
import { Failure } from '../../model/failure.ts';
import { inGerman } from '../model/in-german.ts';
import { InMemoryEffects, ProcessDied } from './in-memory-effects.ts';
import { demand, project, startKantata } from './kantata-sandbox.ts';
import { acme, contextOf, engagementProjects, engagementRecords, entities, NetSuiteSandbox } from './netsuite-sandbox.ts';
import { RecordingEffects } from './recording-effects.ts';

/** What is told in German when it fails. */
const told = (undoing: Promise<unknown>) =>
  undoing.then(
    () => 'it was undone',
    (error) => inGerman(Failure.from(error)).message,
  );
const call = (effects: RecordingEffects) => ({ effects, signal: new AbortController().signal });

describe('Taking back what was written to NetSuite', () => {
  let box: NetSuiteSandbox;
  let effects: RecordingEffects;
  const left = () => ['customer', 'job', 'projectTask', 'billingSchedule', 'timeBill'].flatMap((type) => box.records(type));

  beforeEach(async () => {
    box = await NetSuiteSandbox.start();
    effects = new RecordingEffects();
  });
  afterEach(() => box.stop());

  const setUp = async () => {
    await box.erp.operations['customer.ensure']({ account: acme, entities: entities() }, call(effects));
    await box.erp.operations['erp-project.create'](engagementProjects(), call(effects));
    left().length.should.be.above(5);
  };

  it('leaves no customer, project, task or billing schedule behind', async () => {
    await setUp();
    await effects.undoAll(box.erp);
    left()
      .map((record) => record.externalId)
      .should.deepEqual([]);
  });

  it('touches nothing that had been there before', async () => {
    await box.prepareCustomers();
    await box.erp.operations['customer.ensure']({ account: acme, entities: entities() }, call(effects));
    await effects.undoAll(box.erp);
    left().should.have.length(2);
  });

  it('keeps a customer that another project uses meanwhile', async () => {
    await box.erp.operations['customer.ensure']({ account: acme, entities: entities() }, call(effects));
    await box.erp.operations['erp-project.create'](engagementProjects(), contextOf(new InMemoryEffects()));
    await effects.undoAll(box.erp);
    const customers = box.records('customer');
    customers.should.have.length(2);
    customers.filter((customer) => customer.fields['isInactive'] === true).should.deepEqual([]);
  });

  it('inactivates a project that NetSuite will not delete', async () => {
    await setUp();
    const body = { 'o:errorDetails': [{ detail: 'Dependent records.', 'o:errorCode': 'USER_ERROR' }], status: 400 };
    box.sim.faults.add({ kind: 'status', status: 400, body, match: { method: 'DELETE', path: '/job/' }, times: -1 });
    const jobs = effects.made.filter((write) => write.business.startsWith('job '));
    for (const write of jobs) await box.erp.undo!(write, contextOf(new InMemoryEffects()));
    const records = box.records('job');
    records.length.should.be.above(0);
    records.filter((record) => record.fields['isInactive'] !== true).should.deepEqual([]);
  });

  it('leaves to a person what is another client’s by now, or carries another id', async () => {
    await box.erp.operations['customer.ensure'](
      { account: { code: 'ACC-0002', name: 'Other' }, entities: entities() },
      contextOf(new InMemoryEffects()),
    );
    await setUp();
    const project = effects.made.find((write) => write.business === 'job ENG-0001-NL01')!;
    const records = box.records('job');
    const job = records.find((record) => record.externalId === 'ENG-0001-NL01')!;
    const own = job.fields['parent']!;
    const other = box.records('customer').find((record) => record.externalId === 'ACC-0002@NL01')!;
    const undo = () => box.erp.undo!(project, contextOf(new InMemoryEffects()));
    job.fields['parent'] = other.id;
    await undo().should.be.rejectedWith({ code: 'UNDO_CHANGED', field: 'parent' });
    job.fields['parent'] = own;
    netsuite.load(box.sim, { records: { job: [{ id: job.id, externalId: 'ENG-0007' }] } });
    await undo().should.be.rejectedWith({ code: 'UNDO_CHANGED', field: 'externalId', value: 'ENG-0007' });
    should(box.sim.state.records['job']?.[job.id]?.fields['isInactive']).equal(false);
  });

  it('knows its record by the id that NetSuite gave it, not by a code that another may carry by now', async () => {
    await setUp();
    const task = effects.made.find((write) => write.business === 'projectTask ENG-0001/P1/T1')!;
    const { id } = task.result as { id: string };
    netsuite.load(box.sim, { records: { projectTask: [{ id, externalId: 'OLD-1' }] } });
    netsuite.load(box.sim, {
      records: { projectTask: [{ externalId: erpId('ENG-0001/P1/T1'), title: 'Another’s', project: { externalId: 'ENG-0001' } }] },
    });
    await box.erp.undo!(task, contextOf(new InMemoryEffects())).should.be.rejectedWith({ code: 'UNDO_CHANGED' });
    left()
      .map((record) => record.externalId)
      .should.containEql('ENG-0001/P1/T1');
  });

  it('empties only the billing fields that it filled in a project made by hand', async () => {
    await box.prepareCustomers();
    const byHand = {
      externalId: 'ENG-0001',
      companyName: 'By hand',
      parent: { externalId: erpId('ACC-0001@DE01') },
      subsidiary: { externalId: 'DE01' },
    };
    netsuite.load(box.sim, { records: { job: [byHand] } });
    await box.erp.operations['erp-project.create'](engagementProjects().slice(0, 1), call(effects));
    const fields = () => box.records('job')[0]!.fields;
    should(fields()).containEql({ jobPrice: 100000, jobBillingType: 'FBM' });
    fields()['jobPrice'] = 90000; // a person's, since
    await effects.undoAll(box.erp);
    should(fields()['jobPrice']).equal(90000);
    ['billingSchedule', 'jobBillingType'].filter((field) => fields()[field] !== undefined).should.deepEqual([]);
    left()
      .map((record) => record.externalId)
      .should.deepEqual(['ACC-0001@DE01', 'ACC-0001@NL01', 'ENG-0001']);
  });

  it('leaves a billing field that a person had filled with what the deal says', async () => {
    await box.prepareCustomers();
    const byHand = {
      externalId: 'ENG-0001',
      companyName: 'By hand',
      parent: { externalId: erpId('ACC-0001@DE01') },
      subsidiary: { externalId: 'DE01' },
      jobBillingType: 'FBM',
    };
    netsuite.load(box.sim, { records: { job: [byHand] } });
    await box.erp.operations['erp-project.create'](engagementProjects().slice(0, 1), call(effects));
    const fields = () => box.records('job')[0]!.fields;
    should(fields()).containEql({ jobPrice: 100000, jobBillingType: 'FBM' });
    await effects.undoAll(box.erp);
    should(fields()['jobPrice']).equal(undefined);
    should(fields()).containEql({ jobBillingType: 'FBM' });
  });

  it('reports nothing that it did not see', async () => {
    await setUp();
    const task = effects.made.at(-1)!;
    box.sim.faults.add({ kind: 'status', status: 204, match: { method: 'DELETE' } });
    const again = new InMemoryEffects();
    await box.erp.undo!(task, contextOf(again)).should.be.rejectedWith({ code: 'UNDO_NOT_VISIBLE', outcome: 'unknown' });
    await box.erp.undo!(task, contextOf(again));
    left()
      .map((record) => record.id)
      .should.not.containEql((task.result as { id: string }).id);
  });

  it('is done once, though its answer was lost or the process died', async () => {
    await setUp();
    const again = new InMemoryEffects();
    again.crash = { atSend: 1, when: 'after-send' };
    await effects.undoAll(box.erp, again).should.be.rejectedWith(ProcessDied);
    again.crash = { atSend: 3, when: 'before-send' };
    await effects.undoAll(box.erp, again).should.be.rejectedWith(ProcessDied);
    again.crash = undefined;
    await effects.undoAll(box.erp, again);
    left().should.deepEqual([]);
    const deleted = box.sim.journal.entries.filter((line) => line.outcome === 'deleted').map((line) => line.key);
    new Set(deleted).size.should.equal(deleted.length);
    engagementRecords.length.should.be.belowOrEqual(deleted.length);
  });

  it('refuses what corrected an entry that was there: what it held is not known', async () => {
    const write = {
      business: 'timeBill kantata:1',
      title: 'Time entry',
      undo: { type: 'timeBill', externalId: 'kantata:1' },
      result: { id: '1', corrected: true },
    };
    await box.erp.undo!(write, contextOf(new InMemoryEffects())).should.be.rejectedWith({ code: 'NO_INVERSE' });
  });
});

describe('Taking back what was written to Kantata', () => {
  let kantata: Awaited<ReturnType<typeof startKantata>>;
  beforeEach(async () => {
    kantata = await startKantata();
  });
  afterEach(() => kantata.stop());

  it('cancels requests, deletes placeholders and stories, and archives the project', async () => {
    const psa = kantata.connect();
    const effects = new RecordingEffects();
    await psa.operations['psa-project.create']([project], call(effects));
    await psa.operations['staffing.request']([demand], call(effects));
    await effects.undoAll(psa);
    kantata
      .rows('workspaces')
      .map((row) => row['archived'])
      .should.deepEqual([true]);
    for (const collection of ['stories', 'workspace_resources', 'workspace_allocations'])
      kantata.rows(collection).should.deepEqual([], collection);
    kantata
      .rows('resource_requests')
      .map((row) => row['status'])
      .should.deepEqual(['cancelled', 'cancelled']);
  });

  it('is done once, though answers were lost', async () => {
    const psa = kantata.connect();
    const effects = new RecordingEffects();
    await psa.operations['psa-project.create']([project], call(effects));
    await psa.operations['staffing.request']([demand], call(effects));
    const again = new InMemoryEffects();
    kantata.fault({ kind: 'dropAfter', match: { method: 'DELETE' }, times: 2 });
    kantata.fault({ kind: 'dropAfter', match: { method: 'PUT' }, times: 1 });
    for (let lost = 0; lost < 3; lost++) await effects.undoAll(psa, again).should.be.rejectedWith({ outcome: 'unknown' });
    await effects.undoAll(psa, again);
    kantata
      .rows('workspaces')
      .map((row) => row['archived'])
      .should.deepEqual([true]);
    kantata.rows('stories').should.deepEqual([]);
  });

  it('leaves to a person what carries the reference of another project by now', async () => {
    const psa = kantata.connect();
    const effects = new RecordingEffects();
    await psa.operations['psa-project.create']([project], call(effects));
    for (const row of kantata.rows('external_references')) if (row['service_model'] === 'project') row['service_model_ref'] = 'ENG-0009';
    const workspace = effects.made.find((write) => write.business === 'workspace ENG-0001')!;
    await psa.undo!(workspace, contextOf(new InMemoryEffects())).should.be.rejectedWith({ code: 'UNDO_CHANGED', value: 'ENG-0009' });
    (await told(psa.undo!(workspace, contextOf(new InMemoryEffects())))).should.match(
      /Dieser Lauf hat dies angelegt.* externe Referenz ist project ENG-0009\. Es wurde nichts geändert\.$/,
    );
    kantata
      .rows('workspaces')
      .map((row) => row['archived'])
      .should.deepEqual([false]);
  });

  it('reports nothing that it did not see', async () => {
    const psa = kantata.connect();
    const effects = new RecordingEffects();
    await psa.operations['psa-project.create']([project], call(effects));
    const again = new InMemoryEffects();
    kantata.fault({ kind: 'status', status: 204, match: { method: 'DELETE' } });
    const story = effects.made.at(-1)!;
    const undoing = psa.undo!(story, contextOf(again));
    await undoing.should.be.rejectedWith({ code: 'UNDO_NOT_VISIBLE', outcome: 'unknown' });
    (await told(undoing)).should.match(/: Kantata hat das Rückgängigmachen angenommen und zeigt den Datensatz noch immer, wie er war\.$/);
    await psa.undo!(story, contextOf(again));
    kantata
      .rows('stories')
      .map((row) => row.id)
      .should.not.containEql((story.result as { id: string }).id);
  });

  it('asks a person when it does not know which record it made', async () => {
    const write = { business: 'story X', title: 'Task X', undo: { collection: 'stories' }, result: null };
    const undoing = kantata.connect().undo!(write, contextOf(new InMemoryEffects()));
    await undoing.should.be.rejectedWith({ code: 'UNDO_NO_ID' });
    (await told(undoing)).should.equal('Task X: Die ID in Kantata ist nicht bekannt.');
  });
});

describe('Taking back what was written to Salesforce', () => {
  const write = (result: object) =>
    undoUpsert({ business: 'Opportunity 006', title: 'Opportunity 006', undo: {}, result: JSON.parse(JSON.stringify(result)) });

  it('leaves the fields of a record that was there', async () => {
    should(await write({ id: '006', created: false })).equal(undefined);
  });

  it('is for a person when nobody saw whether a record was created', async () => {
    for (const result of [{ id: '006' }, [{ id: '001', created: false }, { id: '002' }], null, 'settled by hand']) {
      await write(result as object).should.be.rejectedWith({ code: 'CREATED_UNKNOWN' });
    }
    // a row that was refused left nothing
    should(await write([{ id: '001', created: false }, { errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }] }])).equal(undefined);
  });

  it('is for a person when a record was created', async () => {
    await write([
      { id: '001', created: false },
      { id: '002', created: true },
    ]).should.be.rejectedWith({ code: 'NO_INVERSE' });
  });
});
