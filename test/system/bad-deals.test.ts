import should from 'should';
import { badDeals } from './bad-deals.ts';
import { recordsOf, soundCounts, soundDeal } from './deal.ts';
import { Product, type RunSeen } from './product.ts';
import { SalesforceDesk } from '../../sandbox/firm/salesforce-desk.ts';

describe('Deals that sales got wrong', function () {
  this.timeout(90_000);
  let product: Product;
  let runs: Map<string, RunSeen>;
  const sound = ['GOOD-1', 'GOOD-2', 'GOOD-3'].map((code) => soundDeal(code));

  before(async () => {
    product = await Product.create({ flow: 'opportunity' });
    const { salesforce, kantata } = product.sandbox;
    kantata.definition.load(kantata, { roles: [{ id: '501', name: 'Consultant' }] });
    await product.harness.start();
    // the good ones in between, so that each bad one stands before a good one
    const deals = [...badDeals.map(({ deal }) => deal)];
    sound.forEach((deal, index) => deals.splice(index * 7 + 3, 0, deal));
    salesforce.definition.load(salesforce, { records: deals.flatMap((deal) => recordsOf(deal)) });
    runs = await product.ended(deals.map((deal) => deal.code));
  });
  after(() => product?.end());

  for (const { what, deal, failure, written } of badDeals) {
    it(`a deal ${what} is parked with record, field, value and remedy, and sales is told`, async () => {
      const { run, effects } = await product.details(runs.get(deal.code));
      run.status.should.equal('dead');
      const told = run.failure!;
      told.should.containEql(failure);
      String(told.record).should.containEql(deal.code);
      String(told.remedy).length.should.be.above(10);
      const crm = product.books.deal(deal.code);
      should(crm['Integration_Status__c']).equal('Failed');
      String(crm['Integration_Message__c']).should.equal(`${told.message} ${told.remedy}`);
      const { projects, workspaces } = product.books.countsOf(deal.code);
      ({ projects, workspaces }).should.deepEqual({ projects: 0, workspaces: 0, ...written });
      effects.filter((effect) => effect.status === 'in-doubt' || effect.status === 'intended').should.deepEqual([]);
    });
  }

  it('names every missing field at once, not one after the other', async () => {
    const { run } = await product.details(runs.get('BAD-DATES'));
    run.failure!.issues!.map((issue) => issue.field).should.deepEqual(['contract.start', 'contract.end']);
  });

  it('sound deals beside them are set up completely', () => {
    for (const { code } of sound) {
      should(runs.get(code)?.status).equal('done');
      should(product.books.deal(code)['Integration_Status__c']).equal('Provisioned');
      product.books.countsOf(code).should.deepEqual(soundCounts);
    }
  });

  it('a deal corrected in the CRM and won again is set up by the new event', async () => {
    const desk = new SalesforceDesk(product.sandbox.access.salesforce);
    const { Id } = product.books.deal('BAD-DATES') as { Id: string };
    await desk.update('Opportunity', Id, {
      StageName: 'Negotiation/Review',
      Contract_Start_Date__c: '2026-12-01',
      Contract_End_Date__c: '2027-03-31',
    });
    await desk.update('Opportunity', Id, { StageName: 'Closed Won' });
    const done = await product.seen('BAD-DATES', (run) => run.status === 'done');
    done.id.should.not.equal(runs.get('BAD-DATES')?.id);
    should(product.books.deal('BAD-DATES')['Integration_Status__c']).equal('Provisioned');
    product.books.countsOf('BAD-DATES').should.deepEqual(soundCounts);
  });

  it('a dead letter replayed with corrected event data ends done', async () => {
    const dead = runs.get('BAD-SUM') as RunSeen;
    const { run } = await product.details(dead);
    const data = structuredClone(run.event.data) as { Engagement_Milestones__r: { Amount__c: number }[] };
    data.Engagement_Milestones__r[0]!.Amount__c = 12000.5;
    const answer = await product.post(`/dead-letters/${dead.id}/replay`, { data, reason: 'sales confirmed the missing cent' });
    answer.status.should.equal(200);
    const done = await product.seen('BAD-SUM', (seen) => seen.status === 'done');
    done.id.should.equal(dead.id);
    should(product.books.deal('BAD-SUM')['Integration_Status__c']).equal('Provisioned');
    product.books.countsOf('BAD-SUM').should.deepEqual(soundCounts);
    const { journal } = await product.details(done);
    const act = journal.find((line) => line.action === 'run.replayed');
    should(act?.detail).deepEqual({ reason: 'sales confirmed the missing cent', edited: true });
  });

  it('a dead letter whose cause was removed in the PSA goes on where it stopped', async () => {
    const { kantata } = product.sandbox;
    kantata.definition.load(kantata, { roles: [{ id: '502', name: 'Sorcerer' }] });
    const answer = await product.post('/replays', { search: 'BAD-ROLE', reason: 'the role exists now' });
    answer.body.should.containEql({ replayed: 1 });
    await product.seen('BAD-ROLE', (run) => run.status === 'done');
    product.books.countsOf('BAD-ROLE').should.deepEqual(soundCounts);
  });

  it('and after all of it nothing is in any system twice', () => {
    product.books.writtenTwice().should.deepEqual([]);
    product.books.erp('job').length.should.equal(sound.length + 3);
    product.books.psa('workspaces').length.should.equal(sound.length + 3);
  });
});
