import should from 'should';
import { contractIssues } from '../../model/contract.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { ConnectorFor, SourceEvent, TimeFact } from '../../model/operations.ts';
import { createKantata } from '../../connectors/kantata/connector.ts';
import { HostileServer, json } from './hostile-server.ts';
import { startKantata } from './kantata-sandbox.ts';

const signal = new AbortController().signal;

const base = {
  users: [{ id: '301', full_name: 'Jane Doe', email_address: 'jane@firm.example' }],
  workspaces: [
    { id: '501', title: 'Rollout', currency: 'EUR' },
    { id: '502', title: 'ENG-0002 · Audit', currency: 'EUR' },
    { id: '503', title: 'Internal training', currency: 'EUR', archived: true },
  ],
  stories: [
    { id: '601', workspace_id: '501', title: 'Workshops', story_type: 'task' },
    { id: '602', workspace_id: '502', title: 'P1/T1 · Interviews', story_type: 'task' },
  ],
  external_references: [
    { subject_type: 'Workspace', subject_id: 501, service_name: 'ps-connect', service_model: 'project', service_model_ref: 'ENG-0001' },
    { subject_type: 'Story', subject_id: 601, service_name: 'ps-connect', service_model: 'task', service_model_ref: 'ENG-0001/P1/T1' },
    { subject_type: 'Workspace', subject_id: 502, service_name: 'other', service_model: 'project', service_model_ref: 'XXX' },
  ],
};

const second = (offset: number) => new Date(Date.UTC(2026, 10, 20, 10, 0, offset)).toISOString().replace('.000Z', 'Z');

const entry = (id: number, change: object = {}) => ({
  id: String(id),
  workspace_id: '501',
  story_id: '601',
  user_id: '301',
  date_performed: '2026-11-20',
  time_in_minutes: 450,
  billable: true,
  rate_in_cents: 15000,
  currency: 'EUR',
  approved: true,
  is_invoiced: false,
  created_at: second(0),
  updated_at: second(0),
  ...change,
});

async function readAll(
  psa: ConnectorFor<'approved-time.poll'>,
  stored?: Json,
  pageSize?: number,
): Promise<{ events: SourceEvent[]; cursor: Json; pages: number }> {
  const events: SourceEvent[] = [];
  let cursor = stored;
  for (let pages = 1; pages < 5000; pages++) {
    const page = await psa.operations['approved-time.poll'](cursor, { since: '2000-01-01', ...(pageSize ? { pageSize } : {}) }, signal);
    events.push(...page.events);
    cursor = JSON.parse(JSON.stringify(page.cursor)) as Json;
    if (!page.more) return { events, cursor, pages };
  }
  throw new Error('the poll does not come to an end');
}

const keysOf = (events: SourceEvent[]) => [...new Set(events.map((event) => event.subject))].toSorted();

describe('Kantata: approved time', () => {
  let kantata: Awaited<ReturnType<typeof startKantata>>;
  beforeEach(async () => {
    kantata = await startKantata(base);
  });
  afterEach(() => kantata.stop());

  it('arrives complete: person, project, task, money', async () => {
    kantata.load({ time_entries: [entry(7001, { notes: 'Workshop' })] });
    const { events } = await readAll(kantata.connect());
    events.length.should.equal(1);
    const data = events[0]?.data as JsonObject;
    contractIssues('time-entry', data).should.deepEqual([]);
    data.should.have.properties({
      id: 'kantata:7001',
      resource: { id: '301', email: 'jane@firm.example', name: 'Jane Doe' },
      project: { id: '501', code: 'ENG-0001' },
      task: { id: '601', code: 'ENG-0001/P1/T1' },
      workDate: '2026-11-20',
      minutes: 450,
      rate: { amount: '150.00', currency: 'EUR' },
      amount: { amount: '1125.00', currency: 'EUR' },
      status: 'approved',
      sourceUpdatedAt: '2026-11-20T10:00:00.000Z',
    });
    events[0]?.should.have.properties({ type: 'com.psconnect.time.approved', subject: 'kantata:7001', key: 'kantata:7001' });
  });

  it('takes the codes from the titles where there is no reference of ours, and none where the title has none', async () => {
    kantata.load({
      time_entries: [entry(7001, { workspace_id: '502', story_id: '602' }), entry(7002, { workspace_id: '503', story_id: null })],
    });
    const { events } = await readAll(kantata.connect());
    const data = events.map((event) => event.data as JsonObject);
    data.map((one) => one['project']).should.deepEqual([{ id: '502', code: 'ENG-0002' }, { id: '503' }]);
    data.map((one) => one['task']).should.deepEqual([{ id: '602', code: 'ENG-0002/P1/T1' }, undefined]);
  });

  it('leaves out what is not approved', async () => {
    kantata.load({ time_entries: [entry(7001), entry(7002, { approved: false })] });
    keysOf((await readAll(kantata.connect())).events).should.deepEqual(['kantata:7001']);
  });

  it('reads every entry of many pages, with equal instants and without', async () => {
    const many = Array.from({ length: 1000 }, (_, index) => entry(8000 + index, { updated_at: second(Math.floor(index / 130)) }));
    kantata.load({ time_entries: many });
    const { events, pages } = await readAll(kantata.connect(), undefined, 100);
    keysOf(events).length.should.equal(1000);
    pages.should.be.belowOrEqual(25);
  });

  it('learns the codes of a page in two questions and does not ask again', async () => {
    kantata.load({ time_entries: Array.from({ length: 300 }, (_, index) => entry(8000 + index, { updated_at: second(index) })) });
    kantata.fault({ kind: 'delay', match: { method: 'GET', path: '/(workspaces|stories)' }, delayMs: 0, times: 1000 });
    await readAll(kantata.connect(), undefined, 50);
    (1000 - (kantata.sim.faults.all()[0]?.times ?? 0)).should.equal(2);
  });

  it('reads new approvals with the stored cursor, in another process too', async () => {
    kantata.load({ time_entries: [entry(7001)] });
    const first = await readAll(kantata.connect());
    kantata.load({ time_entries: [entry(7002, { updated_at: second(30) }), entry(7003, { updated_at: second(0) })] });
    const { events } = await readAll(kantata.connect(), first.cursor);
    keysOf(events).should.containEql('kantata:7002');
    // committed late, with the very instant that was the latest one read
    keysOf(events).should.containEql('kantata:7003');
  });

  it('begins now when no start is set: a first deploy does not post the past', async () => {
    const psa = kantata.connect();
    const first = await psa.operations['approved-time.poll'](undefined, {}, signal);
    first.should.containEql({ events: [], more: true });
    (await psa.operations['approved-time.poll'](first.cursor, {}, signal)).events.should.deepEqual([]);
  });

  it('does not begin at a moment that no clock shows: nothing would be found ever after', async () => {
    const server = await new HostileServer((_request, response) => {
      const nothing = { count: 0, results: [], meta: { count: 0, page_count: 0, page_number: 1 } };
      json(response, nothing, 200, { Date: 'Fri, 31 Dec 9999 23:59:59 GMT' });
    }).start();
    const psa = createKantata({ baseUrl: `${server.url}/api/v1`, accessToken: 'token', settleAfterMs: 0 });
    const { cursor } = await psa.operations['approved-time.poll'](undefined, {}, signal);
    await server.stop();
    Date.parse((cursor as { floor: string }).floor).should.be.belowOrEqual(Date.now());
  });

  it('starts where the analyst says', async () => {
    kantata.load({ time_entries: [entry(7001, { updated_at: '2026-10-01T00:00:00Z' }), entry(7002)] });
    const page = await kantata.connect().operations['approved-time.poll'](undefined, { since: '2026-11-01' }, signal);
    keysOf(page.events).should.deepEqual(['kantata:7002']);
  });

  it('keeps its place when Kantata does not answer', async () => {
    kantata.load({ time_entries: [entry(7001), entry(7002, { updated_at: second(5) })] });
    const psa = kantata.connect();
    kantata.fault({ kind: 'status', status: 429, body: { errors: [] } });
    await psa.operations['approved-time.poll'](undefined, {}, signal).should.be.rejectedWith({ class: 'transient.throttled' });
    kantata.fault({ kind: 'dropBefore' });
    await psa.operations['approved-time.poll'](undefined, {}, signal).should.be.rejectedWith({ class: 'transient.timeout' });
    keysOf((await readAll(psa)).events).should.deepEqual(['kantata:7001', 'kantata:7002']);
  });

  it('is listed in full for a span of days, each entry once, for the month-end comparison', async () => {
    kantata.load({
      time_entries: [
        ...Array.from({ length: 450 }, (_, index) => entry(8000 + index)),
        entry(9001, { date_performed: '2026-10-31' }),
        entry(9002, { approved: false }),
        entry(9003, { workspace_id: '503', story_id: null, billable: false, rate_in_cents: 0, time_in_minutes: 60 }),
      ],
    });
    const facts: TimeFact[] = [];
    for await (const fact of kantata.connect().operations['approved-time.list']({ from: '2026-11-01', to: '2026-11-30' }, signal))
      facts.push(fact);
    facts.length.should.equal(451);
    new Set(facts.map((fact) => fact.key)).size.should.equal(451);
    should(facts.find((fact) => fact.id === '8000')).deepEqual({
      key: 'kantata:8000',
      id: '8000',
      workDate: '2026-11-20',
      minutes: 450,
      billable: true,
      person: 'jane@firm.example',
      projectCode: 'ENG-0001',
      taskCode: 'ENG-0001/P1/T1',
      rate: { amount: '150.00', currency: 'EUR' },
      amount: { amount: '1125.00', currency: 'EUR' },
    });
    should(facts.find((fact) => fact.id === '9003')).deepEqual({
      key: 'kantata:9003',
      id: '9003',
      workDate: '2026-11-20',
      minutes: 60,
      billable: false,
      person: 'jane@firm.example',
      // a project without a code of the firm is told as such: its time is nowhere in the ERP
      projectCode: '#503',
      taskCode: null,
      rate: { amount: '0.00', currency: 'EUR' },
      amount: { amount: '0.00', currency: 'EUR' },
    });
  });

  it('has odd entries named in the month-end comparison, each with its id and field, and all others compared', async () => {
    kantata.load({ time_entries: Array.from({ length: 8 }, (_, index) => entry(8000 + index)) });
    const rows = kantata.sim.state.rows['time_entries'] as Record<string, Record<string, unknown>>;
    rows['8001']!['time_in_minutes'] = null;
    rows['8002']!['time_in_minutes'] = 7.5;
    rows['8003']!['rate_in_cents'] = 'a lot';
    rows['8004']!['date_performed'] = '2026-11-2x';
    const odd: unknown[] = [];
    const facts: string[] = [];
    const span = { from: '2026-11-01', to: '2026-11-30' };
    for await (const { id } of kantata.connect().operations['approved-time.list'](span, signal, (row) => odd.push(row))) facts.push(id);
    facts.should.deepEqual(['8000', '8005', '8006', '8007']);
    odd.should.deepEqual([
      { key: 'kantata:8001', id: '8001', field: 'time_in_minutes' },
      { key: 'kantata:8002', id: '8002', field: 'time_in_minutes', value: '7.5' },
      { key: 'kantata:8003', id: '8003', field: 'rate_in_cents', value: 'a lot' },
      { key: 'kantata:8004', id: '8004', field: 'date_performed', value: '2026-11-2x' },
    ]);
  });

  it('misses nothing in the month-end comparison when approvals are taken back while it is read', async () => {
    kantata.load({ time_entries: Array.from({ length: 450 }, (_, index) => entry(8000 + index)) });
    const keys: string[] = [];
    for await (const fact of kantata.connect().operations['approved-time.list']({ from: '2026-11-01', to: '2026-11-30' }, signal)) {
      if (keys.length === 0) kantata.load({ time_entries: [8000, 8001, 8002].map((id) => entry(id, { approved: false })) });
      keys.push(fact.key);
    }
    new Set(keys).size.should.equal(keys.length);
    for (let id = 8003; id < 8450; id++) keys.includes(`kantata:${id}`).should.be.true(`kantata:${id}`);
  });

  it('is read from an account that shows foreign keys unasked, too', async () => {
    kantata.load({ foreignKeys: 'captured', time_entries: [entry(7001)] });
    const { events } = await readAll(kantata.connect());
    ((events[0]?.data ?? {}) as JsonObject).should.have.property('project', { id: '501', code: 'ENG-0001' });
  });
});
