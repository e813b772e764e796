import should from 'should';
import { contractIssues } from '../../model/contract.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { PollPage, SourceEvent } from '../../model/operations.ts';
import { startKantata } from './kantata-sandbox.ts';

const signal = new AbortController().signal;
const stamp = { created_at: '2026-11-01T10:00:00Z', updated_at: '2026-11-01T10:00:00Z' };

const firm = {
  users: [
    { id: '301', full_name: 'Jane Doe', email_address: 'jane@firm.example' },
    { id: '302', full_name: 'Tom Roe', email_address: 'tom@firm.example' },
  ],
  workspaces: [{ id: '501', title: 'ENG-0001 · Rollout', currency: 'EUR' }],
  workspace_resources: [
    { id: '701', workspace_id: '501', user_id: '301', role_id: '102', ...stamp },
    { id: '702', workspace_id: '501', user_id: null, role_id: '101', ...stamp },
  ],
  workspace_allocations: [
    {
      ...{ id: '601', workspace_id: '501', workspace_resource_id: '701', start_date: '2026-12-01', end_date: '2026-12-31' },
      ...{ minutes: 4800, hard: true, notes: 'Staffing demand ENG-0001/S1 · Phase P1', ...stamp },
    },
    {
      ...{ id: '602', workspace_id: '501', workspace_resource_id: '702', start_date: '2026-12-01', end_date: '2026-12-31' },
      ...{ minutes: 960, hard: false, ...stamp },
    },
  ],
};

type Sandbox = Awaited<ReturnType<typeof startKantata>>;
type Psa = ReturnType<Sandbox['connect']>;

describe('assignments from Kantata', () => {
  let box: Sandbox;
  let psa: Psa;
  let cursor: Json | undefined;

  beforeEach(async () => {
    box = await startKantata(firm);
    psa = box.connect();
    cursor = undefined;
  });
  afterEach(async () => {
    await psa.close();
    await box.stop();
  });

  const poll = (options: { since?: string; pageSize?: number } = {}): Promise<PollPage> =>
    psa.operations['assignment.poll'](cursor, options, signal);

  /** Everything up to now, as a source reads it; what was told before comes again only with the same id. */
  async function news(options: { since?: string; pageSize?: number } = {}): Promise<SourceEvent[]> {
    const events: SourceEvent[] = [];
    for (let pages = 0; pages < 500; pages++) {
      const page = await poll(options);
      events.push(...page.events);
      cursor = JSON.parse(JSON.stringify(page.cursor)) as Json;
      if (!page.more) return events.filter((event) => !seen.has(event.id) && seen.add(event.id));
    }
    throw new Error('the poll does not end');
  }
  const seen = new Set<string>();
  beforeEach(() => seen.clear());

  /** Somebody plans in Kantata. */
  async function plan(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: object): Promise<JsonObject> {
    const answer = await fetch(`${box.sim.url}/api/v1/${path}`, {
      method,
      headers: { Authorization: 'Bearer kantata-sandbox-administrator', 'Content-Type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? {} : ((await answer.json()) as JsonObject);
  }
  const change = (id: string, to: object) => plan('PUT', `workspace_allocations/${id}`, { workspace_allocation: to });
  /** What Kantata should never say. */
  const spoil = (id: string, field: string, value: string) => {
    box.rows('workspace_allocations').find((row) => row.id === id)![field] = value;
  };
  const dataOf = (event: SourceEvent | undefined) => event?.data as JsonObject;
  const told = (events: SourceEvent[]) => events.map(({ data }) => `${(data as JsonObject)['id']} ${(data as JsonObject)['status']}`);

  it('tells a booking of a person as it stands, and keeps the contract; that of a placeholder is demand', async () => {
    const events = await news({ since: '2026-01-01T00:00:00Z' });
    told(events).should.eql(['kantata:601 assigned']);
    const assignment = dataOf(events[0]);
    should(assignment).containEql({
      id: 'kantata:601',
      role: 'Senior Consultant',
      phase: 'P1',
      start: '2026-12-01',
      end: '2026-12-31',
      minutes: 4800,
      booking: 'hard',
    });
    should(assignment['resource']).eql({ id: '301', email: 'jane@firm.example', name: 'Jane Doe' });
    should(assignment['project']).eql({ id: '501', code: 'ENG-0001' });
    contractIssues('assignment', assignment).should.eql([]);
    should(events[0]!.version).containEql({ record: 'kantata:601', at: '2026-11-01T10:00:00.000Z' });
  });

  it('begins with what happens from now on where no day is given', async () => {
    (await news()).should.eql([]);
    await change('601', { minutes: 2400 });
    const events = await news();
    told(events).should.eql(['kantata:601 changed']);
    should(dataOf(events[0])['minutes']).equal(2400);
  });

  it('tells a booking that is deleted as released, with who it was and what it said', async () => {
    await news();
    await plan('DELETE', 'workspace_allocations/601');
    const events = await news();
    told(events).should.eql(['kantata:601 released']);
    should(dataOf(events[0])).containEql({ start: '2026-12-01', end: '2026-12-31', role: 'Senior Consultant' });
    should(dataOf(events[0])['resource']).containEql({ id: '301', email: 'jane@firm.example' });
    contractIssues('assignment', dataOf(events[0])).should.eql([]);
  });

  it('tells who is released when the place itself is deleted with its bookings', async () => {
    await news();
    await plan('DELETE', 'workspace_resources/701');
    const events = await news();
    told(events).should.eql(['kantata:601 released']);
    should(dataOf(events[0])['resource']).containEql({ id: '301' });
  });

  it('is silent when a placeholder and its demand are deleted', async () => {
    await news();
    await plan('DELETE', 'workspace_allocations/602');
    await plan('DELETE', 'workspace_resources/702?include_unnamed=true');
    (await news()).should.eql([]);
  });

  it('tells a placeholder that gets its person as assigned, another person as changed, and nobody as released', async () => {
    await news();
    await plan('PUT', 'workspace_resources/702?include_unnamed=true', { workspace_resource: { user_id: '302' } });
    told(await news()).should.eql(['kantata:602 assigned']);
    await plan('PUT', 'workspace_resources/702?include_unnamed=true', { workspace_resource: { user_id: '301' } });
    const changed = await news();
    told(changed).should.eql(['kantata:602 changed']);
    should((dataOf(changed[0])['resource'] as JsonObject)['id']).equal('301');
    await plan('PUT', 'workspace_resources/702?include_unnamed=true', { workspace_resource: { user_id: null } });
    const released = await news();
    told(released).should.eql(['kantata:602 released']);
    should((dataOf(released[0])['resource'] as JsonObject)['id']).equal('301');
  });

  it('tells the same state once, however often and in whatever order its events come', async () => {
    box.load({ feed: { duplicates: 0.5, swaps: 0.5 } });
    await news();
    for (const minutes of [100, 200, 300, 400, 500]) await change('601', { minutes });
    await change('601', { minutes: 200 });
    const events = await news({ pageSize: 2 });
    told(events).should.eql(['kantata:601 changed']);
    should(dataOf(events[0])['minutes']).equal(200);
    await plan('DELETE', 'workspace_allocations/601');
    told(await news({ pageSize: 2 })).should.eql(['kantata:601 released']);
  });

  it('passes on what cannot be meant, so that the contract check names it and all others go on', async () => {
    box.load({
      workspace_allocations: [
        { ...firm.workspace_allocations[0], id: '611', minutes: 0 },
        { ...firm.workspace_allocations[0], id: '612', start_date: '2026-12-31', end_date: '2026-12-01' },
        { ...firm.workspace_allocations[0], id: '613' },
        { ...firm.workspace_allocations[0], id: '614', minutes: 100_000 },
        { ...firm.workspace_allocations[0], id: '615' },
        { ...firm.workspace_allocations[0], id: '616', workspace_resource_id: '999' },
      ],
    });
    spoil('613', 'start_date', 'soon');
    spoil('615', 'hard', 'perhaps');
    const issues = Object.fromEntries(
      (await news({ since: '2026-01-01T00:00:00Z' })).map(({ data }) => {
        const found = contractIssues('assignment', data);
        return [String((data as JsonObject)['id']), found.map(({ code, field }) => `${code} ${field}`)];
      }),
    );
    issues.should.eql({
      'kantata:601': [],
      'kantata:611': ['ASSIGNMENT_EFFORT minutes'],
      'kantata:612': ['ASSIGNMENT_DAYS end'],
      'kantata:613': ['SCHEMA_FORMAT start'],
      'kantata:614': ['ASSIGNMENT_EFFORT minutes'],
      'kantata:615': ['SCHEMA_ENUM booking'],
      'kantata:616': ['SCHEMA_MINLENGTH resource.id'],
    });
  });

  it('says that deletions cannot be known when it was off for longer than events are kept, and tells what still stands', async () => {
    await news();
    const quiet = JSON.parse(JSON.stringify(cursor)) as { readAt: string; feed: { floor: string } };
    cursor = { ...quiet, feed: { ...quiet.feed, floor: '2026-01-01T00:00:00.000Z' } };
    (await news()).should.eql([]); // nothing had happened for long, and it was read all the time
    cursor = JSON.parse(JSON.stringify(cursor).replaceAll(/20\d\d-\d\d-\d\dT[\d:.]+Z/g, '2026-10-01T00:00:00.000Z')) as Json;
    const events = await news();
    should(events[0]!.refused).containEql({ code: 'EVENTS_GONE', record: 'subscribed_events', value: '2026-10-01T00:00:00.000Z' });
    told(events.slice(1)).should.eql(['kantata:601 assigned']);
  });
});
