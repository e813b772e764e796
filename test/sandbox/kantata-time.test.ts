import should from 'should';
import { ADMINISTRATOR, COLLABORATOR, firm, KantataClient } from './kantata-client.ts';

const entry = { workspace_id: 11, story_id: '41', user_id: 21, date_performed: '2026-11-17', time_in_minutes: 450 };

describe('Kantata sandbox: time', () => {
  let client: KantataClient;

  beforeEach(async () => {
    client = await KantataClient.start(firm);
  });
  afterEach(() => client.stop());

  const submit = async (ids: string[]) =>
    client.make('timesheet_submissions', 'timesheet_submission', { title: 'Week 47', workspace_id: '11', line_item_ids: ids });

  it('an entry takes its rate, role, currency and billing from person, task and project', async () => {
    const row = await client.make('time_entries', 'time_entry', entry);
    row.should.have.properties({ rate_in_cents: 15000, cost_rate_in_cents: 7000, billable: true, currency: 'EUR', currency_symbol: '€' });
    row.should.have.properties({ approved: false, is_invoiced: false, time_in_minutes: 450, date_performed: '2026-11-17' });
    const travel = await client.make('time_entries', 'time_entry', { ...entry, story_id: 42 });
    travel.should.have.properties({ billable: false, rate_in_cents: 0 });
  });

  it('the rate card in force on the day beats the rate of the person', async () => {
    client.load({
      rate_cards: [{ id: '71', currency: 'EUR' }],
      rate_card_versions: [
        { id: '72', rate_card_id: '71', default_rate: 12000, effective_date: '2026-01-01' },
        { id: '73', rate_card_id: '71', default_rate: 13000, effective_date: '2026-11-18' },
      ],
      rate_card_roles: [{ id: '74', rate_card_version_id: '72', role_id: '31', rate: 16500 }],
    });
    await client.put('/workspaces/11', { workspace: { rate_card_id: 71 } });
    (await client.make('time_entries', 'time_entry', entry)).should.have.property('rate_in_cents', 16500);
    (await client.make('time_entries', 'time_entry', { ...entry, date_performed: '2026-11-18' })).should.have.property(
      'rate_in_cents',
      13000,
    );
  });

  it('the same entry sent twice is two entries, since Kantata has no idempotency key', async () => {
    const body = { time_entry: { ...entry, external_reference: { service_name: 'x', service_model: 'y', service_model_ref: 'TE-1' } } };
    await client.post('/time_entries', body);
    await client.post('/time_entries', body);
    (await client.get('/time_entries?external_reference_service_model_ref=TE-1')).body.should.have.property('count', 2);
    client.sim.journal.entries
      .map((line) => `${line.outcome} ${line.type} ${line.key}`)
      .should.deepEqual(Array(2).fill('created time_entries TE-1'));
  });

  it('what is missing or wrong is told field by field', async () => {
    const fields = async (values: Record<string, unknown>) => {
      const answer = await client.post('/time_entries', { time_entry: values });
      answer.status.should.equal(422);
      answer.errors.every((error) => error.type === 'validation' && error.message.length > 0).should.be.true();
      return answer.errors.map((error) => error.field);
    };
    (await fields({})).should.deepEqual(['workspace_id', 'date_performed', 'time_in_minutes']);
    (await fields({ ...entry, date_performed: '17.11.2026' })).should.deepEqual(['date_performed']);
    (await fields({ ...entry, time_in_minutes: 'a lot' })).should.deepEqual(['time_in_minutes']);
    (await fields({ ...entry, time_in_minutes: 0 })).should.deepEqual(['time_in_minutes']);
    (await fields({ ...entry, story_id: 43 })).should.deepEqual(['story_id']);
    (await fields({ ...entry, workspace_id: 12, story_id: null })).should.deepEqual(['workspace_id']);
    (await fields({ ...entry, workspace_id: 999, story_id: null })).should.deepEqual(['workspace_id']);
    (await fields({ ...entry, user_id: 999 })).should.deepEqual(['user_id']);
    (await fields({ ...entry, external_reference: { service_name: 'x' } })).should.deepEqual([
      'external_reference.service_model',
      'external_reference.service_model_ref',
    ]);
    (await client.get('/time_entries')).body.should.have.property('count', 0);
    client.sim.journal.entries.every((line) => line.outcome === 'refused' && line.status === 422).should.be.true();
  });

  it('a body without the wrapping key, or none that can be read, is a bad request', async () => {
    (await client.post('/time_entries', entry)).status.should.equal(400);
    (await client.post('/time_entries', '{"time_entry":')).status.should.equal(400);
  });

  it('a project that asks for notes refuses an entry without', async () => {
    await client.put('/workspaces/11', { workspace: { require_notes_on_time_entries: true } });
    (await client.post('/time_entries', { time_entry: entry })).errors[0]?.field?.should.equal('notes');
    (await client.post('/time_entries', { time_entry: { ...entry, notes: 'Workshop' } })).status.should.equal(200);
  });

  it('a form body means the same as JSON', async () => {
    const form =
      'time_entry[workspace_id]=11&time_entry[date_performed]=2026-11-17&time_entry[time_in_minutes]=90&time_entry[billable]=false';
    const answer = await client.send('POST', '/time_entries', form, { 'content-type': 'application/x-www-form-urlencoded' });
    answer.status.should.equal(200);
    answer.rows[0]?.should.have.properties({ time_in_minutes: 90, billable: false });
  });

  it('up to 100 entries are created at once, all or none', async () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => ({ ...entry, time_in_minutes: index + 1 }));
    const full = await client.post('/time_entries', { time_entries: many(100) });
    full.rows.map((row) => row['time_in_minutes']).should.deepEqual(many(100).map((row) => row.time_in_minutes));
    (await client.post('/time_entries', { time_entries: many(101) })).status.should.equal(400);
    const mixed = await client.post('/time_entries', { time_entries: [...many(2), { ...entry, time_in_minutes: -5 }] });
    mixed.status.should.equal(422);
    (await client.get('/time_entries')).body.should.have.property('count', 100);
    client.sim.journal.entries.filter((line) => line.outcome === 'created').length.should.equal(100);
    client.sim.journal.entries.filter((line) => line.outcome === 'refused').length.should.equal(3);
  });

  it('time before the lock date is closed: no entry is made, changed or deleted there', async () => {
    const old = await client.make('time_entries', 'time_entry', { ...entry, date_performed: '2026-10-30' });
    client.load({ lockDate: '2026-10-31' });
    (await client.post('/time_entries', { time_entry: { ...entry, date_performed: '2026-10-30' } })).errors[0]?.field?.should.equal(
      'date_performed',
    );
    (await client.put(`/time_entries/${old.id}`, { time_entry: { time_in_minutes: 5 } })).status.should.equal(422);
    (await client.delete(`/time_entries/${old.id}`)).status.should.equal(422);
    (await client.post('/time_entries', { time_entry: { ...entry, date_performed: '2026-10-31' } })).status.should.equal(200);
    (await client.get('/workspaces/11?optional_fields=lock_date')).rows[0]?.should.have.property('lock_date', '2026-10-31');
  });

  it('a lock is a Saturday, later than the last, and waits for unapproved time', async () => {
    const lock = (date: string) => client.post('/line_item_locks', { line_item_lock: { locked_to: date } });
    (await lock('2026-11-13')).errors[0]?.message.should.match(/Saturday/);
    const row = await client.make('time_entries', 'time_entry', { ...entry, date_performed: '2026-11-10' });
    (await lock('2026-11-14')).errors[0]?.message.should.match(/approved/);
    await client.put(`/timesheet_submissions/${(await submit([row.id])).id}/approve`);
    (await lock('2026-11-14')).rows[0]?.should.have.properties({ locked_to: '2026-11-14', account_id: 6300101 });
    (await lock('2026-11-07')).errors[0]?.field?.should.equal('locked_to');
  });

  it('approval of a timesheet approves its entries and moves their updated_at', async () => {
    const start = new Date('2026-11-20T09:00:00Z');
    client.sim.clock.set(start);
    const row = await client.make('time_entries', 'time_entry', entry);
    const sheet = await submit([row.id]);
    sheet.should.have.properties({ status: 'pending', start_date: '2026-11-15', end_date: '2026-11-21', line_item_total_in_cents: 112500 });
    sheet.should.have.properties({ line_item_total_formatted: '€1125.00', type: 'TimesheetSubmission' });
    client.sim.clock.set(new Date('2026-11-23T09:00:00Z'));
    (await client.get('/time_entries?approved=true')).body.should.have.property('count', 0);
    const approved = await client.put(`/timesheet_submissions/${sheet.id}/approve`, { resolution: { description: 'fine' } });
    approved.rows[0]?.should.have.properties({ status: 'approved', resolution_description: 'fine' });
    const polled = await client.get(
      '/time_entries?approved=true&order=updated_at:asc&updated_after=2026-11-21T00:00:00Z&include=active_submission',
    );
    polled.ids.should.deepEqual([row.id]);
    polled.rows[0]?.should.have.properties({ active_submission_id: sheet.id, updated_at: '2026-11-23T01:00:00-08:00' });
    (await client.put(`/timesheet_submissions/${sheet.id}/approve`)).status.should.equal(422);
  });

  it('a rejected or cancelled timesheet frees its entries and handing in again makes a new one', async () => {
    const row = await client.make('time_entries', 'time_entry', entry);
    const first = await submit([row.id]);
    (
      await client.post('/timesheet_submissions', { timesheet_submission: { title: 'again', workspace_id: 11, line_item_ids: [row.id] } })
    ).status.should.equal(422);
    await client.put(`/timesheet_submissions/${first.id}/reject`);
    const second = await submit([row.id]);
    second.id.should.not.equal(first.id);
    await client.put(`/timesheet_submissions/${second.id}/approve`);
    await client.put(`/timesheet_submissions/${second.id}/cancel`);
    const [now] = (await client.get(`/time_entries/${row.id}?include=active_submission,recent_submission`)).rows;
    now?.should.have.properties({ approved: false, active_submission_id: null, recent_submission_id: second.id });
    (await client.get('/timesheet_submissions?statuses=cancelled')).ids.should.deepEqual([second.id]);
    (await client.get('/timesheet_submissions?statuses=new')).ids.should.be.empty();
  });

  it('a timesheet is one week of one person in one project', async () => {
    const a = await client.make('time_entries', 'time_entry', entry);
    const others = [
      { ...entry, date_performed: '2026-11-22' },
      { ...entry, user_id: 22 },
      { ...entry, workspace_id: 13, story_id: 43 },
    ];
    for (const other of others) {
      const b = await client.make('time_entries', 'time_entry', other);
      const body = { timesheet_submission: { title: 'x', workspace_id: 11, line_item_ids: [a.id, b.id] } };
      (await client.post('/timesheet_submissions', body)).errors.map((error) => error.field).should.deepEqual(['line_item_ids']);
    }
  });

  it('many timesheets are approved at once, all or none', async () => {
    const sheets = [];
    for (const minutes of [60, 90])
      sheets.push(await submit([(await client.make('time_entries', 'time_entry', { ...entry, time_in_minutes: minutes })).id]));
    const ids = sheets.map((sheet) => Number(sheet.id));
    (await client.post('/timesheet_approvals', { resolution: { submission_ids: [...ids, 1] } })).status.should.equal(404);
    const answer = await client.post('/timesheet_approvals', { resolution: { submission_ids: ids, description: 'ok' } });
    const resolutions = answer.body['resolutions'] as Record<string, unknown>[];
    resolutions.map((row) => [row['type'], row['target_id']]).should.deepEqual(ids.map((id) => ['approval', id]));
    (await client.get('/time_entries?approved=true')).body.should.have.property('count', 2);
  });

  it('approved or invoiced time cannot be changed, but an integration may still mark it as posted', async () => {
    const row = await client.make('time_entries', 'time_entry', entry);
    await client.put(`/timesheet_submissions/${(await submit([row.id])).id}/approve`);
    (await client.put(`/time_entries/${row.id}`, { time_entry: { time_in_minutes: 1 } })).errors[0]?.field?.should.equal('approved');
    const invoice = await client.make('invoices', 'invoice', {
      time_entry_ids: [row.id],
      payment_schedule: 30,
      invoice_date: '2026-11-30',
    });
    invoice.should.have.properties({ balance_in_cents: 112500, due_date: '2026-12-30', status: 'new', currency: 'EUR' });
    (await client.delete(`/time_entries/${row.id}`)).errors[0]?.field?.should.equal('is_invoiced');
    const reference = { service_name: 'netsuite', service_model: 'timeBill', service_model_ref: '881', status: 'successful' };
    (
      await client.put(`/time_entries/${row.id}?include=external_references`, { time_entry: { external_reference: reference } })
    ).status.should.equal(200);
    (await client.get('/time_entries?external_reference_service_model_ref=881')).ids.should.deepEqual([row.id]);
    await client.put(`/invoices/${invoice.id}/cancel`);
    (await client.get(`/time_entries/${row.id}`)).rows[0]?.should.have.property('is_invoiced', false);
  });

  it('one entry that must stay fails the whole bulk delete', async () => {
    const open = await client.make('time_entries', 'time_entry', entry);
    const billed = await client.make('time_entries', 'time_entry', entry);
    await client.make('invoices', 'invoice', { time_entry_ids: [billed.id] });
    (await client.delete(`/time_entries?ids=${open.id},${billed.id}`)).status.should.equal(422);
    (await client.get('/time_entries')).body.should.have.property('count', 2);
    const gone = await client.delete(`/time_entries?ids=${open.id}`);
    gone.status.should.equal(204);
    gone.body.should.deepEqual({});
    (await client.get(`/time_entries/${open.id}`)).status.should.equal(404);
  });

  it('someone who is no administrator writes own time only, in own projects, and sees no money', async () => {
    const other = client.restricted();
    const mine = { workspace_id: 13, story_id: 43, date_performed: '2026-11-17', time_in_minutes: 60, user_id: 21, rate_in_cents: 99900 };
    const made = await other.post('/time_entries?include=user', { time_entry: mine });
    made.rows[0]?.should.have.property('user_id', COLLABORATOR);
    should(made.rows[0]?.['rate_in_cents']).be.undefined();
    (await other.post('/time_entries', { time_entry: entry })).errors[0]?.field?.should.equal('workspace_id');
    (await other.get('/workspaces')).ids.should.deepEqual(['13']);
    (await other.get('/workspaces/11')).status.should.equal(404);
    (await client.make('time_entries', 'time_entry', entry)).id.should.be.a.String();
    (await other.get('/time_entries')).body.should.have.property('count', 1);
    for (const path of ['/invoices', '/subscribed_events', '/rate_cards']) (await other.get(path)).status.should.equal(403);
    (await other.post('/workspaces', { workspace: { title: 'x', creator_role: 'maven' } })).status.should.equal(403);
    (await other.get('/users/me')).ids.should.not.containEql(ADMINISTRATOR);
  });
});
