import should from 'should';
import { recordsOf } from './deal.ts';
import { Product, type RunSeen } from './product.ts';
import { setUpDifferences } from './set-up-differences.ts';
import { currencyDeals, hostileDeals, hugeDeal, threeEntityDeal } from './unusual-deals.ts';

describe('Unusual deals arrive complete, every field in ERP and PSA as it was sold', function () {
  this.timeout(120_000);
  let product: Product;
  let runs: Map<string, RunSeen>;
  const multi = threeEntityDeal();
  const huge = hugeDeal();

  before(async () => {
    product = await Product.create({ flow: 'opportunity' });
    const { salesforce, kantata, netsuite } = product.sandbox;
    kantata.definition.load(kantata, {
      roles: [
        { id: '501', name: 'Consultant' },
        { id: '502', name: 'Architect' },
      ],
      skills: ['SAP', 'Security', 'Java'].map((name, at) => ({ id: String(601 + at), name })),
    });
    netsuite.definition.load(netsuite, {
      records: { currency: [{ externalId: 'KWD', name: 'Kuwaiti Dinar', symbol: 'KWD', currencyPrecision: 3, exchangeRate: 3 }] },
    });
    await product.harness.start();
    const deals = [huge, ...hostileDeals.map(({ deal }) => deal), multi, ...currencyDeals.map(({ deal }) => deal)];
    salesforce.definition.load(salesforce, { records: deals.flatMap((deal) => recordsOf(deal)) });
    runs = await product.ended(deals.map((deal) => deal.code));
  });
  after(() => product?.end());

  const arrives = (code: string) => {
    const run = runs.get(code);
    should(run?.status).equal('done', run?.failure?.message ?? '');
    should(product.books.deal(code)['Integration_Status__c']).equal('Provisioned');
  };

  for (const { what, deal } of hostileDeals) {
    it(`a deal with ${what}`, () => {
      arrives(deal.code);
      setUpDifferences(deal, product.books).should.deepEqual([]);
    });
  }
  for (const { what, deal } of currencyDeals) {
    it(`a deal ${what}`, () => {
      arrives(deal.code);
      setUpDifferences(deal, product.books).should.deepEqual([]);
    });
  }
  it('a deal of 30 phases with 20 tasks each', () => {
    arrives(huge.code);
    setUpDifferences(huge, product.books).should.deepEqual([]);
  });
  it('a deal that three legal entities in three countries deliver in three currencies', () => {
    arrives(multi.code);
    setUpDifferences(multi, product.books).should.deepEqual([]);
  });
  it('and nothing is in any system twice', () => product.books.writtenTwice().should.deepEqual([]));
});
