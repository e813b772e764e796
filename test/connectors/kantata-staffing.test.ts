import should from 'should';
import { inGerman } from '../model/in-german.ts';
import { InMemoryEffects, ProcessDied } from './in-memory-effects.ts';
import { call, demand, failureOf, project, startKantata } from './kantata-sandbox.ts';

describe('Kantata: staffing', () => {
  let kantata: Awaited<ReturnType<typeof startKantata>>;
  const records = ['workspace_resources', 'workspace_resource_skills', 'workspace_allocations', 'resource_requests'];
  const count = () => records.map((collection) => kantata.rows(collection).length);
  beforeEach(async () => {
    kantata = await startKantata();
    await kantata.connect().operations['psa-project.create']([project], call(new InMemoryEffects()));
  });
  afterEach(() => kantata.stop());

  it('asks for each head by role and skills, with the effort to the minute', async () => {
    const result = await kantata.connect().operations['staffing.request']([demand], call(new InMemoryEffects()));
    result.demands[0]?.requestIds.length.should.equal(2);
    count().should.deepEqual([2, 4, 2, 2]);
    for (const row of kantata.rows('workspace_resources')) {
      row.should.have.property('role_id', '102');
      should(row['user_id'] ?? null).be.null();
    }
    const allocations = kantata.rows('workspace_allocations');
    allocations.map((row) => row['minutes']).should.deepEqual([4801, 4800]);
    for (const row of allocations) row.should.have.properties({ hard: false, start_date: '2026-12-01', end_date: '2026-12-31' });
    kantata
      .rows('resource_requests')
      .map((row) => row.id)
      .should.deepEqual(result.demands[0]?.requestIds);
    for (const row of kantata.rows('resource_requests')) row.should.have.properties({ status: 'new', approver_ids: ['9000001'] });
  });

  it('makes nothing new on a second run over a lost store, even when a request was answered meanwhile', async () => {
    const first = await kantata.connect().operations['staffing.request']([demand], call(new InMemoryEffects()));
    (await kantata.connect().operations['staffing.request']([demand], call(new InMemoryEffects()))).should.deepEqual(first);
    const [one] = kantata.rows('resource_requests');
    const [resource] = kantata.rows('workspace_resources');
    if (one) one['status'] = 'approved';
    if (resource) resource['user_id'] = '9000002';
    const again = await kantata.connect().operations['staffing.request']([demand], call(new InMemoryEffects()));
    again.should.deepEqual(first);
    count().should.deepEqual([2, 4, 2, 2]);
    // whatever the account says of the moment at which they were made
    const ids = kantata.rows('workspace_resources').map(({ id }) => String(id));
    for (const created_at of ['yesterday', '', null, '-271821-04-20T00:00:00Z']) {
      kantata.fault({
        ...{ kind: 'status', status: 200, match: { path: 'workspace_resources\\?.*pending_resource_request' } },
        body: {
          count: ids.length,
          results: ids.map((id) => ({ key: 'workspace_resources', id })),
          workspace_resources: Object.fromEntries(ids.map((id) => [id, { id, created_at, pending_resource_request_id: null }])),
        },
      });
      (await kantata.connect().operations['staffing.request']([demand], call(new InMemoryEffects()))).should.deepEqual(first);
    }
    count().should.deepEqual([2, 4, 2, 2]);
  });

  for (const when of ['before-send', 'after-send'] as const) {
    it(`leaves each record once, whichever write the process is killed at (${when})`, async () => {
      for (let number = 1; number <= 10; number++) {
        const before = count();
        const own = { ...demand, code: `ENG-0001/X${number}` };
        const effects = new InMemoryEffects();
        effects.crash = { atSend: number, when };
        await kantata.connect().operations['staffing.request']([own], call(effects)).should.be.rejectedWith(ProcessDied);
        effects.crash = undefined;
        const result = await kantata.connect().operations['staffing.request']([own], call(effects));
        result.demands[0]?.requestIds.length.should.equal(2);
        count()
          .map((size, index) => size - (before[index] ?? 0))
          .should.deepEqual([2, 4, 2, 2]);
      }
    });
  }

  it('finds each record whose answer was lost', async () => {
    const effects = new InMemoryEffects();
    for (let write = 0; write < 10; write++) {
      kantata.fault({ kind: 'dropAfter', match: { method: 'POST' } });
      (await failureOf(kantata.connect().operations['staffing.request']([demand], call(effects)))).should.have.property(
        'outcome',
        'unknown',
      );
    }
    await kantata.connect().operations['staffing.request']([demand], call(effects));
    count().should.deepEqual([2, 4, 2, 2]);
  });

  it('refuses an unknown role, skill or project before anything is written, and names those it knows', async () => {
    const psa = kantata.connect();
    const changes = kantata.changes();
    const ask = (change: object) =>
      failureOf(psa.operations['staffing.request']([demand, { ...demand, code: 'ENG-0001/S2', ...change }], call(new InMemoryEffects())));
    const role = await ask({ role: 'Wizard' });
    role.should.have.properties({
      class: 'mapping.missing',
      code: 'ROLE_UNKNOWN',
      field: 'role',
      value: 'Wizard',
      record: 'staffing demand ENG-0001/S2',
    });
    role.message.should.containEql('Consultant, Project Manager, Senior Consultant');
    inGerman(role).message.should.startWith('Kantata hat keine Rolle „Wizard“. Es kennt: ');
    should(inGerman(role).remedy).match(/^Legen Sie die Rolle in Kantata an, oder übersetzen Sie „Wizard“/);
    (await ask({ skills: ['Alchemy'] })).should.have.properties({ class: 'mapping.missing', code: 'SKILL_UNKNOWN', value: 'Alchemy' });
    (await ask({ projectCode: 'ENG-9999' })).should.have.properties({
      class: 'mapping.missing',
      code: 'PROJECT_UNKNOWN',
      value: 'ENG-9999',
    });
    kantata.changes().should.equal(changes);
  });

  it('takes role and skill names as people write them', async () => {
    await kantata
      .connect()
      .operations['staffing.request']([{ ...demand, role: ' senior  consultant', skills: ['sap'] }], call(new InMemoryEffects()));
    count().should.deepEqual([2, 2, 2, 2]);
  });

  it('takes names whose accents are encoded in another way for the same', async () => {
    const [role, skill] = ['Führungskraft', 'Prüfung'].map((name) => name.normalize('NFC'));
    kantata.load({ roles: [{ id: '301', name: role }], skills: [{ id: '302', name: skill, max_level: 5 }] });
    const decomposed = { role: role!.normalize('NFD'), skills: [skill!, skill!.normalize('NFD')] };
    await kantata.connect().operations['staffing.request']([{ ...demand, ...decomposed }], call(new InMemoryEffects()));
    count().should.deepEqual([2, 2, 2, 2]);
  });

  it('asks for a skill once that a demand names in two ways', async () => {
    const effects = new InMemoryEffects();
    await kantata.connect().operations['staffing.request']([{ ...demand, skills: ['SAP', ' sap '] }], call(effects));
    count().should.deepEqual([2, 2, 2, 2]);
    // one write for each head, not a second that finds the first
    [...effects.entries.keys()].filter((key) => key.startsWith('skill ')).should.have.length(2);
  });

  it('says whom it cannot ask for approval', async () => {
    const failure = await failureOf(
      kantata.connect({ approverIds: ['777'] }).operations['staffing.request']([demand], call(new InMemoryEffects())),
    );
    failure.should.have.properties({ class: 'mapping.missing', code: 'APPROVER_REFUSED', field: 'approver_ids', value: '["777"]' });
  });
});
