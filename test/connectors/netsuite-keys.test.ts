import should from 'should';
import fc from 'fast-check';
import { externalIdOf, keyOfExternalId } from '../../connectors/netsuite/records/external-id.ts';
import type { Project } from '../../model/types.generated.ts';
import { netsuite } from '../../sandbox/netsuite/definition.ts';
import { InMemoryEffects } from './in-memory-effects.ts';
import {
  acme,
  contextOf,
  engagementProjects,
  entities,
  factsOf,
  failureOf,
  linesOf,
  NetSuiteSandbox,
  timeEntry,
  told,
} from './netsuite-sandbox.ts';

const fresh = () => contextOf(new InMemoryEffects());
const signal = () => new AbortController().signal;

/** A project of these phases and tasks. */
function projectOf(code: string, phases: [string, string[]][]): Project {
  const [, project] = engagementProjects();
  return {
    ...project!,
    legalEntity: 'DE01',
    code,
    engagementCode: code,
    phases: phases.map(([phase, tasks]) => ({
      ...project!.phases[0]!,
      code: phase,
      legalEntity: 'DE01',
      tasks: tasks.map((task) => ({ code: task, name: `Task ${task}` })),
    })),
  };
}

describe('The external id of a business key in NetSuite', () => {
  it('is the key itself where that is inside the alphabet, and reads like it elsewhere', () => {
    for (const key of ['ENG-0001', 'ENG-0001-NL01', 'ENG_1', 'chaos-7']) externalIdOf(key).should.equal(key);
    ['ENG-0001/P1/T1', 'ACC-0001@DE01', 'kantata:4711', 'A.B|C', 'Ä 1']
      .map(externalIdOf)
      .should.deepEqual(['ENG-0001__P1__T1', 'ACC-0001____DE01', 'kantata___4711', 'A_____2e_B_____7c_C', '_____c38420_1']);
  });

  it('has letters, digits, hyphens and underscores only, and is that of one key', () => {
    const key = fc.string({
      unit: fc.constantFrom('A', 'a', '2', 'f', '-', '_', '/', ':', '@', '|', '.', ' ', '%', 'ä', '漢'),
      minLength: 1,
      maxLength: 10,
    });
    fc.assert(
      fc.property(key, key, (one, other) => {
        externalIdOf(one).should.match(/^[A-Za-z0-9_-]+$/);
        keyOfExternalId(externalIdOf(one)).should.equal(one);
        (externalIdOf(one) === externalIdOf(other)).should.equal(one === other);
      }),
      { numRuns: 5_000 },
    );
  });

  it('that an earlier version gave, or somebody else, is left as it is', () => {
    for (const id of ['ENG-0001/P1', 'kantata:1', '_____zz_', 'A______B', '_____2F_']) keyOfExternalId(id).should.equal(id);
  });
});

describe('Records in NetSuite', () => {
  let box: NetSuiteSandbox;
  beforeEach(async () => {
    box = await NetSuiteSandbox.start();
  });
  afterEach(() => box.stop());

  it('get ids inside the alphabet of NetSuite, whatever signs the codes have', async () => {
    const account = { ...acme, code: 'A.B/C|1' };
    await box.erp.operations['customer.ensure']({ account, entities: [{ legalEntity: 'DE01', currency: 'EUR' }] }, fresh());
    const project = { ...projectOf('ENG|1.inc', [['P 1', ['T:1']]]), account };
    const { projects } = await box.erp.operations['erp-project.create']([project], fresh());
    Object.keys(projects[0]!.tasks).should.deepEqual(['ENG|1.inc/P 1', 'ENG|1.inc/P 1/T:1']);
    const entry = timeEntry(1, { project: { id: '1', code: 'ENG|1.inc' }, task: { id: '2', code: 'ENG|1.inc/P 1/T:1' } });
    told(await box.erp.operations['time.post'](linesOf([entry]), signal())).should.deepEqual(['ok']);
    const ids = ['customer', 'job', 'projectTask', 'timeBill'].flatMap((type) => Object.values(box.sim.state.records[type] ?? {}));
    ids.should.have.length(5);
    for (const { externalId } of ids) should(externalId).match(/^[A-Za-z0-9_-]+$/);
    const [fact] = await factsOf(box.erp, '2026-03-01', '2026-03-31');
    should(fact).containEql({ key: 'kantata:1', projectCode: 'ENG|1.inc', taskCode: 'ENG|1.inc/P 1/T:1' });
  });

  it('are told apart where codes have slashes: a call-off, and a phase that is called like a task', async () => {
    await box.prepareCustomers();
    const made = [
      projectOf('C123', [['1', ['ANA', 'DEV']]]),
      projectOf('C123/1', [
        ['ANA', ['T1']],
        ['DEV', ['T1']],
      ]),
      projectOf('E9', [
        ['P1', ['T1']],
        ['P1/T1', ['X']],
      ]),
    ];
    const results = [];
    for (const project of made) results.push(...(await box.erp.operations['erp-project.create']([project], fresh())).projects);
    const ids = results.flatMap(({ tasks }) => Object.values(tasks));
    new Set(ids).size.should.equal(3 + 4 + 4);
    for (const { id, tasks } of results) {
      for (const task of Object.values(tasks)) should(box.sim.state.records['projectTask']![task]!.fields['project']).equal(id);
    }
    const task = { id: '1', code: 'C123%2F1/DEV/T1' };
    told(
      await box.erp.operations['time.post'](linesOf([timeEntry(1, { project: { id: '1', code: 'C123/1' }, task })]), signal()),
    ).should.deepEqual(['ok']);
  });

  /** Sets up the engagement and gives every record the id that earlier versions gave: the key as it is. */
  const setUpEarlier = async () => {
    await box.prepareCustomers();
    await box.erp.operations['erp-project.create'](engagementProjects(), fresh());
    await box.erp.operations['time.post'](linesOf([timeEntry(1), timeEntry(2)]), signal());
    for (const type of ['customer', 'projectTask', 'billingSchedule', 'timeBill']) {
      netsuite.load(box.sim, { records: { [type]: box.records(type).map(({ id, externalId }) => ({ id, externalId })) } });
    }
    return box.entriesByKey().length;
  };

  it('that an earlier version made are found under the ids that it gave them', async () => {
    const before = await setUpEarlier();
    const again = box.another();
    await again.operations['customer.ensure']({ account: acme, entities: entities() }, fresh());
    const { projects } = await again.operations['erp-project.create'](engagementProjects(), fresh());
    told(await again.operations['time.post'](linesOf([timeEntry(1), timeEntry(2)]), signal())).should.deepEqual(['ok', 'ok']);
    box.entriesByKey().should.have.length(before);
    should(projects.flatMap(({ differences = [] }) => differences)).deepEqual([]);
    const facts = await factsOf(again, '2026-03-01', '2026-03-31');
    facts.map(({ key, taskCode }) => `${key} ${taskCode}`).should.deepEqual(['kantata:1 ENG-0001/P1/T1', 'kantata:2 ENG-0001/P1/T1']);
  });

  it('that an earlier version posted are corrected where they are, never posted beside', async () => {
    const before = await setUpEarlier();
    const [outcome] = await box.another().operations['time.post'](linesOf([timeEntry(1, { minutes: 60, version: 'v2' })]), signal());
    should(outcome).containDeep({ ok: true, output: { corrected: true } });
    box.entriesByKey().should.have.length(before + 1);
    box
      .records('timeBill')
      .map(({ externalId, fields }) => [externalId, fields['hours']])
      .should.deepEqual([
        ['kantata:1', 60],
        ['kantata:2', 450],
      ]);
    await box.another().operations['time.post'](linesOf([timeEntry(1, { minutes: 90, version: 'v3' })]), signal());
    box.records('timeBill').should.have.length(2);
  });

  it('are not made when a name or a code is longer than its field, before the first of them is', async () => {
    const long = 'Vereinigte Norddeutsche Beratungs- und Beteiligungsgesellschaft für Energie und Wasser mbH & Co. KG';
    const account = { ...acme, legalName: long };
    const failure = await failureOf(box.erp.operations['customer.ensure']({ account, entities: entities() }, fresh()));
    should(failure.toJSON()).containEql({ class: 'contract.invalid', code: 'FIELD_TOO_LONG', field: 'companyName', value: long });
    failure.message.should.match(/has 99 characters, NetSuite takes 83/);
    box.entriesByKey().should.deepEqual([]);
    const code = 'A'.repeat(77);
    const key = await failureOf(box.erp.operations['customer.ensure']({ account: { ...acme, code }, entities: entities() }, fresh()));
    should(key.toJSON()).containEql({ code: 'FIELD_TOO_LONG', field: 'entityId', value: `${code}@DE01` });
    await box.prepareCustomers();
    const before = box.entriesByKey().length;
    const [first, second] = engagementProjects();
    const names = await failureOf(box.erp.operations['erp-project.create']([first!, { ...second!, name: 'N'.repeat(84) }], fresh()));
    should(names.toJSON()).containEql({ code: 'FIELD_TOO_LONG', field: 'companyName', record: 'project ENG-0001-NL01' });
    box.entriesByKey().should.have.length(before);
  });

  it('are told of a whole deal without asking NetSuite anything: customers, projects, tasks and billing schedules at once', () => {
    const [first, second] = engagementProjects();
    const unfit = box.erp.unfit!;
    unfit.project!(first!).should.deepEqual([]);
    const phases = first!.phases.map((phase, index) => (index > 0 ? phase : { ...phase, name: 'p'.repeat(256) }));
    const issues = unfit.project!({ ...second!, name: 'n'.repeat(84), phases });
    issues.map(({ code, field }) => `${code} ${field}`).should.deepEqual(['FIELD_TOO_LONG companyName', 'FIELD_TOO_LONG title']);
    for (const { remedy, message } of issues) `${message} ${remedy}`.should.match(/NetSuite takes \d+.*Shorten it at its source \(.*name/s);
  });

  it('of a time entry are checked before it is posted; the others of its batch are', async () => {
    await box.prepareCustomers();
    await box.erp.operations['erp-project.create'](engagementProjects(), fresh());
    const long = `kantata:${'9'.repeat(250)}`;
    const outcomes = await box.erp.operations['time.post'](linesOf([timeEntry(1), timeEntry(2, { id: long })]), signal());
    told(outcomes).should.deepEqual(['ok', 'contract.invalid FIELD_TOO_LONG']);
    box.records('timeBill').should.have.length(1);
  });

  it('are made when a name or a code just fits', async () => {
    const account = { ...acme, code: 'A'.repeat(75), legalName: 'N'.repeat(83) };
    await box.erp.operations['customer.ensure']({ account, entities: entities() }, fresh());
    const { projects } = await box.erp.operations['erp-project.create'](
      [{ ...projectOf('C'.repeat(80), [['P1', ['T1']]]), account, name: 'N'.repeat(83) }],
      fresh(),
    );
    projects.should.have.length(1);
  });

  it('of two time entries whose ids NetSuite takes for one are not posted, and both are named', async () => {
    await box.prepareCustomers();
    await box.erp.operations['erp-project.create'](engagementProjects(), fresh());
    const lines = linesOf([timeEntry(1), timeEntry(2), timeEntry(3, { id: 'KANTATA:2' })]);
    const outcomes = await box.erp.operations['time.post'](lines, signal());
    told(outcomes).should.deepEqual(['ok', 'contract.invalid CODES_ALIKE', 'contract.invalid CODES_ALIKE']);
    box.records('timeBill').should.have.length(1);
    const words = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.failure.message]));
    for (const message of words) message.should.match(/kantata:2/).and.match(/KANTATA:2/);
  });
});
