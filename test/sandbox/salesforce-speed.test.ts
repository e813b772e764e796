import should from 'should';
import { at, SalesforceClient } from './salesforce-client.ts';
import { cpuMs } from '../cpu-time.ts';

describe('The Salesforce sandbox with 100,000 records', () => {
  let org: SalesforceClient;
  before(async () => {
    org = await new SalesforceClient().start();
  });
  after(() => org.stop());
  beforeEach(() => org.reset());

  it('answers single-record calls without looking at all of them', async function () {
    this.timeout(60_000);
    const records = Array.from({ length: 100_000 }, (_each, n) => ({
      attributes: { type: 'Account' },
      Name: `Account ${n}`,
      Account_Code__c: `A-${n}`,
    }));
    org.sim.definition.load(org.sim, { records });
    // this process is both who asks and who answers
    const ms = await cpuMs(async () => {
      for (let n = 0; n < 50; n += 1) {
        should((await org.call('PATCH', `sobjects/Account/Account_Code__c/A-${n * 1999}`, { Phone: String(n) })).status).equal(200);
        should(at(await org.soql(`SELECT Phone FROM Account WHERE Account_Code__c = 'a-${n * 1999}'`), 'records.0.Phone')).equal(String(n));
      }
    }, 2_000);
    // a scan of 100,000 rows takes tens of milliseconds; an indexed call must stay far below
    should(ms / 100).be.below(20);
  });
});
