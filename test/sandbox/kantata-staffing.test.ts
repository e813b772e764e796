import 'should';
import { ADMINISTRATOR, firm, KantataClient, type Shown } from './kantata-client.ts';

describe('Kantata sandbox: staffing', () => {
  let client: KantataClient;

  beforeEach(async () => {
    client = await KantataClient.start(firm);
  });
  afterEach(() => client.stop());

  const request = (values: Record<string, unknown>) =>
    client.post('/resource_requests?include=resource,approvers', {
      resource_request: { approver_ids: [Number(ADMINISTRATOR)], ...values },
    });
  const demand = { resource_workspace_id: 11, resource_role_id: 32 };
  const span = {
    workspace_allocation_start_date: '2026-12-01',
    workspace_allocation_end_date: '2026-12-14',
    workspace_allocation_percentage: 50,
  };

  it('a demand by project and role makes a placeholder with a soft allocation', async () => {
    const answer = await request({ ...demand, ...span });
    answer.rows[0]?.should.have.properties({ status: 'new', approver_ids: [ADMINISTRATOR] });
    const resourceId = String(answer.rows[0]?.['resource_id']);
    answer.body['workspace_resources']?.should.have
      .property(resourceId)
      .with.properties({ role_name: 'Architect', workspace_id: 11, full_name: null });
    const allocations = await client.get(`/workspace_allocations?workspace_resource_ids=${resourceId}&unnamed_resources_only=true`);
    allocations.rows[0]?.should.have.properties({ hard: false, minutes: 2400, percentage: 50, start_date: '2026-12-01' });
  });

  it('a placeholder is hidden unless asked for, in the list and by id', async () => {
    const id = String((await request(demand)).rows[0]?.['resource_id']);
    (await client.get('/workspace_resources?workspace_id=11')).ids.should.be.empty();
    (await client.get('/workspace_resources?workspace_id=11&include_unnamed=true')).ids.should.deepEqual([id]);
    (await client.get('/workspace_resources?only_unnamed=true')).ids.should.deepEqual([id]);
    (await client.get(`/workspace_resources/${id}`)).status.should.equal(404);
    (await client.get(`/workspace_resources/${id}?include_unnamed=true&include=user`)).rows[0]?.should.have.properties({ user_id: null });
  });

  it('a demand for an existing placeholder carries its business id on the resource', async () => {
    const reference = { service_name: 'ps-connect', service_model: 'staffing', service_model_ref: 'D-7' };
    const resource = await client.make('workspace_resources', 'workspace_resource', {
      workspace_id: 11,
      role_id: 31,
      external_reference: reference,
    });
    (await client.get('/workspace_resources?include_unnamed=true&external_reference_service_model_ref=D-7')).ids.should.deepEqual([
      resource.id,
    ]);
    (await request({ resource_id: resource.id })).status.should.equal(200);
    (await request({ resource_id: resource.id })).errors[0]?.field?.should.equal('resource_id');
    (await client.get('/resource_requests?pending_requests_only=true')).body.should.have.property('count', 1);
  });

  it('a demand needs an approver and something to staff', async () => {
    (await client.post('/resource_requests', { resource_request: demand })).errors[0]?.field?.should.equal('approver_ids');
    (await request({})).errors[0]?.field?.should.equal('resource_id');
    (await request({ resource_workspace_id: 11 })).errors[0]?.field?.should.equal('resource_role_id');
    (await request({ ...demand, resource_workspace_id: 12 })).errors[0]?.message.should.match(/archived/);
    (await client.get('/workspace_resources?include_unnamed=true')).body.should.have.property('count', 0);
  });

  it('approving with a person names the placeholder and hardens its allocations', async () => {
    const [made] = (await request({ ...demand, ...span })).rows as [Shown];
    const answer = await client.put(`/resource_requests/${made.id}`, {
      resource_request: { request_resolution_status: 'approve', user_id: 22 },
    });
    answer.rows[0]?.should.have.property('status', 'approved');
    const [resource] = (await client.get(`/workspace_resources/${String(made['resource_id'])}?include=user`)).rows;
    resource?.should.have.properties({ user_id: '22', full_name: 'Ben Osei', display_label: 'Ben Osei' });
    (await client.get('/workspace_allocations?user_ids=22')).rows[0]?.should.have.property('hard', true);
    const again = await client.put(`/resource_requests/${made.id}`, { resource_request: { request_resolution_status: 'reject' } });
    again.status.should.equal(422);
    (await client.put(`/resource_requests/${made.id}`, { resource_request: { request_resolution_status: 'maybe' } })).status.should.equal(
      422,
    );
  });

  it('another approver can be asked', async () => {
    const [made] = (await request(demand)).rows as [Shown];
    await client.put(`/resource_requests/${made.id}/update_approver`, { resource_request: { new_approver_id: [22] } });
    (await client.get('/resource_requests?requests_for_approver=22')).ids.should.deepEqual([made.id]);
    (await client.get(`/resource_requests?requests_for_approver=${ADMINISTRATOR}`)).ids.should.be.empty();
  });

  it('skills are asked of a resource and held by a person', async () => {
    client.load({
      skill_categories: [{ id: '81', name: 'Tech' }],
      skills: [{ id: '82', name: 'SQL', skill_category_id: '81', max_level: 5 }],
    });
    const resource = await client.make('workspace_resources', 'workspace_resource', { workspace_id: 11, role_id: 31 });
    const wanted = await client.make('workspace_resource_skills', 'workspace_resource_skill', {
      skill_id: 82,
      workspace_resource_id: resource.id,
      level: 3,
    });
    wanted.should.have.properties({ level: 3, max_level: 5, cached_skill_name: 'SQL' });
    await client.make('skill_memberships', 'skill_membership', { skill_id: 82, user_id: 21, level: 4 });
    (await client.get('/users/21?include=skills')).rows[0]?.should.have.property('skill_ids', ['82']);
    const high = await client.post('/skill_memberships', { skill_membership: { skill_id: 82, user_id: 22, level: 6 } });
    high.errors[0]?.field?.should.equal('level');
  });

  it('allocations come up to 200 at once, overlap by range, and split without losing a minute', async () => {
    const resource = await client.make('workspace_resources', 'workspace_resource', { workspace_id: 11, user_id: 21, role_id: 31 });
    const row = { resource_id: resource.id, start_date: '2026-12-07', end_date: '2026-12-18', minutes: 4801 };
    const made = await client.post('/workspace_allocations', { workspace_allocations: Array(200).fill(row) });
    made.rows.length.should.equal(200);
    (await client.post('/workspace_allocations', { workspace_allocations: Array(201).fill(row) })).status.should.equal(400);
    const split = await client.put(`/workspace_allocations/split?workspace_allocation_id=${made.ids[0]}&split_date=2026-12-14`);
    split.rows
      .map((part) => [part['start_date'], part['end_date']])
      .should.deepEqual([
        ['2026-12-07', '2026-12-13'],
        ['2026-12-14', '2026-12-18'],
      ]);
    split.rows.reduce((sum, part) => sum + Number(part['minutes']), 0).should.equal(4801);
    (await client.get('/workspace_allocations?overlaps_with_date_range=2026-12-19:2026-12-31')).body.should.have.property('count', 0);
    (await client.get('/workspace_allocations?overlaps_with_date_range=2026-12-18:2026-12-31')).body.should.have.property('count', 200);
  });

  it('capacity is read from workweek, holidays and time off', async () => {
    client.load({ workweeks: [{ id: '91', default: false, monday_minutes: 240 }] });
    const [standard] = (await client.get('/account_memberships?by_user_id=21&include=effective_workweek')).rows;
    standard?.['effective_workweek_id']?.should.equal('9200001');
    await client.make('workweek_memberships', 'workweek_membership', { user_id: 21, start_date: '2026-11-01', monday_minutes: 240 });
    const answer = await client.get('/account_memberships?by_user_id=21&include=effective_workweek');
    answer.body['workweeks']?.should.have.property('91').with.properties({ monday_minutes: 240, total_minutes: 240 });
    const calendar = await client.make('holiday_calendars', 'holiday_calendar', { name: 'Hessen' });
    const holiday = await client.make('holidays', 'holiday', {
      name: 'New Year',
      start_date: '2027-01-01',
      end_date: '2027-01-01',
      holiday_calendar_ids: [calendar.id],
    });
    holiday.should.have.property('calendar_names_list', 'Hessen');
    const off = await client.make('time_off_entries', 'time_off_entry', { user_id: 21, hours: 7.5, requested_date: '2026-12-24' });
    off.should.have.property('hours', 7.5);
    const twice = await client.post('/time_off_entries', { time_off_entry: { user_id: 21, hours: 4, requested_date: '2026-12-24' } });
    twice.status.should.equal(422);
  });

  it('a person on a task becomes a resource of the project', async () => {
    const story = await client.make('stories', 'story', { workspace_id: 11, title: 'Build', story_type: 'task', assignee_ids: [21] });
    const [shown] = (await client.get(`/stories/${story.id}?include=assignees,current_assignments,workspace_resources`)).rows;
    shown?.['assignee_ids']?.should.deepEqual(['21']);
    const [resource] = (await client.get('/workspace_resources?workspace_id=11&include=user')).rows;
    shown?.['workspace_resource_ids']?.should.deepEqual([resource?.id]);
    const again = await client.post('/assignments', { assignment: { story_id: story.id, resource_id: resource?.id } });
    again.errors[0]?.field?.should.equal('resource_id');
  });
});
