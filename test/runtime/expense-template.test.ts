import should from 'should';
import { readFileSync } from 'node:fs';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { connectionEnvironment } from '../../scripts/start/environment.ts';
import { expenseId, loadExpenses } from '../system/expense-rows.ts';
import { loadTimeFirm } from '../system/time-firm.ts';
import { day } from '../system/time-rows.ts';
import { type FlowNode, LiveNodeRed } from './live-node-red.ts';

describe('The template flow "Approved expenses to ERP"', function () {
  this.timeout(120_000);
  let sandbox: Sandbox;
  let live: LiveNodeRed;

  before(async () => {
    sandbox = await startSandbox({ basePort: 0, empty: true });
    loadTimeFirm(sandbox, { users: ['1'], workspaces: ['1'], stories: new Map([['1', '1']]), currency: 'EUR', legalEntity: 'DE01' });
    live = await LiveNodeRed.start({ environment: connectionEnvironment(sandbox.access) });
    const flow = JSON.parse(readFileSync(new URL('../../flows/approved-expenses-to-erp.json', import.meta.url), 'utf8')) as FlowNode[];
    await live.deploy(
      flow.map((one) => ({
        ...one,
        ...(one.type === 'psa-expense-in' ? { since: '2020-01-01', intervalSeconds: 0.3 } : {}),
        ...(one.type === 'erp-post-expense' ? { batchSeconds: 0.2 } : {}),
      })),
    );
  });
  after(async () => {
    await live?.end();
    await sandbox?.stop();
  });

  const posted = () =>
    sandbox.netsuite.journal.entries.filter(({ type, outcome }) => type === 'expenseReport' && outcome === 'created').map(({ key }) => key);
  const keyOf = (number: number) => `kantata:expense-${expenseId(number)}`;

  it('posts each expense once, though the answers of two are lost; one without a rate of its day is parked, and posted when there is one', async () => {
    sandbox.netsuite.faults.add({ kind: 'dropAfter', times: 2, match: { method: 'POST', path: '/record/v1/expenseReport' } });
    loadExpenses(sandbox, [1, 2, 3]);
    loadExpenses(sandbox, [4], { currency: 'GBP' });
    for (const number of [1, 2, 3]) (await live.ended(keyOf(number))).should.have.properties({ status: 'done' });
    const waits = await live.ended(keyOf(4));
    should(waits).match({ status: 'dead', failure: { code: 'EXCHANGE_RATE_MISSING', field: 'amount.currency', value: 'GBP' } });
    posted()
      .sort()
      .should.deepEqual([1, 2, 3].map((number) => `kantata___expense-${expenseId(number)}`));
    sandbox.netsuite.definition.load(sandbox.netsuite, {
      records: {
        currencyRate: [
          { baseCurrency: { externalId: 'EUR' }, transactionCurrency: { externalId: 'GBP' }, exchangeRate: 1.17, effectiveDate: day(6) },
        ],
      },
    });
    const replay = { method: 'POST', body: { runs: [waits.id], reason: 'the rate is there' } };
    (await live.call('/ps-connect/api/v1/replays', replay)).status.should.be.below(300);
    await live.until(async () => (await live.ended(keyOf(4))).status === 'done', 'it is posted');
    posted().should.have.length(4);
  });
});
