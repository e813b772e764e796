import 'should';
import { type Answer, NetSuiteAccount, refusal, smallFirm, timeEntry } from './netsuite-account.ts';

describe('NetSuite simulator: asynchronous requests', () => {
  let account: NetSuiteAccount;
  beforeEach(async () => {
    account = await new NetSuiteAccount().open();
    account.load(smallFirm);
  });
  afterEach(() => account.sim.stop());

  const collection = 'application/vnd.oracle.resource+json; type=collection';
  const respondAsync = { prefer: 'respond-async' };

  /** Polls a job until it is complete; the runner's own time limit ends a job that never is. */
  async function completed(job: string): Promise<Answer> {
    for (;;) {
      const answer = await account.call('GET', job);
      if (answer.body.completed) return answer;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  const jobOf = (accepted: Answer) => (accepted.headers.get('location') ?? '').replace('/services/rest', '');

  it('accepts a request with 202 and the address of a job, whose result replays the answer', async () => {
    account.load({ asyncDelayMs: 3_600_000 });
    const put = await account.record('PUT', 'timeBill/eid:TE-0', timeEntry(), respondAsync);
    (await account.call('GET', jobOf(put))).body.should.have.properties({ completed: false, progress: 'pending' });
    account.load({ asyncDelayMs: 0 });
    const accepted = await account.record('PUT', 'timeBill/eid:TE-1', timeEntry(), respondAsync);
    accepted.status.should.equal(202);
    accepted.headers.get('preference-applied')?.should.equal('respond-async');
    accepted.headers.get('location')?.should.match(/^\/services\/rest\/async\/v1\/job\/\d+$/);
    const job = jobOf(accepted);
    (await completed(job)).body.progress.should.equal('succeeded');
    const task = (await account.call('GET', `${job}/task/1`)).body;
    task.links.map((link: { rel: string }) => link.rel).should.deepEqual(['self', 'related']);
    const result = await account.call('GET', `${job}/task/1/result`);
    result.status.should.equal(204);
    result.headers.get('location')?.should.endWith('/timeBill/1');
  });

  it('replays a refusal as the result of its task', async () => {
    const job = jobOf(await account.record('POST', 'timeBill', timeEntry({ hours: null }), respondAsync));
    (await completed(job)).body.progress.should.equal('failed');
    const result = await account.call('GET', `${job}/task/1/result`);
    refusal(result).should.have.properties({ status: 400, code: 'USER_ERROR' });
  });

  it('does the work of an idempotency key once and points a repeat to the first job', async () => {
    const headers = { ...respondAsync, 'X-NetSuite-idempotency-key': '7d0a2f5e-0d1c-4f6b-9f0e-1f3f3f6a9b10' };
    const first = await account.record('POST', 'timeBill', timeEntry(), headers);
    const repeat = await account.record('POST', 'timeBill', timeEntry(), headers);
    repeat.status.should.equal(400);
    repeat.body.title.should.equal('Conflict');
    refusal(repeat).code.should.equal('IDEMPOTENCY_ERROR');
    repeat.headers.get('location')?.should.equal(first.headers.get('location'));
    await completed(jobOf(first));
    account.sim.journal.entries.filter(({ outcome }) => outcome === 'created').length.should.equal(1);
  });

  it('ignores an idempotency key on a synchronous request', async () => {
    const headers = { 'X-NetSuite-idempotency-key': 'same' };
    for (let n = 0; n < 2; n++) (await account.record('POST', 'timeBill', timeEntry(), headers)).status.should.equal(204);
    account.sim.journal.entries.length.should.equal(2);
  });

  it('takes a batch as one task per record: one bad line does not stop the others', async () => {
    const items = ['TE-1', 'TE-2', 'TE-3'].map((externalId) => timeEntry({ externalId, ...(externalId === 'TE-2' ? { item: '77' } : {}) }));
    const accepted = await account.record('PUT', 'timeBill', { items }, { ...respondAsync, 'content-type': collection });
    const job = jobOf(accepted);
    (await completed(job)).body.progress.should.equal('failed');
    (await account.call('GET', `${job}/task`)).body.totalResults.should.equal(3);
    const statuses = await Promise.all(
      ['1', '2', '3'].map(async (task) => (await account.call('GET', `${job}/task/${task}/result`)).status),
    );
    statuses.should.deepEqual([204, 400, 204]);
    account.sim.journal.entries
      .map(({ outcome, key }) => `${outcome} ${key}`)
      .should.deepEqual(['created TE-1', 'refused TE-2', 'created TE-3']);
    const changes = {
      items: [
        { externalId: 'TE-1', memo: 'a' },
        { id: '2', memo: 'b' },
      ],
    };
    const patched = jobOf(await account.record('PATCH', 'timeBill', changes, { ...respondAsync, 'content-type': collection }));
    (await completed(patched)).body.progress.should.equal('succeeded');
    (await account.rows(`SELECT memo FROM timebill WHERE externalid = 'TE-1'`)).should.deepEqual([{ memo: 'a' }]);
  });

  it('takes at most 100 records in a batch, and batches only asynchronously', async () => {
    const items = Array.from({ length: 101 }, () => timeEntry());
    refusal(await account.record('POST', 'timeBill', { items }, { ...respondAsync, 'content-type': collection })).code.should.equal(
      'INVALID_CONTENT',
    );
    (await account.record('POST', 'timeBill', { items: items.slice(1) }, { 'content-type': collection })).status.should.equal(400);
    account.sim.journal.entries.should.be.empty();
  });
});
