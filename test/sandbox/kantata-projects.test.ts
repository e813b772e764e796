import 'should';
import { firm, KantataClient } from './kantata-client.ts';

describe('Kantata sandbox: projects', () => {
  let client: KantataClient;

  beforeEach(async () => {
    client = await KantataClient.start(firm);
  });
  afterEach(() => client.stop());

  it('a project without title and role is refused with the texts of the API page', async () => {
    const answer = await client.post('/workspaces', { workspace: {} });
    answer.status.should.equal(422);
    answer.errors.should.deepEqual([
      { type: 'validation', message: 'Please give your project a title', field: 'title' },
      { type: 'validation', message: 'Please select a role for this project', field: 'creator_role' },
    ]);
  });

  it('a project keeps client, budget, currency and external reference', async () => {
    const answer = await client.post('/workspaces?include=primary_workspace_group,external_references,creator', {
      workspace: {
        title: 'Data platform',
        creator_role: 'maven',
        price: 125000,
        currency: 'GBP',
        start_date: '2026-12-01',
        due_date: '2027-03-31',
        primary_workspace_group_id: 51,
        external_reference: { service_name: 'salesforce', service_model: 'Opportunity', service_model_ref: '006A' },
        unknown_attribute: 'ignored',
      },
    });
    const [row] = answer.rows;
    row?.should.have.properties({
      price_in_cents: 12500000,
      price: '£125,000',
      currency: 'GBP',
      start_date: '2026-12-01',
      archived: false,
    });
    row?.should.have.property('primary_workspace_group_id', '51');
    row?.should.not.have.property('unknown_attribute');
    (await client.get('/workspaces?workspace_groups=51&order=title:asc')).ids.should.deepEqual([row?.id, '11']);
    (await client.get('/workspace_groups/51?include=workspaces')).rows[0]?.['workspace_ids']?.should.deepEqual(['11', row?.id]);
    client.sim.journal.entries[0]?.should.have.properties({
      outcome: 'created',
      type: 'workspaces',
      id: row?.id,
      key: '006A',
      status: 200,
    });
  });

  it('an archived project takes no work until it is opened again', async () => {
    const story = { story: { workspace_id: 11, title: 'Late', story_type: 'task' } };
    await client.put('/workspaces/11', { workspace: { archived: true } });
    (await client.get('/workspaces/11')).status.should.equal(404);
    (await client.post('/stories', story)).errors[0]?.message.should.match(/archived/);
    await client.put('/workspaces/11', { workspace: { archived: false } });
    (await client.post('/stories', story)).status.should.equal(200);
  });

  it('tasks nest four levels deep and no further', async () => {
    let parent = '41';
    for (let level = 1; level <= 4; level++) {
      const row = await client.make('stories', 'story', { workspace_id: 11, title: `L${level}`, story_type: 'task', parent_id: parent });
      row.should.have.property('ancestry_depth', level);
      parent = row.id;
    }
    const deeper = await client.post('/stories', { story: { workspace_id: 11, title: 'L5', story_type: 'task', parent_id: parent } });
    deeper.errors.map((error) => error.field).should.deepEqual(['parent_id']);
    const [top] = (await client.get('/stories/41?include=descendants,sub_stories')).rows;
    top?.should.have.properties({ subtree_depth: 4, sub_story_count: 1 });
    ((top?.['descendant_ids'] ?? []) as string[]).length.should.equal(4);
    const loop = await client.put('/stories/41', { story: { parent_id: parent } });
    loop.status.should.equal(422);
  });

  it('a task belongs to one project and its type decides its states', async () => {
    const fields = async (values: Record<string, unknown>) =>
      (await client.post('/stories', { story: { workspace_id: 11, title: 'x', story_type: 'task', ...values } })).errors.map(
        (error) => error.field,
      );
    (await fields({ parent_id: 43 })).should.deepEqual(['parent_id']);
    (await fields({ story_type: 'epic' })).should.deepEqual(['story_type']);
    (await fields({ state: 'blocked' })).should.deepEqual(['state']);
    (await fields({ story_type: 'issue', state: 'blocked' })).should.be.empty();
    (await fields({ start_date: '2026-12-02', due_date: '2026-12-01' })).should.deepEqual(['due_date']);
    const done = await client.put('/stories/41', { story: { state: 'completed' } });
    done.rows[0]?.should.have.properties({ state: 'completed', percentage_complete: 100 });
  });

  it('logged time shows on task and project', async () => {
    const time = { workspace_id: 11, story_id: 41, user_id: 21, date_performed: '2026-11-17' };
    await client.make('time_entries', 'time_entry', { ...time, time_in_minutes: 20 });
    await client.make('time_entries', 'time_entry', { ...time, time_in_minutes: 30, billable: false });
    const [story] = (await client.get('/stories/41')).rows;
    story?.should.have.properties({
      logged_billable_time_in_minutes: 20,
      logged_nonbillable_time_in_minutes: 30,
      budget_used_in_cents: 5000,
    });
    const [project] = (await client.get('/workspaces/11?optional_fields=minutes_logged,billable_minutes')).rows;
    project?.should.have.properties({ minutes_logged: 50, billable_minutes: 20, budget_used_in_cents: 5000, budget_used: '€50' });
  });

  it('an object has one reference per service: a second write with that name changes the first', async () => {
    const reference = {
      subject_type: 'Workspace',
      subject_id: 11,
      service_name: 'netsuite',
      service_model: 'job',
      service_model_ref: '77',
    };
    const made = await client.post('/external_references/create_or_update', { external_reference: reference });
    made.rows[0]?.should.have.properties({ subject_id: 11, subject_type: 'Workspace', status: 'pending', locked: false });
    const changed = await client.post('/external_references/create_or_update', {
      external_reference: { ...reference, service_model_ref: '78', status: 'successful' },
    });
    changed.ids.should.deepEqual(made.ids);
    await client.post('/external_references/create_or_update', { external_reference: { ...reference, service_name: 'salesforce' } });
    const list = await client.get('/external_references?subject_type=Workspace&subject_id=11&include=subject');
    list.body.should.have.property('count', 2);
    list.rows[0]?.['subject_ref']?.should.deepEqual({ key: 'workspaces', id: '11' });
    client.sim.journal.entries
      .map((line) => `${line.outcome} ${line.key}`)
      .should.deepEqual(['created job:77', 'updated job:78', 'created job:77']);
    (await client.delete(`/external_references/${made.ids[0]}`)).status.should.equal(204);
    (await client.get('/workspaces?external_reference_service_model_ref=78')).ids.should.be.empty();
  });

  it('references are listed by kind of object, and are neither shown nor created one by one', async () => {
    (await client.get('/external_references')).status.should.equal(400);
    (await client.post('/external_references', { external_reference: {} })).status.should.equal(404);
    const unknown = { subject_type: 'Workspace', subject_id: 999, service_name: 'a', service_model: 'b', service_model_ref: 'c' };
    const refused = await client.post('/external_references/create_or_update', { external_reference: unknown });
    refused.errors.map((error) => error.field).should.deepEqual(['subject_id']);
  });

  it('billing milestones form the schedule of a project and stay once invoiced', async () => {
    const milestone = { workspace_id: 11, title: 'Kick-off', date_to_invoice: '2026-12-01', amount_in_cents: 2500000 };
    const made = await client.post('/billing_milestones', { billing_milestones: [milestone, { ...milestone, title: 'Go-live' }] });
    made.rows.map((row) => row['billing_type']).should.deepEqual(['fixed_date', 'fixed_date']);
    const missing = await client.post('/billing_milestones', { billing_milestone: { ...milestone, billing_type: 'upon_completion' } });
    missing.errors[0]?.field?.should.equal('story_id');
    const invoice = await client.make('invoices', 'invoice', { billing_milestone_ids: [made.ids[0]] });
    invoice.should.have.property('balance_in_cents', 2500000);
    (await client.delete(`/billing_milestones/${made.ids[0]}`)).status.should.equal(422);
    (await client.delete(`/billing_milestones/${made.ids[1]}`)).status.should.equal(204);
  });

  it('an invoice of a fixed fee is posted as a form, in whole units, and paid elsewhere', async () => {
    const fee = 'invoice[fixed_fee_items][][story_id]=41&invoice[fixed_fee_items][][notes]=Fee&invoice[fixed_fee_items][][amount]=500';
    const body = `invoice[workspace_id]=11&invoice[payment_schedule]=0&invoice[draft]=false&${fee}`;
    const made = await client.send('POST', '/invoices', body, { 'content-type': 'application/x-www-form-urlencoded' });
    made.rows[0]?.should.have.properties({ balance_in_cents: 50000, draft: false, payment_schedule: 0, status: 'new' });
    const payment = await client.make('external_payments', 'external_payment', { workspace_id: 11, invoice_id: made.ids[0] });
    payment.should.have.property('amount_in_cents', 50000);
    (await client.get(`/invoices/${made.ids[0]}`)).rows[0]?.should.have.property('status', 'accepted payment');
  });

  it('expenses are written as billable and read as is_billable', async () => {
    client.load({ expense_categories: [{ id: '61', name: 'Travel' }] });
    const expense = { workspace_id: 11, date: '2026-11-16', amount_in_cents: 18990, expense_category_id: 61, billable: false };
    const row = await client.make('expenses', 'expense', { ...expense, category: 'Travel' });
    row.should.have.properties({ is_billable: false, category: 'Travel', amount_in_cents: 18990, currency: 'EUR', reimbursable: true });
    (await client.post('/expenses', { expense: { workspace_id: 11 } })).errors
      .map((error) => error.field)
      .should.deepEqual(['date', 'category', 'amount_in_cents']);
  });

  it('custom fields are written with the project and listed by kind of subject', async () => {
    client.load({ custom_fields: [{ id: '65', name: 'Legal entity', value_type: 'string' }] });
    const fields = { custom_fields: [{ custom_field_id: 65, value: 'DE01' }] };
    const row = await client.make('workspaces', 'workspace', { title: 'x', creator_role: 'maven', ...fields });
    (await client.get('/custom_field_values')).status.should.equal(400);
    const [value] = (await client.get(`/custom_field_values?subject_type=workspace&subject_id=${row.id}`)).rows;
    value?.should.have.properties({
      value: 'DE01',
      display_value: 'DE01',
      custom_field_name: 'Legal entity',
      type: 'string',
      subject_id: Number(row.id),
    });
    (await client.get(`/workspaces/${row.id}?include=custom_field_values`)).rows[0]?.['custom_field_value_ids']?.should.deepEqual([
      value?.id,
    ]);
  });
});
