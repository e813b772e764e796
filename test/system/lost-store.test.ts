import { rmSync } from 'node:fs';
import { join } from 'node:path';
import should from 'should';
import { recordsOf, soundCounts, soundDeal } from './deal.ts';
import { Product } from './product.ts';
import { setUpDifferences } from './set-up-differences.ts';
import { loadTimeFirm, psaId } from './time-firm.ts';

/** The disk with the store is gone, and so is every memory of what was done. The systems themselves still know it. */
describe('A store that is lost', function () {
  this.timeout(60_000);
  let product: Product;
  const deals = ['LOST-1', 'LOST-2', 'LOST-3'].map((code) => soundDeal(code));
  const next = soundDeal('LOST-NEXT');
  const entries = Array.from({ length: 25 }, (_, at) => ({
    id: psaId.entry(String(at)),
    workspace_id: psaId.workspace('1'),
    story_id: psaId.story('1'),
    user_id: psaId.user('1'),
    date_performed: '2026-11-19',
    time_in_minutes: 15 * (at + 1),
    rate_in_cents: 15000,
    currency: 'EUR',
    billable: true,
    approved: true,
  }));
  const keys = entries.map(({ id }) => `kantata:${id}`);
  const subjects = [...deals.map(({ code }) => code), ...keys];
  let created: number;

  before(async () => {
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    product = await Product.create({ flow: 'both', change: (node) => ('since' in node ? { ...node, since: yesterday } : node) });
    const { salesforce, kantata } = product.sandbox;
    loadTimeFirm(product.sandbox, {
      users: ['1'],
      workspaces: ['1'],
      stories: new Map([['1', '1']]),
      currency: 'EUR',
      legalEntity: 'DE01',
    });
    kantata.definition.load(kantata, { roles: [{ id: '501', name: 'Consultant' }], time_entries: entries });
    salesforce.definition.load(salesforce, { records: deals.flatMap((deal) => recordsOf(deal)) });
    await product.harness.start();
    await product.ended(subjects);
    created = product.books.journals().filter(({ outcome }) => outcome === 'created').length;
    await product.harness.nodeRed.stop();
    rmSync(join(product.harness.nodeRed.userDir, 'ps-connect'), { recursive: true });
    salesforce.definition.load(salesforce, { records: recordsOf(next) });
    await product.harness.start();
    await product.ended([...subjects, next.code]);
  });
  after(() => product?.end());

  it('is made anew, and everything since the start date is read again', async () => {
    const runs = await product.runs();
    runs.length.should.equal(subjects.length + 1);
    for (const run of runs) should(run.status).equal('done', `${run.event.subject}: ${run.failure?.message}`);
  });

  it('makes nothing twice: every record is found where it is', async () => {
    product.books.writtenTwice().should.deepEqual([]);
    for (const deal of deals) {
      product.books.countsOf(deal.code).should.deepEqual(soundCounts);
      setUpDifferences(deal, product.books).should.deepEqual([]);
      const [run] = await product.runs(deal.code);
      const { effects } = await product.details(run);
      effects
        .filter((effect) => !effect.found)
        .map((effect) => effect.business)
        .should.deepEqual([]);
    }
    product.books
      .erp('timeBill')
      .map(({ externalId }) => externalId)
      .sort()
      .should.deepEqual([...keys].sort());
  });

  it('and what happened meanwhile is set up as ever', () => {
    setUpDifferences(next, product.books).should.deepEqual([]);
    const now = product.books.journals().filter(({ outcome }) => outcome === 'created').length;
    // customer, schedule, project, 2 tasks; workspace, 3 stories, placeholder, allocation, request
    (now - created).should.be.aboveOrEqual(12);
  });
});
