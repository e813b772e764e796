import 'should';
import { NetSuiteAccount, refusal, smallFirm, timeEntry } from './netsuite-account.ts';

describe('NetSuite simulator: what the business refuses', () => {
  let account: NetSuiteAccount;
  beforeEach(async () => {
    account = await new NetSuiteAccount().open();
    account.load(smallFirm);
  });
  afterEach(() => account.sim.stop());

  const post = async (type: string, body: unknown) => refusal(await account.record('POST', type, body));
  it('an external id with a sign outside letters, digits, underscore and hyphen', async () => {
    for (const externalId of ['ACC@DE01', 'ENG/P1', 'kantata:1', 'ENG|1', 'A.inc', 'Ä-1', 'A B']) {
      const customer = { companyName: 'Ostwind AG', externalId, subsidiary: { id: '1' } };
      (await post('customer', customer)).should.have.properties({ status: 400, code: 'INVALID_KEY_OR_REF' });
      const put = await account.record('PUT', `timeBill/eid:${encodeURIComponent(externalId)}`, timeEntry());
      refusal(put).should.have.properties({ status: 400, code: 'INVALID_KEY_OR_REF' });
    }
    (
      await account.record('POST', 'customer', { companyName: 'Ostwind AG', externalId: 'A_b-1', subsidiary: { id: '1' } })
    ).status.should.equal(204);
  });

  it('a name that is longer than its field, which is never cut', async () => {
    const customer = { companyName: 'N'.repeat(84), subsidiary: { id: '1' }, entityId: 'C' };
    (await post('customer', customer)).should.have.properties({
      status: 400,
      code: 'USER_ERROR',
      detail:
        'Error while accessing a resource. The field companyname contained more than the maximum number ( 83 ) of characters allowed.',
    });
    (await post('job', { companyName: 'N', entityId: 'E'.repeat(81), subsidiary: { id: '1' } })).detail.should.match(/entityid .* 80 /);
  });

  const time = (changes: Record<string, unknown>) => post('timeBill', timeEntry(changes));

  it('a customer without a subsidiary, in the language of the user', async () => {
    const customer = { companyName: 'Ostwind AG', externalId: 'ACC-9' };
    (await post('customer', customer)).should.have.properties({
      status: 400,
      code: 'USER_ERROR',
      detail: 'Error while accessing a resource. Please enter value(s) for: Primary Subsidiary.',
    });
    account.load({ language: 'it' });
    (await post('customer', customer)).detail.should.containEql('Inserire il/i valore/i:Controllata principale');
    account.load({ language: 'de' });
    const german = await post('customer', customer);
    german.code.should.equal('USER_ERROR');
    german.detail.should.containEql('Geben Sie Werte ein für: Primäre Niederlassung.');
    account.sim.journal.entries.map(({ outcome, key }) => `${outcome} ${key}`).should.deepEqual(Array(3).fill('refused ACC-9'));
  });

  it('a customer without a name, and one whose name is taken', async () => {
    (await post('customer', { subsidiary: '1' })).detail.should.equal(
      'Error while accessing a resource. You must enter a value for Company Name.',
    );
    (await post('customer', { companyName: 'nordwind ag', subsidiary: '1' })).detail.should.equal(
      'Error while accessing a resource. This entity already exists.',
    );
    await account.create('customer', { companyName: 'Nordwind AG', entityId: 'Nordwind AG (NL)', subsidiary: { externalId: 'NL01' } });
  });

  it('an external id that another record of the same group carries, whatever the case of its letters', async () => {
    (await post('customer', { companyName: 'X', subsidiary: '1', externalId: 'prj-1' })).detail.should.containEql(
      'This record already exists.',
    );
    await account.create('timeBill', timeEntry({ externalId: 'PRJ-1' }));
  });

  it('a reference to nothing, with the path to it; several at once', async () => {
    (await time({ item: { id: '9999' } })).should.have.properties({
      status: 400,
      code: 'INVALID_CONTENT',
      path: 'item',
      detail: 'Error while accessing resource: You have entered an Invalid Field Value 9999 for the following field: item',
    });
    (await time({ caseTaskEvent: { externalId: 'NONE' } })).path?.should.equal('caseTaskEvent');
    const order = {
      entity: { externalId: 'ACC-1' },
      item: {
        items: [
          { item: { id: 9999 }, amount: 1 },
          { item: { id: 8888 }, amount: 1 },
        ],
      },
    };
    const refused = await account.record('POST', 'salesOrder', order);
    refused.body['o:errorDetails']
      .map((detail: Record<string, string>) => detail['o:errorPath'])
      .should.deepEqual(['item.items[0].item', 'item.items[1].item']);
  });

  it('time without employee or duration, and billable time without a service item', async () => {
    (await time({ employee: null })).detail.should.containEql('Please enter value(s) for: Employee.');
    (await time({ hours: null })).detail.should.containEql('Please enter value(s) for: Duration.');
    (await time({ item: null })).detail.should.containEql('Please enter value(s) for: Item.');
  });

  it('time on an inactive or closed project, for an inactive employee, or on a task of another project', async () => {
    account.load({ records: { job: [{ externalId: 'PRJ-2', companyName: 'Other', parent: { externalId: 'ACC-1' } }] } });
    (await time({ customer: { externalId: 'PRJ-2' } })).should.have.properties({ code: 'USER_ERROR', path: 'caseTaskEvent' });
    account.load({ records: { job: [{ externalId: 'PRJ-1', entityStatus: '1' }] } });
    (await time({})).detail.should.match(/You have entered an Invalid Field Value \d+ for the following field: customer\.$/);
    account.load({ records: { job: [{ externalId: 'PRJ-1', entityStatus: '2', isInactive: true }] } });
    (await time({})).path?.should.equal('customer');
    account.load({ records: { job: [{ externalId: 'PRJ-1', isInactive: false }], employee: [{ externalId: 'EMP-1', isInactive: true }] } });
    (await time({})).path?.should.equal('employee');
  });

  it('time and invoices in a closed period, invoices in a locked one, anything outside all periods', async () => {
    const text = 'The transaction date you specified is not within the date range of your accounting period.';
    const invoice = { entity: { externalId: 'ACC-1' }, tranDate: '2026-10-31', item: { items: [{ item: '1', quantity: 1, rate: 10 }] } };
    const id = await account.create('timeBill', timeEntry());
    account.load({ periods: [{ name: 'Oct 2026', arLocked: true }] });
    (await post('invoice', invoice)).detail.should.containEql(text);
    (await account.create('timeBill', timeEntry())).should.be.ok();
    account.load({ periods: [{ start: '2026-10-01', closed: true }] });
    (await time({})).should.have.properties({ code: 'USER_ERROR', path: 'tranDate' });
    refusal(await account.record('PATCH', `timeBill/${id}`, { tranDate: '2026-11-02' })).detail.should.containEql(text);
    refusal(await account.record('DELETE', `timeBill/${id}`)).detail.should.containEql(text);
    (await time({ tranDate: '2014-12-31' })).detail.should.containEql(text);
    account.load({ periods: [{ name: 'Oct 2026', closed: false }] });
    (await account.create('timeBill', timeEntry())).should.be.ok();
  });

  it('a project in another subsidiary than its customer', async () => {
    const project = { companyName: 'Abroad', parent: { externalId: 'ACC-1' }, subsidiary: { externalId: 'NL01' } };
    (await post('job', project)).should.have.properties({ code: 'INVALID_KEY_OR_REF', path: 'parent' });
  });

  it('a location of another subsidiary, and time across subsidiaries when Intercompany Time is off', async () => {
    const location = await account.create('location', { name: 'Utrecht', subsidiary: { externalId: 'NL01' } });
    (await time({ location: { id: location } })).should.have.properties({
      code: 'INVALID_KEY_OR_REF',
      detail: `Error while accessing a resource. Invalid location reference key ${location} for subsidiary 1.`,
    });
    account.load({
      records: { employee: [{ externalId: 'EMP-NL', firstName: 'Jan', lastName: 'Vos', subsidiary: { externalId: 'NL01' } }] },
    });
    await account.create('timeBill', timeEntry({ employee: { externalId: 'EMP-NL' } }));
    account.load({ intercompanyTime: false });
    (await time({ employee: { externalId: 'EMP-NL' } })).should.have.properties({ code: 'INVALID_KEY_OR_REF', path: 'customer' });
  });

  it('a role kept out of a subsidiary', async () => {
    account.load({ restrictedSubsidiaries: ['DE01'] });
    refusal(await account.record('GET', 'customer/eid:ACC-1')).should.have.properties({ status: 403, code: 'INSUFFICIENT_PERMISSION' });
    (await time({})).status.should.equal(403);
    await account.create('customer', { companyName: 'Tulip B.V.', subsidiary: { externalId: 'NL01' } });
  });

  it('an expense line on a project that takes no expenses, naming the line', async () => {
    account.load({ records: { job: [{ externalId: 'PRJ-1', allowExpenses: false }] } });
    const line = { category: '1', amount: 12.5, expenseDate: '2026-10-05' };
    const report = (lines: unknown[]) => ({ entity: { externalId: 'EMP-1' }, tranDate: '2026-10-06', expense: { items: lines } });
    const refused = await post('expenseReport', report([line, line, { ...line, customer: { externalId: 'PRJ-1' } }]));
    refused.should.have.properties({ code: 'USER_ERROR', path: 'expense.items[2]' });
    refused.detail.should.match(/Invalid Field Value \d+ for the following field: customer\.$/);
    const id = await account.create('expenseReport', report([line, line]));
    (await account.record('GET', `expenseReport/${id}`)).body.total.should.equal(25);
  });

  for (const [field, value, text] of [
    ['phone', '0711 12', 'seven digits or more'],
    ['email', 'billing@', 'valid email address'],
  ] as const) {
    it(`a customer’s ${field} that the forms would take: ${value}`, async () => {
      refusal(await account.record('PATCH', 'customer/eid:ACC-1', { [field]: value })).should.have.properties({
        status: 400,
        code: 'USER_ERROR',
        path: field,
      });
      refusal(await account.record('PATCH', 'customer/eid:ACC-1', { [field]: value })).detail.should.containEql(text);
      (await account.record('PATCH', 'customer/eid:ACC-1', { phone: '0711 1234567', email: 'a@b.example' })).status.should.equal(204);
    });
  }

  it('a change of a record that somebody saved in the meantime', async () => {
    account.load({ latencyMs: 30 });
    const results = await Promise.all(
      ['0711 123456', '0711 654321'].map((phone) => account.record('PATCH', 'customer/eid:ACC-1', { phone })),
    );
    results
      .map(({ status }) => status)
      .sort()
      .should.deepEqual([204, 400]);
    refusal(results.find(({ status }) => status === 400) as (typeof results)[0]).code.should.equal('RCRD_HAS_BEEN_CHANGED');
  });

  it('a change of time that an invoice has billed', async () => {
    const id = await account.create('timeBill', timeEntry({ rate: 100, hours: '0:20' }));
    const invoice = await account.create('invoice', {
      entity: { externalId: 'ACC-1' },
      tranDate: '2026-10-31',
      time: { items: [{ apply: true, doc: { id } }] },
      item: { items: [{ item: '1', quantity: 2, rate: 49.995 }] },
    });
    const body = (await account.record('GET', `invoice/${invoice}?expandSubResources=true`)).body;
    body.should.have.properties({ total: 133.32, amountRemaining: 133.32, dueDate: '2026-11-30', tranId: `INV${invoice}` });
    body.status.should.deepEqual({ id: 'A', refName: 'Open' });
    body.postingPeriod.refName.should.equal('Oct 2026');
    body.time.items[0].amount.should.equal(33.33);
    refusal(await account.record('PATCH', `timeBill/${id}`, { hours: '1:00' })).code.should.equal('USER_ERROR');
    await account.record('PATCH', `invoice/${invoice}`, { item: { items: [{ line: 1, rate: 60 }] } });
    (await account.record('GET', `invoice/${invoice}`)).body.total.should.equal(153.33);
    account.load({ records: { invoice: [{ id: invoice, amountPaid: 153.33 }] } });
    (await account.record('GET', `invoice/${invoice}`)).body.should.have.property('status', { id: 'B', refName: 'Paid In Full' });
  });

  it('a record that others depend on cannot be deleted', async () => {
    await account.create('timeBill', timeEntry());
    for (const path of ['customer/eid:ACC-1', 'job/eid:PRJ-1', 'employee/eid:EMP-1']) {
      refusal(await account.record('DELETE', path)).detail.should.containEql('dependent records');
    }
  });

  it('a record that a fault refuses, with the fault its own body', async () => {
    account.sim.faults.add({
      kind: 'refuseRecord',
      match: { bodyContains: 'TE-5' },
      body: { 'o:errorDetails': [{ detail: 'locked', 'o:errorCode': 'USER_ERROR' }] },
    });
    (await account.record('PUT', 'timeBill/eid:TE-4', timeEntry())).status.should.equal(204);
    refusal(await account.record('PUT', 'timeBill/eid:TE-5', timeEntry())).should.have.properties({ status: 400, detail: 'locked' });
    account.sim.journal.entries.map(({ outcome, key }) => `${outcome} ${key}`).should.deepEqual(['created TE-4', 'refused TE-5']);
  });
});

describe('NetSuite simulator: load on the account', () => {
  let account: NetSuiteAccount;
  beforeEach(async () => {
    account = await new NetSuiteAccount().open();
  });
  afterEach(() => account.sim.stop());

  const burst = (size: number) => Promise.all(Array.from({ length: size }, () => account.record('GET', 'currency')));

  it('refuses the sixth request in flight with 429 and no Retry-After, then works again', async () => {
    account.load({ latencyMs: 100 });
    const answers = await burst(6);
    answers
      .map(({ status }) => status)
      .sort()
      .should.deepEqual([200, 200, 200, 200, 200, 429]);
    const refused = answers.find(({ status }) => status === 429) as (typeof answers)[0];
    refusal(refused).should.have.properties({
      code: 'CONCURRENCY_LIMIT_EXCEEDED',
      detail: 'Concurrent request limit exceeded. Request blocked.',
    });
    (refused.headers.get('retry-after') === null).should.be.true();
    account.load({ concurrencyLimit: 15 });
    (await burst(15)).every(({ status }) => status === 200).should.be.true();
  });

  it('can show overload as a failed login', async () => {
    account.load({ latencyMs: 100, concurrencyLimit: 1, overload: 'loginFailure' });
    const refused = (await burst(2)).find(({ status }) => status !== 200) as Awaited<ReturnType<typeof burst>>[0];
    refusal(refused).should.have.properties({ status: 401, code: 'INVALID_LOGIN_ATTEMPT' });
  });

  it('frees the place of a request whose connection was cut', async () => {
    account.load({ concurrencyLimit: 1 });
    account.sim.faults.add({ kind: 'dropAfter', times: 3 });
    for (let n = 0; n < 3; n++) await account.record('GET', 'currency').should.be.rejected();
    (await account.record('GET', 'currency')).status.should.equal(200);
  });

  it('answers 503 while under maintenance', async () => {
    account.load({ maintenance: true });
    refusal(await account.record('GET', 'currency')).should.have.property('status', 503);
    account.load({ maintenance: false });
    (await account.record('GET', 'currency')).status.should.equal(200);
  });
});
