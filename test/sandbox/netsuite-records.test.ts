import 'should';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { idOf, NetSuiteAccount, refusal, smallFirm, timeEntry } from './netsuite-account.ts';

describe('NetSuite simulator: record service', () => {
  let account: NetSuiteAccount;
  beforeEach(async () => {
    account = await new NetSuiteAccount().open();
    account.load(smallFirm);
  });
  afterEach(() => account.sim.stop());

  const applied = () => account.sim.journal.entries.map(({ outcome, type, key }) => ({ outcome, type, key }));

  it('creates a customer with 204, no body and its address', async () => {
    const created = await account.record('POST', 'customer', { companyName: 'Südwind GmbH', subsidiary: { id: '1' }, externalId: 'ACC-2' });
    created.status.should.equal(204);
    created.body.should.equal('');
    created.headers.get('location')?.should.match(/\/services\/rest\/record\/v1\/customer\/\d+$/);
    const customer = (await account.record('GET', `customer/${idOf(created)}`)).body;
    customer.should.have.properties({ companyName: 'Südwind GmbH', externalId: 'ACC-2', entityId: 'Südwind GmbH', isPerson: false });
    customer.subsidiary.should.deepEqual({
      links: [{ rel: 'self', href: `${account.sim.url}/services/rest/record/v1/subsidiary/1` }],
      id: '1',
      refName: 'Germany',
    });
    customer.currency.refName.should.equal('Euro');
    customer.addressBook.should.have.only.keys('links');
    applied().should.deepEqual([{ outcome: 'created', type: 'customer', key: 'ACC-2' }]);
  });

  it('answers an upsert by external id with 204 whether it created, updated or changed nothing; only the journal tells', async () => {
    const put = (body: unknown) => account.record('PUT', 'timebill/eid:TE_2026-1', body);
    const first = await put(timeEntry());
    const second = await put(timeEntry());
    const third = await put(timeEntry({ hours: 4.5 }));
    [first, second, third].map(({ status }) => status).should.deepEqual([204, 204, 204]);
    new Set([first, second, third].map((put) => put.headers.get('location'))).size.should.equal(1);
    account.sim.journal.entries
      .map(({ outcome, key }) => `${outcome} ${key}`)
      .should.deepEqual(['created TE_2026-1', 'unchanged TE_2026-1', 'updated TE_2026-1']);
    const entry = (await account.record('GET', 'timeBill/eid:TE_2026-1')).body;
    entry.should.have.properties({ hours: '4:30', externalId: 'TE_2026-1', tranDate: '2026-10-05' });
  });

  it('makes two time entries of the same POST sent twice: there is no idempotency', async () => {
    const ids = [await account.create('timeBill', timeEntry()), await account.create('timeBill', timeEntry())];
    new Set(ids).size.should.equal(2);
  });

  it('keeps a time entry whose answer was lost, and finds it again by its external id', async () => {
    account.sim.faults.add({ kind: 'dropAfter', match: { path: 'timeBill' } });
    await account.record('PUT', 'timeBill/eid:TE-7', timeEntry()).should.be.rejected();
    account.sim.journal.entries.at(-1)?.should.have.properties({ outcome: 'created', key: 'TE-7', answerLost: true });
    (await account.record('GET', 'timeBill/eid:TE-7')).body.hours.should.equal('4:00');
  });

  it('tells an id that cannot be one from a record that is not there', async () => {
    for (const id of ['000', 'abc', '1.5']) {
      const refused = await account.record('GET', `customer/${id}`);
      refusal(refused).should.have.properties({
        status: 400,
        code: 'INVALID_ID',
        detail: `Invalid record instance identifier '${id}'. Provide a valid record instance ID.`,
      });
      refusal(await account.record('DELETE', `customer/${id}`)).code.should.equal('INVALID_ID');
    }
    refusal(await account.record('GET', 'customer/999999')).should.have.properties({ status: 404, code: 'NONEXISTENT_ID' });
  });

  it('answers OPTIONS with 204 and what may be called, before anybody signs in', async () => {
    for (const path of ['record/v1/customer', 'query/v1/suiteql', 'record/v1/nothing/1']) {
      const answer = await fetch(`${account.sim.url}/services/rest/${path}`, { method: 'OPTIONS' });
      answer.status.should.equal(204);
      String(answer.headers.get('allow')).should.match(/PATCH/);
    }
  });

  it('changes with PATCH only what is sent, clears with null, and deletes', async () => {
    const id = await account.create('timebill', timeEntry());
    (await account.record('PATCH', `timebill/${id}`, { memo: null, hours: '1:15' })).status.should.equal(204);
    const entry = (await account.record('GET', `timebill/${id}`)).body;
    entry.should.have.property('hours', '1:15');
    entry.should.not.have.property('memo');
    entry.employee.refName.should.equal('Ada Keller');
    entry.customer.links[0].href.should.containEql('/job/');
    (await account.record('DELETE', `timebill/${id}`)).status.should.equal(204);
    refusal(await account.record('GET', `timebill/${id}`)).should.have.properties({ status: 404, code: 'NONEXISTENT_ID' });
    (await account.rows('SELECT recordid, recordtypeid FROM deletedrecord')).should.deepEqual([{ recordid: id, recordtypeid: 'timebill' }]);
  });

  it('lists ids and links in pages; the offset is a multiple of the limit', async () => {
    for (let n = 1; n <= 5; n++) await account.create('timeBill', timeEntry({ externalId: `TE-${n}` }));
    const page = (await account.record('GET', 'timeBill?limit=2&offset=2')).body;
    page.should.have.properties({ count: 2, hasMore: true, offset: 2, totalResults: 5 });
    page.items.should.deepEqual(
      ['3', '4'].map((id) => ({ links: [{ rel: 'self', href: `${account.sim.url}/services/rest/record/v1/timeBill/${id}` }], id })),
    );
    page.links.map((link: { rel: string }) => link.rel).should.deepEqual(['first', 'prev', 'next', 'last', 'self']);
    (await account.record('GET', 'timeBill?limit=2&offset=4')).body.hasMore.should.be.false();
    refusal(await account.record('GET', 'timeBill?limit=2&offset=3')).should.have.properties({ status: 400, code: 'INVALID_PARAMETER' });
    refusal(await account.record('GET', 'timeBill?limit=1001')).code.should.equal('INVALID_PARAMETER');
  });

  it('filters a list by q and insists on dates in the format of the account', async () => {
    await account.create('timeBill', timeEntry({ memo: 'Review', tranDate: '2026-10-09' }));
    await account.create('timeBill', timeEntry({ memo: 'Design review', isBillable: false }));
    const q = (filter: string) => account.record('GET', `timeBill?q=${encodeURIComponent(filter)}`);
    (await q('memo CONTAIN "review" AND (isBillable IS true OR tranDate BEFORE 10/6/2026)')).body.totalResults.should.equal(2);
    (await q('memo START_WITH "Des"')).body.items.map(({ id }: { id: string }) => id).should.deepEqual(['2']);
    (await q('tranDate ON_OR_AFTER 10/9/2026')).body.totalResults.should.equal(1);
    refusal(await q('tranDate AFTER 2026-10-06')).detail.should.startWith(
      'Invalid search query. Search error occurred: Parse of date/time',
    );
  });

  it('reads chosen fields, enumerations as bare ids, and sublists collapsed, expanded or alone', async () => {
    const id = await account.create('billingSchedule', {
      name: 'PRJ-1 milestones',
      scheduleType: { id: 'FBM' },
      project: { externalId: 'PRJ-1' },
      milestone: {
        items: [
          { milestoneAmount: 40, milestoneDate: '2026-11-30', comments: 'Concept', projectTask: { externalId: 'TSK-1' } },
          { milestoneAmount: 60, milestoneDate: '2027-02-28', comments: 'Go-live' },
        ],
      },
    });
    const path = `billingSchedule/${id}`;
    (await account.record('GET', `${path}?fields=name,scheduleType&simpleEnumFormat=true`)).body.should.have.properties({
      name: 'PRJ-1 milestones',
      scheduleType: 'FBM',
    });
    (await account.record('GET', path)).body.milestone.should.have.only.keys('links');
    const { milestone } = (await account.record('GET', `${path}?expandSubResources=true`)).body;
    milestone.totalResults.should.equal(2);
    milestone.items[0].should.have.properties({ line: 1, milestoneAmount: 40, milestoneDate: '2026-11-30', comments: 'Concept' });
    milestone.items[0].projectTask.refName.should.equal('Design');
    (await account.record('GET', `${path}/milestone/2`)).body.comments.should.equal('Go-live');

    await account.record('PATCH', path, { milestone: { items: [{ line: 2, milestoneAmount: 50 }, { milestoneAmount: 10 }] } });
    const amounts = async () =>
      (await account.record('GET', `${path}?expandSubResources=true`)).body.milestone.items.map(
        (line: { milestoneAmount: number }) => line.milestoneAmount,
      );
    (await amounts()).should.deepEqual([40, 50, 10]);
    await account.record('PATCH', `${path}?replace=milestone`, { milestone: { items: [{ milestoneAmount: 100 }] } });
    (await amounts()).should.deepEqual([100]);
  });

  it('warns of unknown and read-only properties in a header, refuses them on request, or says nothing', async () => {
    const entry = timeEntry({ hour: '4:00', createdDate: '2026-01-01T00:00:00Z' });
    const warned = await account.record('POST', 'timeBill', entry);
    warned.status.should.equal(204);
    warned.headers.get('x-netsuite-propertyvalidation')?.should.match(/hour.*createdDate/);
    const refused = await account.record('POST', 'timeBill', entry, { 'X-NetSuite-PropertyNameValidation': 'Error' });
    refused.status.should.equal(400);
    refused.body['o:errorDetails'].map((detail: Record<string, string>) => detail['o:errorPath']).should.deepEqual(['hour', 'createdDate']);
    const silent = await account.record('POST', 'timeBill', entry, { 'X-NetSuite-PropertyNameValidation': 'Ignore' });
    (silent.headers.get('x-netsuite-propertyvalidation') === null).should.be.true();
  });

  it('takes custom fields by their script id and gives them back, in SuiteQL too', async () => {
    const id = await account.create('job', { companyName: 'Rollout', parent: { externalId: 'ACC-1' }, custentity_sf_opportunity: '006A' });
    (await account.record('GET', `job/${id}`)).body.custentity_sf_opportunity.should.equal('006A');
    (await account.rows(`SELECT id FROM job WHERE custentity_sf_opportunity = '006A'`)).should.deepEqual([{ id }]);
  });

  it('reads hours as a clock time or a decimal and refuses other forms', async () => {
    for (const [sent, shown] of [
      ['0:20', '0:20'],
      [7.5, '7:30'],
      ['1.25', '1:15'],
      ['12:05', '12:05'],
    ] as const) {
      const id = await account.create('timeBill', timeEntry({ hours: sent }));
      (await account.record('GET', `timeBill/${id}`)).body.hours.should.equal(shown);
    }
    refusal(await account.record('POST', 'timeBill', timeEntry({ hours: '4h' }))).should.have.properties({
      code: 'INVALID_CONTENT',
      path: 'hours',
    });
  });

  it('cuts an instant sent for a day of work in the user time zone, which can be the day before', async () => {
    account.load({ timeZone: 'America/Los_Angeles' });
    const id = await account.create('timeBill', timeEntry({ tranDate: '2026-10-05T00:00:00-04:00' }));
    (await account.record('GET', `timeBill/${id}`)).body.tranDate.should.equal('2026-10-04');
  });

  it('does not know other record types or methods', async () => {
    (await account.record('GET', 'resourceAllocation')).status.should.equal(404);
    (await account.record('POST', 'customer/5', {})).status.should.equal(405);
    (await account.record('PUT', 'customer/101', { phone: '1' })).status.should.equal(400);
    (await account.record('POST', 'customer', 'x', { 'content-type': 'text/plain' })).status.should.equal(415);
  });

  it('describes its records in the metadata catalog', async () => {
    const schema = (await account.record('GET', 'metadata-catalog/timeBill', undefined, { accept: 'application/schema+json' })).body;
    schema.properties.hours.should.have.property('type', 'string');
    const catalog = await account.record('GET', 'metadata-catalog?select=job,timeBill', undefined, { accept: 'application/swagger+json' });
    Object.keys(catalog.body.components.schemas).should.deepEqual(['job', 'timeBill']);
  });

  it('keeps records, indexes and keys over a restart', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'netsuite-'));
    const first = await new NetSuiteAccount(dir).open();
    first.load(smallFirm);
    await first.record('PUT', 'timeBill/eid:TE-1', timeEntry());
    await first.sim.stop();
    const second = await new NetSuiteAccount(dir).open();
    try {
      (await second.record('PUT', 'timeBill/eid:te-1', timeEntry({ memo: 'again' }))).status.should.equal(204);
      second.sim.journal.entries.map(({ outcome }) => outcome).should.deepEqual(['created', 'updated']);
    } finally {
      await second.sim.stop();
      rmSync(dir, { recursive: true });
    }
  });
});
