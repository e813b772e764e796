import should from 'should';
import { randomUUID } from 'node:crypto';
import type { Effect } from '../../engine/store/effects.ts';
import { conformance as crm } from '../../sandbox/salesforce/conformance.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { keyOfErpId } from '../../sandbox/netsuite/firm/erp-ids.ts';
import { connectionEnvironment } from '../../scripts/start/environment.ts';
import { anInvoice } from '../model/an-invoice.ts';
import { sampleEngagement } from '../model/sample-engagement.ts';
import { bookedAssignment, loadBookedFirm } from '../nodes/booked-firm.ts';
import { emailOf, loadTimeFirm, projectCodeOf, taskCodeOf } from '../system/time-firm.ts';
import { call, Issuer, newKey, type Told } from './business-api-calls.ts';
import { connection, node, policy, sink, tab } from './flow-parts.ts';
import { type FlowNode, LiveNodeRed, type RunHead } from './live-node-red.ts';

const [shown] = crm.operations['crm-invoice-status.write']!;
const read = (place: string) => ({ type: 'msg', place });

describe('An operation that is offered as an API by the switch of its node', function () {
  this.timeout(240_000);
  let sandbox: Sandbox;
  let live: LiveNodeRed;
  let issuer: Issuer;
  let key: string;

  const offered = (apiName: string, more: object = {}) => ({ policy: 'policy', offered: true, access: 'access', apiName, ...more });
  const people = { from: 'payload.start', to: 'payload.end', role: 'payload.role', skills: 'payload.skills', region: 'payload.region' };
  const asked = Object.fromEntries(
    Object.entries(people).flatMap(([field, place]) => [
      [field, read(place).place],
      [`${field}Type`, 'msg'],
    ]),
  );
  const flows = (more: FlowNode[] = []): FlowNode[] => [
    tab(),
    policy({ maxAttempts: 2 }),
    connection('erp', 'netsuite'),
    connection('psa', 'kantata'),
    connection('crm', 'salesforce'),
    {
      ...{ id: 'access', type: 'business-api-access', apiKeys: true, tokens: 'jwks', issuer: issuer.name, audience: 'api://psa' },
      ...{ jwksUrl: issuer.url, callsPerMinute: 10_000, callsAtOnce: 100 },
    },
    node('project', 'erp-project', [['sink']], { connection: 'erp', ...offered('project-provisioning') }),
    node('time', 'erp-post-timesheet', [['sink'], ['totals']], { connection: 'erp', batchSeconds: 0.3, ...offered('timesheet-posting') }),
    node('free', 'psa-availability', [['sink']], { connection: 'psa', ...asked, ...offered('resource-availability') }),
    node('used', 'psa-utilization', [['sink']], { connection: 'psa', ...offered('utilization') }),
    node('status', 'salesforce-invoice-status', [['sink']], {
      ...{ connection: 'crm', fields: JSON.stringify((shown!.input as { fields: object }).fields), ...offered('invoice-status') },
    }),
    node('period', 'erp-lookup', [['sink'], ['sink']], {
      ...{ connection: 'erp', what: 'period', legalEntity: 'DE01', legalEntityType: 'str', day: 'payload.when.day', dayType: 'msg' },
      ...offered('accounting-period', { apiVersion: 2, deprecated: '2020-01-01', lastDay: '2999-12-31' }),
    }),
    node('caught', 'catch', [['caughts']], { scope: null, uncaught: false }),
    sink('caughts'),
    sink('totals'),
    sink(),
    ...more,
  ];

  before(async () => {
    issuer = await new Issuer().start();
    sandbox = await startSandbox({ basePort: 0, empty: true });
    loadTimeFirm(sandbox, { users: ['1'], workspaces: ['2'], stories: new Map([['1', '2']]), currency: 'EUR', legalEntity: 'DE01' });
    loadBookedFirm(sandbox);
    const { netsuite, salesforce, kantata } = sandbox;
    for (const row of Object.values(kantata.state.rows['account_memberships']!)) row['created_at'] = '2020-01-06T09:00:00Z';
    netsuite.definition.load(netsuite, {
      records: {
        customer: ['DE01', 'NL01'].map((entity) => ({
          ...{ externalId: `ACC-0100@${entity}`, entityId: 'ACC-0100', companyName: 'Client', subsidiary: { externalId: entity } },
        })),
      },
    });
    salesforce.definition.load(salesforce, crm.given);
    salesforce.definition.load(salesforce, shown!.given);
    live = await LiveNodeRed.start({ environment: connectionEnvironment(sandbox.access) });
    await live.deploy(flows());
    const scopes = [
      'project-provisioning',
      'timesheet-posting',
      'resource-availability',
      'utilization',
      'invoice-status',
      'accounting-period',
    ];
    ({ key } = await newKey(live, 'planning', scopes));
  });
  after(async () => {
    await live?.end();
    await sandbox?.stop();
    await issuer?.stop();
  });

  const post = (name: string, body: unknown, idempotencyKey: string = randomUUID()): Promise<Told> =>
    call(live, 'POST', `/business/v1/${name}`, { body, headers: { 'x-api-key': key, 'idempotency-key': idempotencyKey } });
  const get = (path: string) => call(live, 'GET', `/business/${path}`, { headers: { 'x-api-key': key } });
  const engagement = (number: number) => sampleEngagement({ id: `00600000000${String(4000 + number)}AAA`, code: `ENG-4${number}` });
  const jobs = (code: string) =>
    Object.values(sandbox.netsuite.state.records['job'] ?? {}).filter(({ externalId = '' }) => keyOfErpId(externalId).startsWith(code));
  const entry = (id: string, more: object = {}) => ({
    ...{ id: `time-tool:${id}`, source: { system: 'time-tool', id }, resource: { id: '1', email: emailOf('1') } },
    project: { id: projectCodeOf('2'), code: projectCodeOf('2') },
    task: { id: taskCodeOf('2', '1'), code: taskCodeOf('2', '1') },
    ...{ workDate: '2026-11-19', minutes: 90, billable: true, status: 'approved', version: '1', ...more },
  });
  const posted = () => sandbox.netsuite.journal.entries.filter((line) => line.outcome === 'created' && line.type === 'timeBill').length;
  const invoice = (more: object = {}) => ({ ...anInvoice(), project: { id: '102', code: 'ENG-1' }, ...more });
  const days = () => new URLSearchParams({ start: bookedAssignment().start, end: bookedAssignment().end }).toString();
  const sunk = () => live.sunk.filter(({ sink: at }) => at === 'sink').length;

  describe('project provisioning', () => {
    it('makes the projects once for a call, and answers with them; nothing leaves by the wires', async () => {
      const [name, before] = [randomUUID(), sunk()];
      const first = await post('project-provisioning', engagement(1), name);
      should(first.status).equal(200, JSON.stringify(first.body));
      const { projects } = first.body as unknown as { projects: { code: string; id: string }[] };
      projects.map(({ code }) => code).should.deepEqual(['ENG-41', 'ENG-41-NL01']);
      should(await post('project-provisioning', engagement(1), name)).match({ status: 200, body: first.body });
      should(jobs('ENG-41').length).equal(2);
      should(sunk()).equal(before);
      const run = await live.ended('ENG-41');
      run.status.should.equal('done');
      const { effects } = await live.get<{ effects: Effect[] }>(`/runs/${run.id}`);
      effects.filter(({ system }) => system === 'business-api').length.should.equal(1);
    });

    it('refuses what is not its contract before anything is begun: a list, half an engagement, no JSON, the key of another call', async () => {
      const runs = (await live.get<RunHead[]>('/runs?limit=500')).length;
      const list = await post('project-provisioning', [engagement(2)]);
      should([list.status, list.body.code]).deepEqual([422, 'API_CALL_WRONG']);
      const { code, ...half } = engagement(2);
      const wrong = await post('project-provisioning', half);
      should(wrong.status).equal(422);
      wrong.body.errors!.map(({ pointer }) => pointer).should.containEql('#/code');
      should(code).equal('ENG-42');
      const headers = { 'x-api-key': key, 'idempotency-key': 'k', 'content-type': 'application/json' };
      for (const raw of ['{"code": "ENG-42"', '"__proto__"', '['.repeat(5_000)])
        should((await call(live, 'POST', '/business/v1/project-provisioning', { raw, headers })).status).be.oneOf([400, 422]);
      const long = await call(live, 'POST', '/business/v1/project-provisioning', { raw: `"${'x'.repeat(1_100_000)}"`, headers });
      should(long.status).equal(413);
      should((await post('project-provisioning', half, 'not \u00e9ven')).status).equal(400);
      should((await live.get<RunHead[]>('/runs?limit=500')).length).equal(runs);
      should(jobs('ENG-42').length).equal(0);
    });

    it('answers a call that fails as a problem, leaves a dead letter, tells the Catch node, and answers when a person has replayed it', async () => {
      const name = randomUUID();
      const stranger = { ...engagement(3), account: { ...engagement(3).account, code: 'ACC-9999' } };
      const refused = await post('project-provisioning', stranger, name);
      should(refused.status).equal(422, JSON.stringify(refused.body));
      refused.headers.get('content-type')!.should.match(/^application\/problem\+json/);
      refused.body.should.have.properties(['code', 'class', 'detail', 'instance']);
      const dead = (await live.get<{ id: string; event: { subject: string } }[]>('/dead-letters')).find(
        ({ event }) => event.subject === 'ENG-43',
      )!;
      refused.body.instance!.should.endWith(dead.id);
      live.sunk.filter(({ sink: at, run }) => at === 'caughts' && run === dead.id).length.should.equal(1);
      should(await post('project-provisioning', stranger, name)).match({ status: 422 });
      const { netsuite } = sandbox;
      netsuite.definition.load(netsuite, {
        records: {
          customer: ['DE01', 'NL01'].map((entity) => ({
            ...{ externalId: `ACC-9999@${entity}`, entityId: 'ACC-9999', companyName: 'Late', subsidiary: { externalId: entity } },
          })),
        },
      });
      const replay = await live.call('/ps-connect/api/v1/replays', {
        method: 'POST',
        body: { runs: [dead.id], reason: 'the customer is there' },
      });
      should(replay.status).be.below(300);
      should((await live.ended('ENG-43')).status).equal('done');
      const answered = await post('project-provisioning', stranger, name);
      should(answered.status).equal(200);
      const asking = await call(live, 'GET', refused.body.instance!, { headers: { 'x-api-key': key } });
      asking.body.should.deepEqual(answered.body);
    });

    it('is asked by a message on the wire as before', async () => {
      const before = sunk();
      live.receive('project', { payload: engagement(5) });
      await live.until(() => sunk() > before, 'the message went on');
      should(jobs('ENG-45').length).equal(2);
      should((await live.ended('ENG-45')).status).equal('done');
    });

    it('makes them once when the process is killed in the middle, and the same call is answered alike', async () => {
      const name = randomUUID();
      sandbox.netsuite.faults.add({ kind: 'delay', delayMs: 2_000, match: { method: 'PUT', path: 'job' } });
      const first = post('project-provisioning', engagement(6), name).catch(() => undefined);
      await live.until(async () => (await live.run('ENG-46')) !== undefined, 'it is stored');
      await live.stop('SIGKILL');
      await first;
      sandbox.netsuite.faults.clear();
      await live.restart();
      should((await live.ended('ENG-46')).status).equal('done');
      const again = await post('project-provisioning', engagement(6), name);
      should(again.status).equal(200);
      (again.body as unknown as { projects: object[] }).projects.length.should.equal(2);
      should(jobs('ENG-46').length).equal(2);
      const created = sandbox.netsuite.journal.entries.filter(
        ({ outcome, type, key: of = '' }) => outcome === 'created' && type === 'job' && of.startsWith('ENG-46'),
      );
      should(created.length).equal(2);
    });

    it('goes on through a deploy in the middle of a call, and also when its switch is turned off there', async () => {
      sandbox.netsuite.faults.add({ kind: 'delay', delayMs: 1_500, match: { method: 'PUT', path: 'job' } });
      const name = randomUUID();
      const first = post('project-provisioning', engagement(7), name);
      await live.until(async () => (await live.run('ENG-47')) !== undefined, 'it is stored');
      const before = sunk();
      await live.deploy(flows().map((one) => (one.id === 'project' ? { ...one, offered: false } : one)));
      should((await live.ended('ENG-47')).status).equal('done');
      should([(await first).status, sunk()]).deepEqual([200, before]);
      should((await post('project-provisioning', engagement(7), name)).status).equal(404);
      await live.deploy(flows());
      const again = await post('project-provisioning', engagement(7), name);
      should([again.status, jobs('ENG-47').length]).deepEqual([200, 2]);
    });
  });

  describe('resource availability', () => {
    it('is looked up by parameters, and the people are told to who may know', async () => {
      const before = sunk();
      const { status, body } = await get(`v1/resource-availability?${days()}&role=Senior%20Consultant`);
      should(status).equal(200, JSON.stringify(body));
      const { people: told } = body as unknown as { people: { id: string; freeMinutes: number }[] };
      told
        .map(({ id, freeMinutes }) => `${id} ${freeMinutes}`)
        .should.deepEqual(['kantata:302 2400', 'kantata:303 2400', 'kantata:301 1200']);
      should(sunk()).equal(before);
    });

    it('tells what is wrong with a search, and leaves no dead letter', async () => {
      const dead = (await live.get<unknown[]>('/dead-letters')).length;
      (await get('v1/resource-availability?start=2026-12-07')).body.errors!.map(({ parameter }) => parameter).should.deepEqual(['end']);
      (await get(`v1/resource-availability?${days()}&rolle=x`)).status.should.equal(400);
      const { status, body } = await get('v1/resource-availability?start=2026-12-11&end=2026-12-07');
      should([status, body.class]).deepEqual([422, 'contract.invalid']);
      should((await live.get<unknown[]>('/dead-letters')).length).equal(dead);
    });

    it('is refused to who has no key, no right, or a token of somebody else; and let in with a token', async () => {
      const address = `/business/v1/resource-availability?${days()}`;
      should((await call(live, 'GET', address)).status).equal(401);
      const { key: other } = await newKey(live, 'payroll', ['utilization']);
      should((await call(live, 'GET', address, { headers: { 'x-api-key': other } })).status).equal(403);
      const bearer = async (claims: object) => ({
        authorization: `Bearer ${await issuer.token({ scope: 'resource-availability', ...claims })}`,
      });
      should((await call(live, 'GET', address, { headers: await bearer({ aud: 'others' }) })).status).equal(401);
      should((await call(live, 'GET', address, { headers: await bearer({}) })).status).equal(200);
    });
  });

  describe('timesheet posting', () => {
    it('posts one entry for one call, in the batches of the node, and once however often it is sent', async () => {
      const [name, before] = [randomUUID(), posted()];
      const [first, second] = await Promise.all([post('timesheet-posting', entry('1'), name), post('timesheet-posting', entry('2'))]);
      should([first.status, second.status]).deepEqual([200, 200]);
      first.body['id']!.should.be.String();
      should(await post('timesheet-posting', entry('1'), name)).match({ status: 200, body: first.body });
      should(posted()).equal(before + 2);
      const totals = live.sunk.filter(({ sink: at }) => at === 'totals').map(({ payload }) => payload as { posted: number });
      should(totals.reduce((sum, { posted: count }) => sum + count, 0)).equal(2);
    });

    it('posts once when the process is killed while an entry waits for its batch, and the same call is answered alike', async () => {
      const [name, before] = [randomUUID(), posted()];
      const first = post('timesheet-posting', entry('6'), name).catch(() => undefined);
      await live.until(async () => (await live.run('time-tool:6')) !== undefined, 'it is stored');
      await live.stop('SIGKILL');
      await first;
      await live.restart();
      should((await live.ended('time-tool:6')).status).equal('done');
      should((await post('timesheet-posting', entry('6'), name)).status).equal(200);
      should(posted()).equal(before + 1);
    });

    it('takes no list, and refuses time that is not approved', async () => {
      should((await post('timesheet-posting', [entry('3'), entry('4')])).status).equal(422);
      const { status, body } = await post('timesheet-posting', entry('5', { status: 'submitted' }));
      should([status, body.class]).deepEqual([422, 'contract.invalid']);
      should((await post('timesheet-posting', entry('5', { status: 'submitted' }), 'other')).status).equal(422);
    });
  });

  describe('utilization', () => {
    it('is told of all together, and of each', async () => {
      const { status, body } = await get(`v1/utilization?${days()}`);
      should(status).equal(200, JSON.stringify(body));
      should(body).match({ complete: true, total: { hardMinutes: 1200, billablePercent: '0.00' } });
      const { kpis } = await live.get<{ kpis: { name: string; count: number }[] }>('/kpis?days=1');
      should(kpis.find(({ name }) => name === 'utilization')!.count).equal(0, 'what a caller asks for is no figure of the firm’s');
    });

    it('is not told of days that are none', async () => {
      (await get('v1/utilization?start=2026-12-32&end=2026-12-11')).body
        .errors!.map(({ parameter }) => parameter)
        .should.deepEqual(['start']);
    });
  });

  describe('invoice status', () => {
    it('is shown on its record', async () => {
      const { status, body } = await post('invoice-status', invoice());
      should(status).equal(200, JSON.stringify(body));
      should(body).match({ written: true });
    });

    it('is refused of an invoice by which no record is found', async () => {
      const { status, body } = await post('invoice-status', invoice({ project: undefined }));
      should([status, body.code]).deepEqual([422, 'INPUT_WRONG']);
    });
  });

  describe('its address', () => {
    it('has the version of the node, tells until when it is there, and asks for what the node does not know itself', async () => {
      const { status, headers, body } = await get('v2/accounting-period?day=2026-11-19');
      should(status).equal(200, JSON.stringify(body));
      should([headers.get('deprecation'), headers.get('sunset')]).deepEqual(['@1577836800', 'Wed, 01 Jan 3000 00:00:00 GMT']);
      should((await get('v2/accounting-period?day=2026-11-19&legalEntity=NL01')).status).equal(400, 'it is fixed in the node');
    });

    it('is described as it is, with its contracts whole', async () => {
      const document = await live.get<{
        paths: Record<string, Record<string, { parameters: { name: string }[] }>>;
        components: { schemas: object };
      }>('/business-apis/document');
      Object.keys(document.paths)
        .sort()
        .should.deepEqual([
          '/business/v1/invoice-status',
          '/business/v1/project-provisioning',
          '/business/v1/resource-availability',
          '/business/v1/timesheet-posting',
          '/business/v1/utilization',
          '/business/v2/accounting-period',
        ]);
      document.paths['/business/v1/resource-availability']!['get']!.parameters.map(({ name }) => name).should.deepEqual([
        ...['start', 'end', 'role', 'skills', 'region'],
      ]);
      const names = [
        'engagement',
        'time-entry',
        'invoice',
        'availability',
        'utilization',
        'ErpProjectResult',
        'ErpProject',
        'PeopleWithTime',
      ];
      document.components.schemas.should.have.properties(names);
      const spokenOf = [...JSON.stringify(document).matchAll(/#\/components\/schemas\/([\w.-]+)/g)].map(([, name]) => name!);
      should(spokenOf.filter((name) => !(name in document.components.schemas))).deepEqual([]);
      JSON.stringify(document).should.not.match(/tsType|#\/\$defs|urn:psconnect:contract/);
    });

    it('is counted for each consumer', async () => {
      const metrics = await (await live.call('/ps-connect/metrics')).text();
      metrics.should.match(/api="utilization",consumer="planning",status="200"/);
    });

    it('is that of one node: a second one says so, and works on the wire; so does one without access, or with no name', async () => {
      const second = (id: string, more: object) =>
        node(id, 'erp-project', [['sink']], { name: id, connection: 'erp', ...offered('project-provisioning', more) });
      const strange = [
        second('twin', {}),
        second('elder', { apiVersion: 2 }),
        second('shut', { apiVersion: 3, access: '' }),
        second('odd', { apiName: 'a/{b}' }),
      ];
      await live.deploy(flows(strange));
      const says = (text: RegExp) => live.until(() => text.test(live.log.join('')), `the log says ${text.source}`);
      await says(/“project”|“erp-project” listens at POST \/business\/v1\/project-provisioning already/);
      await says(/“Access”/);
      await says(/“Name of the API”/);
      should((await post('project-provisioning', engagement(8))).status).equal(200);
      should(
        (
          await call(live, 'POST', '/business/v2/project-provisioning', {
            body: engagement(8),
            headers: { 'x-api-key': key, 'idempotency-key': 'v2' },
          })
        ).status,
      ).equal(200);
      should(
        (
          await call(live, 'POST', '/business/v3/project-provisioning', {
            body: engagement(8),
            headers: { 'x-api-key': key, 'idempotency-key': 'v3' },
          })
        ).status,
      ).equal(503);
      const before = sunk();
      live.receive('twin', { payload: engagement(9) });
      live.receive('odd', { payload: engagement(10) });
      await live.until(() => sunk() === before + 2, 'both went on');
      const { sources } = await live.get<{ sources: { id: string; failure: { code: string } | null }[] }>('/overview');
      should(sources.find(({ id }) => id === 'twin')?.failure?.code).equal('PATH_TAKEN');
      await live.deploy(flows());
    });
  });
});
