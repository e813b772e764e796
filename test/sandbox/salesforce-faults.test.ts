import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import should from 'should';
import { salesforce } from '../../sandbox/salesforce/definition.ts';
import { Simulator } from '../../sandbox/simulator.ts';
import { at, SalesforceClient } from './salesforce-client.ts';

describe('The Salesforce sandbox on the wire: limits and faults', () => {
  let org: SalesforceClient;
  before(async () => {
    org = await new SalesforceClient().start();
  });
  after(() => org.stop());
  beforeEach(() => org.reset());

  it('a spent daily allocation refuses every call', async () => {
    const load = JSON.stringify({ limits: { DailyApiRequests: { Max: 10, Remaining: 1 } } });
    await fetch(`${org.sim.url}/__sandbox/load`, { method: 'POST', body: load });
    should((await org.call('GET', 'limits')).headers.get('sforce-limit-info')).equal('api-usage=10/10');
    const { status, body } = await org.call('GET', 'limits');
    should(status).equal(403);
    should(body).eql([{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }]);
  });

  it('an answer lost after the write leaves one record, marked in the journal', async () => {
    org.sim.faults.add({ kind: 'dropAfter', match: { method: 'PATCH' } });
    const write = () => org.call('PATCH', 'sobjects/Account/Account_Code__c/ACME', { Name: 'Acme' });
    await write().should.be.rejected();
    should((await write()).status).equal(200);
    org.sim.journal.entries
      .map(({ outcome, answerLost }) => [outcome, answerLost])
      .should.eql([
        ['created', true],
        ['updated', undefined],
      ]);
  });

  it('a refused record can have the fault’s own error, in a collection too', async () => {
    const body = [{ errorCode: 'UNABLE_TO_LOCK_ROW', message: 'unable to obtain exclusive access to this record', fields: [] }];
    org.sim.faults.add({ kind: 'refuseRecord', match: { bodyContains: 'Two' }, body });
    const records = ['One', 'Two'].map((Name) => ({ attributes: { type: 'Account' }, Name }));
    const rows = (await org.call('POST', 'composite/sobjects', { records })).body;
    should(at(rows, '1.errors.0.statusCode')).equal('UNABLE_TO_LOCK_ROW');
  });

  it('loaded records keep their ids and dates, and survive a restart with the credentials', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'salesforce-'));
    try {
      const first = await new Simulator(salesforce, { port: 0, dir }).start();
      const id = '0015g000000000AAAQ';
      first.definition.load(first, {
        records: [{ attributes: { type: 'Account' }, Id: id, Name: 'Old', Account_Code__c: 'OLD', SystemModstamp: '2026-01-02T03:04:05Z' }],
      });
      const key = salesforce.credentials(first)['privateKey'];
      await first.stop();
      const second = await new Simulator(salesforce, { port: 0, dir }).start();
      should(salesforce.credentials(second)['privateKey']).equal(key);
      should(second.state.records['Account']![id]).containEql({ Name: 'Old', SystemModstamp: '2026-01-02T03:04:05.000+0000' });
      await second.stop();
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
