import 'should';
import { ADMINISTRATOR, firm, KantataClient } from './kantata-client.ts';

describe('Kantata sandbox: reading', () => {
  let client: KantataClient;

  before(async () => {
    const entries = Array.from({ length: 45 }, (_, index) => ({
      id: String(1000 + index),
      workspace_id: index % 9 === 0 ? '12' : '11',
      story_id: '41',
      user_id: index % 2 === 0 ? '21' : '22',
      date_performed: `2026-11-${String(2 + (index % 20)).padStart(2, '0')}`,
      time_in_minutes: 60 + index,
      billable: index % 3 !== 0,
      approved: index % 2 === 0,
      updated_at: new Date(Date.UTC(2026, 10, 1, 8, 0, index)).toISOString(),
      external_reference: index < 3 ? { service_name: 'netsuite', service_model: 'timeBill', service_model_ref: `TB-${index}` } : undefined,
    }));
    client = await KantataClient.start({ ...firm, time_entries: entries });
  });
  after(() => client.stop());

  it('a request without a valid token gets the 401 body that was seen live', async () => {
    for (const authorization of ['', 'Bearer wrong', 'Basic abc']) {
      const answer = await client.send('GET', '/workspaces', undefined, { authorization });
      answer.status.should.equal(401);
      answer.body.should.deepEqual({ errors: [{ type: 'oauth', message: 'Invalid OAuth 2 Request' }] });
    }
  });

  it('a list carries count, results, keyed rows and meta, with and without the .json suffix', async () => {
    const plain = await client.get('/time_entries?per_page=7&order=updated_at:asc');
    const suffixed = await client.get('/time_entries.json?per_page=7&order=updated_at:asc');
    suffixed.body.should.deepEqual(plain.body);
    Object.keys(plain.body).should.deepEqual(['count', 'results', 'time_entries', 'meta']);
    plain.body['meta']?.should.deepEqual({ count: 40, page_count: 6, page_number: 1, page_size: 7 });
    plain.rows.length.should.equal(7);
    plain.headers.get('x-request-id')?.length.should.be.above(10);
    plain.headers.get('content-type')?.should.equal('application/json; charset=utf-8');
  });

  it('paging walks every row once and a page holds at most 200', async () => {
    const seen: string[] = [];
    for (let page = 1; page <= 6; page++)
      seen.push(...(await client.get(`/time_entries?per_page=7&page=${page}&order=updated_at:asc`)).ids);
    seen.length.should.equal(40);
    new Set(seen).size.should.equal(40);
    (await client.get('/time_entries?per_page=5000')).body['meta']?.should.have.property('page_size', 200);
    (await client.get('/time_entries?page=99')).rows.should.be.empty();
  });

  it('limit and offset win over page and per_page', async () => {
    const all = await client.get('/time_entries?per_page=200&order=updated_at:asc');
    const window = await client.get('/time_entries?limit=3&offset=10&page=1&per_page=50&order=updated_at:asc');
    window.ids.should.deepEqual(all.ids.slice(10, 13));
  });

  it('only asks for rows by id and a miss is no error', async () => {
    const answer = await client.get('/time_entries?only=1001,1002,999999');
    answer.ids.sort().should.deepEqual(['1001', '1002']);
  });

  it('foreign keys appear only with include, and the other rows come along', async () => {
    const bare = await client.get('/time_entries/1001');
    bare.rows[0]?.should.not.have.properties(['workspace_id', 'user_id', 'story_id']);
    const full = await client.get('/time_entries/1001?include=workspace,user,external_references,nonsense');
    full.rows[0]?.should.have.properties({ workspace_id: '11', user_id: '22' });
    full.rows[0]?.should.not.have.property('story_id');
    full.body['workspaces']?.should.have.property('11').with.property('title', 'ERP rollout');
    const references = full.rows[0]?.['external_reference_ids'] as string[];
    references.length.should.equal(1);
    full.body['external_references']?.should.have.property(references[0] ?? '').with.property('service_model_ref', 'TB-1');
    (await client.get('/time_entries/1010?include=external_references')).body['external_references']?.should.deepEqual({});
  });

  it('belongs-to keys always appear where the account answers as in 2021', async () => {
    client.load({ foreignKeys: 'captured' });
    const bare = await client.get('/time_entries/1001');
    client.load({ foreignKeys: 'contract' });
    bare.rows[0]?.should.have.properties({ workspace_id: '11', user_id: '22', story_id: '41', active_submission_id: null });
  });

  it('optional fields are shown on request only', async () => {
    (await client.get('/workspaces/11')).rows[0]?.should.not.have.property('minutes_logged');
    const shown = await client.get('/workspaces/11?optional_fields=minutes_logged,stage,lock_date');
    shown.rows[0]?.should.have.properties({ stage: 'project', lock_date: null });
    Number(shown.rows[0]?.['minutes_logged']).should.be.above(0);
    (await client.get('/workspaces/11?optional_fields[]=stage')).rows[0]?.should.have.property('stage', 'project');
  });

  it('order follows the field asked for and ties are broken by id', async () => {
    const ascending = await client.get('/time_entries?per_page=200&order=date_performed:asc');
    const keys = ascending.rows.map((row) => `${String(row['date_performed'])} ${row.id}`);
    keys.should.deepEqual([...keys].sort());
    const descending = await client.get('/time_entries?per_page=200&order=date_performed:desc');
    descending.ids.should.deepEqual([...ascending.ids].reverse());
    (await client.get('/time_entries?per_page=200&order=colour:asc')).ids.should.deepEqual(
      (await client.get('/time_entries?per_page=200')).ids,
    );
  });

  it('updated_after leaves out the bound itself and takes any offset', async () => {
    const utc = await client.get('/time_entries?per_page=200&order=updated_at:asc&updated_after=2026-11-01T08:00:40Z');
    utc.ids.should.deepEqual(['1041', '1042', '1043', '1044']);
    const local = await client.get(
      `/time_entries?per_page=200&order=updated_at:asc&updated_after=${encodeURIComponent('2026-11-01T09:00:40+01:00')}`,
    );
    local.ids.should.deepEqual(utc.ids);
    const before = await client.get('/time_entries?per_page=200&updated_before=2026-11-01T08:00:03Z&order=updated_at:asc');
    before.ids.should.deepEqual(['1001', '1002']);
    (await client.get('/time_entries?updated_after=yesterday')).status.should.equal(400);
  });

  it('approved time in order of change is what a poller sees', async () => {
    const answer = await client.get('/time_entries?approved=true&order=updated_at:asc&updated_after=2026-11-01T08:00:30Z&per_page=200');
    answer.ids.should.deepEqual(['1032', '1034', '1038', '1040', '1042', '1044']);
    answer.rows.every((row) => row['approved'] === true).should.be.true();
  });

  it('the filters of a time sheet report narrow by project, person, day and billing', async () => {
    const path = '/time_entries?workspace_id=11&with_user_ids=22&date_performed_between=2026-11-03:2026-11-05&billable=true';
    const answer = await client.get(`${path}&include=user&per_page=200`);
    answer.rows.length.should.be.above(0);
    for (const row of answer.rows) {
      row.should.have.properties({ user_id: '22', billable: true });
      ['2026-11-03', '2026-11-04', '2026-11-05'].should.containEql(row['date_performed']);
    }
    (await client.get('/time_entries?date_performed_between=soon')).status.should.equal(400);
  });

  it('an object is found by its id in another system', async () => {
    const by = (query: string) => client.get(`/time_entries?from_archived_workspaces=true&order=updated_at:asc&${query}`);
    (await by('external_reference_service_name=netsuite&external_reference_service_model_ref=TB-2')).ids.should.deepEqual(['1002']);
    (await by('external_reference_service_model_refs=TB-0,TB-2,TB-9')).ids.should.deepEqual(['1000', '1002']);
    (await by('external_reference_service_name=salesforce&external_reference_service_model_ref=TB-2')).ids.should.be.empty();
    (await by('has_external_references=true')).ids.should.deepEqual(['1000', '1001', '1002']);
    (await by('without_external_reference_service_name=netsuite')).body.should.have.property('count', 42);
  });

  it('an archived project is hidden from the list and answers 404 by id unless it is asked for', async () => {
    (await client.get('/workspaces')).ids.should.not.containEql('12');
    (await client.get('/workspaces/12')).status.should.equal(404);
    (await client.get('/workspaces/12?include_archived=true')).status.should.equal(200);
    (await client.get('/time_entries/1000')).status.should.equal(404);
    (await client.get('/time_entries/1000?from_archived_workspaces=true')).status.should.equal(200);
    (await client.get('/workspaces/777')).errors[0]?.should.have.property('type', 'system');
  });

  it('search finds projects by title', async () => {
    (await client.get('/workspaces?search=erp&order=title:asc')).ids.should.deepEqual(['11']);
  });

  it('times carry the offset of the account and project dates are empty text when unset', async () => {
    const [entry] = (await client.get('/time_entries/1001')).rows;
    entry?.['updated_at']?.should.equal('2026-11-01T01:00:01-07:00');
    const [project] = (await client.get('/workspaces/11')).rows;
    project?.should.have.properties({ due_date: '', start_date: '2026-10-01', price: 'TBD', price_in_cents: null });
  });

  it('the token tells whose it is', async () => {
    (await client.get('/users/me')).ids.should.deepEqual([ADMINISTRATOR]);
  });

  it('an unknown collection is not found, but only for those who may ask', async () => {
    (await client.get('/purchase_orders')).status.should.equal(404);
    (await client.send('GET', '/purchase_orders', undefined, { authorization: 'Bearer wrong' })).status.should.equal(401);
  });
});
