import 'should';
import { existsSync, readFileSync } from 'node:fs';
import should from 'should';
import { Lookup } from '../../connectors/kantata/records/lookup.ts';
import type { Failure } from '../../model/failure.ts';
import type { Effects } from '../../model/operations.ts';
import { InMemoryEffects, ProcessDied } from './in-memory-effects.ts';
import { demand, project, projectRecords, startKantata } from './kantata-sandbox.ts';

const specification = new URL('../../../shared/vendor/kantata/mavenlink-gem.specification.json', import.meta.url);
const call = (effects: Effects) => ({ effects, signal: new AbortController().signal });
const failureOf = (promise: Promise<unknown>): Promise<Failure> =>
  promise.then(
    () => {
      throw new Error('it should have failed');
    },
    (error) => error as Failure,
  );

describe('Kantata: a won deal becomes projects and staffing requests', () => {
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

  it('makes nothing new on a second run, even over a lost store', async () => {
    const psa = kantata.connect();
    const effects = new InMemoryEffects();
    const first = await psa.operations['psa-project.create']([project], call(effects));
    const changes = kantata.changes();
    (await psa.operations['psa-project.create']([project], call(effects))).should.deepEqual(first);
    (await kantata.connect().operations['psa-project.create']([project], call(new InMemoryEffects()))).should.deepEqual(first);
    kantata.changes().should.equal(changes);
  });

  for (const when of ['before-send', 'after-send'] as const) {
    it(`leaves each record once, whichever write the process is killed at (${when})`, async () => {
      const psa = kantata.connect();
      for (let number = 1; number <= projectRecords.length; number++) {
        const code = `ENG-1${String(number).padStart(3, '0')}`;
        const own = { ...project, code, engagementCode: code };
        const effects = new InMemoryEffects();
        effects.crash = { atSend: number, when };
        await psa.operations['psa-project.create']([own], call(effects)).should.be.rejectedWith(ProcessDied);
        effects.crash = undefined;
        await kantata.connect().operations['psa-project.create']([own], call(effects));
        const made = kantata.made().filter((name) => name.includes(code));
        made.toSorted().should.deepEqual(projectRecords.map((name) => name.replace('ENG-0001', code)).toSorted());
      }
    });
  }

  it('finds a record whose answer was lost instead of making it twice', async () => {
    const effects = new InMemoryEffects();
    for (let skip = 0; skip < projectRecords.length; skip++) {
      kantata.fault({ kind: 'dropAfter', match: { method: 'POST' }, after: 0 });
      const failure = await failureOf(kantata.connect().operations['psa-project.create']([project], call(effects)));
      failure.should.have.properties({ class: 'transient.timeout', outcome: 'unknown' });
      String(failure.record).should.match(/ENG-0001/);
    }
    await kantata.connect().operations['psa-project.create']([project], call(effects));
    kantata.made().should.deepEqual(projectRecords);
  });

  it('sends again what was lost before it arrived, once it is certain', async () => {
    const effects = new InMemoryEffects();
    const psa = kantata.connect({ settleAfterMs: 60_000 });
    kantata.fault({ kind: 'dropBefore', match: { method: 'POST' } });
    (await failureOf(psa.operations['psa-project.create']([project], call(effects)))).outcome?.should.equal('unknown');
    const early = await failureOf(psa.operations['psa-project.create']([project], call(effects)));
    early.should.have.properties({ class: 'transient.unavailable', code: 'NOT_SETTLED_YET' });
    Number(early.retryAfterMs).should.be.belowOrEqual(60_000);
    kantata.made().should.deepEqual([]);
    await kantata.connect().operations['psa-project.create']([project], call(effects));
    kantata.made().should.deepEqual(projectRecords);
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

  for (const [status, expected, outcome] of [
    [429, 'transient.throttled', 'not-made'],
    [503, 'transient.unavailable', 'not-made'],
    [504, 'transient.timeout', 'unknown'],
    [500, 'transient.unavailable', 'unknown'],
    [403, 'auth.denied', 'not-made'],
    [408, 'transient.timeout', 'unknown'],
    [409, 'conflict.stale', 'not-made'],
    [423, 'transient.locked', 'not-made'],
  ] as const) {
    it(`goes on after a ${status} without making anything twice`, async () => {
      const effects = new InMemoryEffects();
      kantata.fault({ kind: 'status', status, match: { method: 'POST', path: 'stories' }, after: 2, body: { errors: [] } });
      const failure = await failureOf(kantata.connect().operations['psa-project.create']([project], call(effects)));
      failure.should.have.properties({ class: expected, outcome, status });
      await kantata.connect().operations['psa-project.create']([project], call(effects));
      kantata.made().should.deepEqual(projectRecords);
    });
  }

  it('asks once more after a refused token, then says that it was revoked', async () => {
    kantata.fault({ kind: 'status', status: 401, body: { errors: [{ type: 'oauth', message: 'Invalid OAuth 2 Request' }] } });
    const psa = kantata.connect();
    (await psa.test()).ok.should.be.true();
    kantata.fault({ kind: 'expireToken' });
    const failure = await failureOf(psa.operations['psa-project.create']([project], call(new InMemoryEffects())));
    failure.should.have.properties({ class: 'auth.denied', code: 'TOKEN_REFUSED', status: 401 });
    JSON.stringify(psa.health()).should.not.containEql('kantata-sandbox');
    const tested = await psa.test();
    tested.ok.should.be.false();
    tested.message.should.match(/does not accept the access token.*Authorise again/);
    (psa.health() as { lastFailure: { class: string } }).lastFailure.class.should.equal('auth.denied');
  });

  it('says who it is connected as', async () => {
    (await kantata.connect().test()).message.should.match(/Connected to Kantata OX at 127\.0\.0\.1:\d+ as Sandbox Administrator/);
  });
});

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

describe('Kantata: the look-up of a batch', () => {
  it('asks once, and afresh for a record that was tried or after a failure', async () => {
    let asked = 0;
    let down = true;
    const lookup = new Lookup(async () => {
      asked++;
      if (down) throw new Error('down');
      return new Map(asked > 2 ? [['a', asked]] : []);
    });
    await lookup.find('a').should.be.rejectedWith('down');
    down = false;
    should(await lookup.find('a')).be.undefined();
    should(await lookup.find('b')).be.undefined();
    asked.should.equal(2);
    lookup.trying('a');
    should(await lookup.find('a')).equal(3);
  });
});

describe('Kantata: its connection', () => {
  it('names the field that is wrong', async () => {
    const { createKantata } = await import('../../connectors/kantata/connector.ts');
    const wrong = (change: object) => {
      try {
        createKantata({ accessToken: 'x', ...change });
      } catch (error) {
        const failure = error as Failure;
        return `${failure.class} ${failure.field}`;
      }
      return 'taken';
    };
    wrong({}).should.equal('taken');
    wrong({ accessToken: ' ' }).should.equal('contract.invalid accessToken');
    wrong({ baseUrl: 'http://kantata.example/api/v1' }).should.equal('contract.invalid url');
    wrong({ approverIds: ['jane'] }).should.equal('contract.invalid approverIds');
    wrong({ concurrency: 0 }).should.equal('contract.invalid concurrency');
    wrong({ settleAfterMs: -1 }).should.equal('contract.invalid settleAfterMs');
    wrong({ serviceName: 'a,b' }).should.equal('contract.invalid serviceName');
  });
});
