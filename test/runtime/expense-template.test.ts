import should from 'should';
import { readFileSync } from 'node:fs';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { connectionEnvironment } from '../../scripts/start/environment.ts';
import { expenseId, loadExpenses } from '../system/expense-rows.ts';
import { loadTimeFirm } from '../system/time-firm.ts';
import { day } from '../system/time-rows.ts';
import { type FlowNode, LiveNodeRed } from './live-node-red.ts';
import { OtlpCollector } from './otlp-collector.ts';

describe('The template flow "Approved expenses to ERP"', function () {
  this.timeout(120_000);
  let sandbox: Sandbox;
  let live: LiveNodeRed;
  const collector = new OtlpCollector();
  const flow = (): FlowNode[] =>
    (JSON.parse(readFileSync(new URL('../../flows/approved-expenses-to-erp.json', import.meta.url), 'utf8')) as FlowNode[]).map((one) => ({
      ...one,
      ...(one.type === 'psa-expense-in' ? { since: '2020-01-01', intervalSeconds: 0.3 } : {}),
      ...(one.type === 'erp-post-expense' ? { batchSeconds: 0.2 } : {}),
    }));

  before(async () => {
    sandbox = await startSandbox({ basePort: 0, empty: true });
    loadTimeFirm(sandbox, { users: ['1'], workspaces: ['1'], stories: new Map([['1', '1']]), currency: 'EUR', legalEntity: 'DE01' });
    const traces = { OTEL_EXPORTER_OTLP_ENDPOINT: await collector.start(), OTEL_BSP_SCHEDULE_DELAY: '100' };
    live = await LiveNodeRed.start({ environment: { ...connectionEnvironment(sandbox.access), ...traces } });
    await live.deploy(flow());
  });
  after(async () => {
    await live?.end();
    await sandbox?.stop();
    collector.stop();
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

  it('is told as spans, each batch with a link to each run in it', async () => {
    const { spans } = collector;
    const batches = () => spans.filter((span) => collector.attribute(span, 'messaging.batch.message_count') !== undefined);
    const linked = () => new Set(batches().flatMap(({ links }) => links?.map(({ spanId }) => spanId) ?? []));
    const written = () =>
      spans.filter((span) => span.name === 'write netsuite' && span.status.code !== 2).map(({ parentSpanId }) => String(parentSpanId));
    await live.until(() => new Set(written()).size >= 2 && written().every((id) => linked().has(id)), 'all batches are told');
    for (const batch of batches()) should(collector.attribute(batch, 'messaging.batch.message_count')).equal(String(batch.links!.length));
    spans.some(({ name, links }) => name.startsWith('deliver ') && links?.length === 1).should.be.true(); // that of the replay
    collector.refused.should.be.empty();
  });

  it('leads from each write to the record in the ERP, where the connection is one to an account of the vendor’s', async () => {
    const linksOf = async (number: number) => {
      const { id } = await live.ended(keyOf(number));
      return (await live.get<{ effects: { link?: string; result: { id: string } }[] }>(`/runs/${id}`)).effects;
    };
    for (const { link } of await linksOf(1)) should(link).be.undefined();
    await live.deploy(
      flow().map((one) =>
        one['system'] === 'netsuite' ? { ...one, netsuiteEnvironment: '', netsuiteAccountId: '1234567_SB1', netsuiteBaseUrl: '' } : one,
      ),
    );
    const effects = await linksOf(1);
    effects.length.should.be.above(0);
    for (const { link, result } of effects)
      should(link).equal(`https://1234567-sb1.app.netsuite.com/app/accounting/transactions/transaction.nl?id=${result.id}`);
  });
});
