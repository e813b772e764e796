import 'should';
import { firm, KantataClient, type Shown } from './kantata-client.ts';

const entry = { workspace_id: 11, story_id: 41, user_id: 21, date_performed: '2026-11-17', time_in_minutes: 60 };

describe('Kantata sandbox: subscribed events', () => {
  let client: KantataClient;

  beforeEach(async () => {
    client = await KantataClient.start(firm);
  });
  afterEach(() => client.stop());

  async function work(on: KantataClient, seed: number): Promise<Shown[]> {
    on.load({ feed: { seed, duplicates: 0.2, swaps: 0.3 } });
    for (let index = 0; index < 60; index++) {
      on.sim.clock.set(new Date(Date.UTC(2026, 10, 20, 9, index)));
      await on.make('time_entries', 'time_entry', { ...entry, time_in_minutes: 1 + index });
    }
    return (await on.get('/subscribed_events?event_types=time_entry:created&order=created_at:asc&per_page=200')).rows;
  }

  it('every change is in the feed, some twice and some late', async () => {
    const events = await work(client, 7);
    const subjects = events.map((event) => Number(event['subject_id']));
    new Set(subjects).size.should.equal(60);
    subjects.length.should.be.above(60);
    const changed = events.map((event) => String(event['subject_changed_at']));
    changed.should.not.deepEqual([...changed].sort());
    const created = events.map((event) => String(event['created_at']));
    created.should.deepEqual([...created].sort());
    events.every((event) => String(event['created_at']) >= String(event['subject_changed_at'])).should.be.true();
  });

  it('the disorder follows from the seed alone', async () => {
    const offsets = (events: Shown[]) => events.map((event) => Number(event['subject_id']) - Number(events[0]?.['subject_id']));
    const first = offsets(await work(client, 7));
    const other = await KantataClient.start(firm);
    try {
      offsets(await work(other, 7)).should.deepEqual(first);
    } finally {
      await other.stop();
    }
    const third = await KantataClient.start(firm);
    try {
      offsets(await work(third, 8)).should.not.deepEqual(first);
    } finally {
      await third.stop();
    }
  });

  it('events are kept for nine days', async () => {
    client.sim.clock.set(new Date('2026-11-20T09:00:00Z'));
    await client.make('time_entries', 'time_entry', entry);
    const count = async () => Number((await client.get('/subscribed_events')).body['count']);
    (await count()).should.be.above(0);
    client.sim.clock.set(new Date('2026-11-29T08:59:00Z'));
    (await count()).should.be.above(0);
    client.sim.clock.set(new Date('2026-11-29T09:01:00Z'));
    (await count()).should.equal(0);
  });

  it('payloads are shown on request and name what changed', async () => {
    client.load({ feed: { duplicates: 0, swaps: 0 } });
    const row = await client.make('time_entries', 'time_entry', entry);
    await client.put(`/time_entries/${row.id}`, { time_entry: { time_in_minutes: 90 } });
    const path = '/subscribed_events?event_types=time_entry:updated&include=subject';
    (await client.get(path)).rows[0]?.should.not.have.property('current_payload');
    const answer = await client.get(`${path}&optional_fields=current_payload,previous_payload,payload_changes`);
    const [event] = answer.rows;
    event?.['payload_changes']?.should.have.property('time_in_minutes', [60, 90]);
    event?.['previous_payload']?.should.have.property('time_in_minutes', 60);
    event?.['subject_ref']?.should.deepEqual({ key: 'time_entries', id: row.id });
    answer.body['time_entries']?.should.have.property(row.id);
    await client.delete(`/time_entries/${row.id}`);
    (await client.get(path)).rows[0]?.should.have.property('subject_ref', null);
  });

  it('only the latest event per subject on request, and the two ways cannot be mixed', async () => {
    client.load({ feed: { duplicates: 0, swaps: 0 } });
    const row = await client.make('time_entries', 'time_entry', entry);
    client.sim.clock.set(new Date(Date.now() + 60000));
    await client.put(`/time_entries/${row.id}`, { time_entry: { time_in_minutes: 90 } });
    const of = async (query: string) =>
      (await client.get(`/subscribed_events?subject_type=TimeEntry&subject_id=${row.id}&${query}`)).rows.map(
        (event) => event['event_type'],
      );
    (await of('most_recent=true')).should.deepEqual(['time_entry:updated']);
    (await of('most_recent_by_event_type=true')).should.deepEqual(['time_entry:updated', 'time_entry:created']);
    (await client.get('/subscribed_events?most_recent=true&most_recent_by_event_type=true')).status.should.equal(400);
    (await client.get('/subscribed_events?subject_id=1')).status.should.equal(400);
  });

  it('approval shows as change of sheet and entries; staffing requests have no events', async () => {
    client.load({ feed: { duplicates: 0, swaps: 0 } });
    const row = await client.make('time_entries', 'time_entry', entry);
    const sheet = await client.make('timesheet_submissions', 'timesheet_submission', {
      title: 'w',
      workspace_id: 11,
      line_item_ids: [row.id],
    });
    await client.put(`/timesheet_submissions/${sheet.id}/approve`);
    await client.post('/resource_requests', { resource_request: { approver_ids: [21], resource_workspace_id: 11, resource_role_id: 31 } });
    const types = (await client.get('/subscribed_events?order=created_at:asc&per_page=200')).rows.map((event) =>
      String(event['event_type']),
    );
    types.should.deepEqual([
      'time_entry:created',
      'time_entry:updated',
      'timesheet:created',
      'time_entry:updated',
      'timesheet:updated',
      'workspace_resource:created',
    ]);
    const catalogue = (await client.get('/subscribed_events/event_types')).body;
    const known = catalogue['subscribed_event_types'] as string[];
    for (const type of types) known.should.containEql(type);
    known.some((type) => type.startsWith('resource_request')).should.be.false();
    catalogue['subscribed_event_type_schemas']?.should.have.property('time_entry:created').with.property('fields');
  });
});
