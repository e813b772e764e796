import 'should';
import { NetSuiteAccount, smallFirm, timeEntry } from './netsuite-account.ts';
import { cpuMs } from '../cpu-time.ts';

describe('NetSuite simulator with 100,000 time entries', function () {
  this.timeout(60_000);
  let account: NetSuiteAccount;
  before(async () => {
    account = await new NetSuiteAccount().open();
    account.load(smallFirm);
    const timeBill = Array.from({ length: 100_000 }, (_entry, n) => timeEntry({ externalId: `TE-${n}` }));
    account.load({ records: { timeBill } });
  });
  after(() => account.sim.stop());

  /** This process is both who asks and who answers. */
  const averageMs = async (times: number, most: number, call: (n: number) => Promise<{ status: number }>): Promise<number> => {
    const callAll = async () => {
      for (let n = 0; n < times; n++) [200, 204].should.containEql((await call(n)).status);
    };
    return (await cpuMs(callAll, most * times)) / times;
  };

  it('answers single upserts, reads and look-ups by external id without looking at all of them', async () => {
    const upsert = await averageMs(100, 40, (n) => account.record('PUT', `timeBill/eid:NEW-${n}`, timeEntry()));
    const read = await averageMs(100, 40, (n) => account.record('GET', `timeBill/eid:TE-${n * 999}`));
    const keys = Array.from({ length: 200 }, (_key, n) => `'TE-${n * 7}'`).join(',');
    const lookUp = await averageMs(20, 40, () => account.query(`SELECT id, externalid FROM timebill WHERE externalid IN (${keys})`));
    // a scan of this table takes over 100 ms here
    Math.max(upsert, read, lookUp).should.be.below(40);
  });

  it('answers a query over all of them within a second or two', async () => {
    const all = await averageMs(1, 5_000, () =>
      account.query(
        `SELECT employee, SUM(hours) AS hours FROM timebill WHERE trandate >= TO_DATE('2026-10-01','YYYY-MM-DD') GROUP BY employee`,
      ),
    );
    all.should.be.below(5_000);
  });
});
