import should from 'should';
import { SalesforceDesk } from '../../sandbox/salesforce/firm/salesforce-desk.ts';
import { until } from '../until.ts';
import { recordsOf, soundCounts, soundDeal } from './deal.ts';
import { Product } from './product.ts';
import { setUpDifferences } from './set-up-differences.ts';

describe('Bad days: deals', function () {
  this.timeout(60_000);
  let product: Product;

  before(async () => {
    product = await Product.create({ flow: 'opportunity' });
    const { kantata } = product.sandbox;
    kantata.definition.load(kantata, { roles: [{ id: '501', name: 'Consultant' }] });
    await product.harness.start();
    win('WARM-UP');
    await done('WARM-UP'); // tokens and descriptions are fetched
  });
  after(() => product?.end());
  afterEach(() => product.clearFaults());

  function win(...codes: string[]): void {
    const { salesforce } = product.sandbox;
    salesforce.definition.load(salesforce, { records: codes.flatMap((code) => recordsOf(soundDeal(code))) });
  }

  async function done(...codes: string[]): Promise<void> {
    const runs = await product.ended(codes);
    for (const code of codes) {
      const run = runs.get(code);
      should(run?.status).equal('done', `${code}: ${run?.failure?.message}`);
      complete(code);
    }
  }

  function complete(code: string): void {
    should(product.books.deal(code)['Integration_Status__c']).equal('Provisioned');
    product.books.countsOf(code).should.deepEqual(soundCounts);
    setUpDifferences(soundDeal(code), product.books).should.deepEqual([]);
  }

  const netsuite = (data: object) => product.sandbox.netsuite.definition.load(product.sandbox.netsuite, data);
  const writesProject = (code: string) => ({ method: 'POST', path: '/record/v1/job$', bodyContains: `"externalId":"${code}"` });
  const waits = (code: string, failureClass: string) =>
    product.seen(code, (run) => run.status === 'waiting' && run.failure?.class === failureClass);

  const sources = async () =>
    ((await product.harness.nodeRed.overview()) as unknown as { sources: { failure: { class: string } | null }[] }).sources;

  it('the ERP is away when a deal is won: the deal waits, and is set up when the ERP is back', async () => {
    product.fault('netsuite', { kind: 'status', status: 503, times: -1, match: { path: '/services/rest' } });
    win('AWAY');
    await waits('AWAY', 'transient.unavailable');
    product.clearFaults();
    await done('AWAY');
  });

  it('the ERP is away for longer than the policy waits: a dead letter says so, and a replay sets the deal up', async () => {
    product.fault('netsuite', { kind: 'status', status: 503, times: -1, match: { path: '/record/v1/(job|projectTask)' } });
    win('AWAY-LONG');
    const dead = await product.seen('AWAY-LONG', (run) => run.status === 'dead');
    should(dead.failure).containEql({ class: 'transient.unavailable', system: 'netsuite' });
    String(dead.failure?.remedy).should.match(/given up after 8 attempts/i);
    (await product.details(dead)).attempts.length.should.equal(8);
    product.clearFaults();
    (await product.post('/replays', { search: 'AWAY-LONG', reason: 'NetSuite is back' })).body.should.containEql({ replayed: 1 });
    await done('AWAY-LONG');
  });

  it('the ERP is under maintenance: nothing is parked', async () => {
    netsuite({ maintenance: true });
    win('MAINTENANCE');
    await waits('MAINTENANCE', 'transient.unavailable');
    netsuite({ maintenance: false });
    await done('MAINTENANCE');
  });

  it('the ERP takes one request at a time: five deals at once are set up all the same', async () => {
    netsuite({ concurrencyLimit: 1, latencyMs: 3 });
    const codes = ['NARROW-1', 'NARROW-2', 'NARROW-3', 'NARROW-4', 'NARROW-5'];
    win(...codes);
    await done(...codes);
    netsuite({ concurrencyLimit: 5, latencyMs: 0 });
  });

  it('the ERP shows its overload as a refused login: nobody is told that the credentials are wrong for good', async () => {
    netsuite({ concurrencyLimit: 1, latencyMs: 3, overload: 'loginFailure' });
    const codes = ['LOGIN-1', 'LOGIN-2', 'LOGIN-3'];
    win(...codes);
    await done(...codes);
    netsuite({ concurrencyLimit: 5, latencyMs: 0, overload: 'throttle' });
  });

  it('the PSA refuses the token: the deal waits without end, no dead letter, and goes on when the token is right', async () => {
    const { tokens } = product.sandbox.kantata.state;
    const right = { ...tokens };
    product.sandbox.kantata.definition.expireTokens(product.sandbox.kantata.state);
    win('PSA-TOKEN');
    const tries = new Set<number>();
    const waiting = await product.seen('PSA-TOKEN', (run) => run.status === 'waiting' && tries.add(run.updatedAt).size > 3);
    should(waiting.failure?.class).equal('auth.denied');
    waiting.attempts.should.be.belowOrEqual(1); // waiting for a remedy uses up no attempt
    String(waiting.failure?.remedy).should.not.be.empty();
    Object.assign(product.sandbox.kantata.state.tokens, right);
    await done('PSA-TOKEN');
  });

  it('the ERP refuses the sign-in: the deal waits without end, and goes on when the credentials are right', async () => {
    const { state, definition } = product.sandbox.netsuite;
    const { clientId } = state.credentials;
    state.credentials.clientId = 'revoked';
    definition.expireTokens(state);
    win('ERP-LOGIN');
    await waits('ERP-LOGIN', 'auth.denied');
    state.credentials.clientId = clientId;
    await done('ERP-LOGIN');
  });

  it('the CRM refuses the sign-in when the status is told: the deal waits, and sales is told once it is allowed', async () => {
    const { state } = product.sandbox.salesforce;
    const { publicKey } = state.app;
    // long enough to be seen in the ERP before it comes to the CRM again, however slow the machine is
    product.fault('kantata', { kind: 'delay', delayMs: 1_000, match: { method: 'POST', bodyContains: 'CRM-LOGIN' } });
    win('CRM-LOGIN');
    await until(
      () => product.books.erpOf('job', 'CRM-LOGIN').length > 0,
      () => 'the deal did not come to the ERP',
    );
    state.app.publicKey = publicKey.replace(/[A-Za-z0-9]{20}/, 'AAAAAAAAAAAAAAAAAAAA');
    product.sandbox.salesforce.definition.expireTokens(state);
    try {
      await waits('CRM-LOGIN', 'auth.denied');
      await until(
        async () => (await sources()).every((source) => source.failure?.class === 'auth.denied'),
        () => 'the source does not say that it may not read',
      );
    } finally {
      state.app.publicKey = publicKey;
    }
    await done('CRM-LOGIN');
  });

  it('every token ends in the middle of a deal', async () => {
    product.fault('netsuite', { kind: 'expireToken', match: writesProject('TOKENS') });
    product.fault('salesforce', { kind: 'expireToken', match: { method: 'PATCH', bodyContains: ' TOKENS"' } });
    win('TOKENS');
    await done('TOKENS');
    product.sandbox.netsuite.faults
      .all()
      .every((fault) => fault.times === 0)
      .should.be.true();
  });

  it('the CRM cannot be asked for a while: what was won meanwhile is found afterwards', async () => {
    product.fault('salesforce', { kind: 'status', status: 503, times: 4 }, { kind: 'dropBefore' });
    win('CRM-AWAY');
    await done('CRM-AWAY');
  });

  it('the CRM allows no more requests today: the run waits, nothing is parked', async () => {
    const { salesforce } = product.sandbox;
    const body = [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }];
    product.fault('salesforce', {
      kind: 'status',
      status: 403,
      body,
      headers: { 'Retry-After': '1' },
      match: { method: 'PATCH', bodyContains: ' QUOTA"' },
    });
    win('QUOTA');
    await waits('QUOTA', 'quota.exhausted');
    const waiting = await product.seen('QUOTA', () => true);
    should(waiting.failure?.retryAfterMs).be.aboveOrEqual(1000);
    salesforce.faults.clear();
    should(product.books.deal('QUOTA')['Integration_Status__c']).not.equal('Failed');
  });

  it('an opportunity is saved again after it was won: that is no new event', async () => {
    const desk = new SalesforceDesk(product.sandbox.access.salesforce);
    win('EDITED');
    await done('EDITED');
    const { Id } = product.books.deal('EDITED') as { Id: string };
    const writes = product.sandbox.netsuite.journal.entries.length;
    await desk.update('Opportunity', Id, { PO_Number__c: 'PO-1' });
    await desk.update('Opportunity', Id, { PO_Number__c: 'PO-2' });
    win('AFTERWARDS');
    await done('AFTERWARDS'); // read after the edits: the edits were read too
    (await product.runs('EDITED')).length.should.equal(1);
    product.sandbox.netsuite.journal.entries
      .slice(writes)
      .filter(({ key }) => key?.includes('EDITED'))
      .should.deepEqual([]);
  });

  it('five deals of one new client are won at once: the client is one customer', async () => {
    const { salesforce } = product.sandbox;
    const codes = ['SHARED-1', 'SHARED-2', 'SHARED-3', 'SHARED-4', 'SHARED-5'];
    const account = { code: 'ACC-SHARED', name: 'One client', country: 'DE' };
    const records = codes.flatMap((code) => recordsOf(soundDeal(code, { account }))) as {
      attributes: { type: string };
      Id?: string;
      AccountId?: string;
    }[];
    const [client] = records;
    // one account in the CRM too: its code is unique there
    const own = records.filter((record) => record === client || record.attributes.type !== 'Account');
    for (const record of own) if (record.AccountId) record.AccountId = String(client?.Id);
    salesforce.definition.load(salesforce, { records: own });
    const runs = await product.ended(codes);
    for (const code of codes) {
      should(runs.get(code)?.status).equal('done', runs.get(code)?.failure?.message);
      setUpDifferences(soundDeal(code, { account }), product.books).should.deepEqual([]);
    }
  });

  it('a deal that was saved earlier but committed late is found, in whatever order the deals appear', async () => {
    const { salesforce } = product.sandbox;
    const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString().replace(/\.\d+Z$/, '.000+0000');
    win('ON-TIME');
    await done('ON-TIME');
    salesforce.definition.load(salesforce, { records: recordsOf(soundDeal('LATE-8'), ago(8)) });
    salesforce.definition.load(salesforce, { records: recordsOf(soundDeal('LATE-2'), ago(2)) });
    salesforce.definition.load(salesforce, { records: recordsOf(soundDeal('LATE-5'), ago(5)) });
    await done('LATE-8', 'LATE-2', 'LATE-5');
  });

  it('and after all these days nothing is in any system twice, each deal had one run, the journal is whole', async () => {
    product.books.writtenTwice().should.deepEqual([]);
    const runs = await product.runs();
    new Set(runs.map((run) => run.event.subject)).size.should.equal(runs.length);
    (await product.harness.nodeRed.get<unknown[]>('/effects')).should.deepEqual([]);
    (await product.harness.nodeRed.get<{ whole: boolean }>('/journal/verification')).whole.should.be.true();
  });
});
