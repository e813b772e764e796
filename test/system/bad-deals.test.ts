import should from 'should';
import { SalesforceDesk } from '../../sandbox/salesforce/firm/salesforce-desk.ts';
import { badDeals } from './bad-deals.ts';
import { recordsOf, soundCounts, soundDeal } from './deal.ts';
import { until } from '../until.ts';
import { Product, type RunSeen } from './product.ts';
import { setUpDifferences } from './set-up-differences.ts';

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
    const deals = badDeals.map(({ deal }) => deal);
    for (const [index, deal] of sound.entries()) deals.splice(index * 7 + 3, 0, deal);
    salesforce.definition.load(salesforce, { records: deals.flatMap((deal) => recordsOf(deal)) });
    runs = await product.ended(deals.map((deal) => deal.code));
  });
  after(() => product?.end());

  for (const { what, deal, failure, written, told: words = /./ } of badDeals) {
    it(`a deal ${what} is parked with record, field, value and remedy, and sales is told`, async () => {
      const { run, effects } = await product.details(runs.get(deal.code));
      run.status.should.equal('dead');
      const told = run.failure!;
      told.should.containEql(failure);
      told.message.should.match(words);
      String(told.record).should.containEql(deal.code);
      String(told.remedy).length.should.be.above(10);
      const crm = product.books.deal(deal.code);
      should(crm['Integration_Status__c']).equal('Failed');
      String(crm['Integration_Message__c']).should.equal(`${told.message} ${told.remedy}`);
      const { projects, workspaces } = product.books.countsOf(deal.code);
      ({ projects, workspaces }).should.deepEqual({ projects: 0, workspaces: 0, ...written });
      // not even a customer: what the deal itself shows is found before the first write to any system
      if (failure.class === 'contract.invalid') effects.filter(({ system }) => system !== 'salesforce').should.deepEqual([]);
      effects.filter((effect) => effect.status === 'in-doubt' || effect.status === 'intended').should.deepEqual([]);
    });
  }

  it('leaves no trace of a name that is too long in the journals of ERP and PSA, and in that of the CRM the notice alone', () => {
    for (const code of ['BAD-NAME', 'BAD-CLIENT', 'BAD-SHARE', 'BAD-TASK-KEY', 'BAD-ALIKE']) {
      const { salesforce, netsuite, kantata } = product.sandbox;
      for (const { journal } of [netsuite, kantata])
        journal.entries.filter((line) => JSON.stringify(line).includes(code)).should.deepEqual([]);
      const { Id } = product.books.deal(code);
      const writes = salesforce.journal.entries.filter(({ id, outcome }) => id === Id && outcome === 'updated');
      writes.map(({ body }) => (body as { Integration_Status__c?: unknown }).Integration_Status__c).should.deepEqual(['Failed']);
    }
  });

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

  it('its old dead letter, replayed after that, is overtaken, and the CRM is told nothing that is no longer true', async () => {
    const old = runs.get('BAD-DATES') as RunSeen;
    const { entries } = product.sandbox.salesforce.journal;
    const told = () => entries.filter((line) => JSON.stringify(line).includes(String(product.books.deal('BAD-DATES')['Id']))).length;
    const [before, books] = [told(), product.books.deal('BAD-DATES')];
    (await product.post(`/dead-letters/${old.id}/replay`, { reason: 'left lying' })).status.should.equal(200);
    await until(
      async () => (await product.details(old)).run.status === 'cancelled',
      () => 'the old dead letter does not end',
    );
    const { run } = await product.details(old);
    run.failure!.should.containEql({ class: 'conflict.stale', code: 'OVERTAKEN' });
    run.failure!.message.should.match(/a newer one has been written/);
    told().should.equal(before);
    product.books.deal('BAD-DATES').should.deepEqual(books);
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

  it('a dead letter replayed with data that is wrong in another way is parked again, and says so', async () => {
    const dead = runs.get('BAD-AMOUNT') as RunSeen;
    const data = (await product.details(dead)).run.event.data;
    const wrong: { change: object; code: string; field: string }[] = [
      { change: { Amount: 'twelve thousand' }, code: 'SCHEMA_PATTERN', field: 'amount.amount' },
      { change: { Amount: 12000.5, Name: 'x'.repeat(256) }, code: 'SCHEMA_MAXLENGTH', field: 'name' },
      { change: { Amount: 12000.5, Contract_Start_Date__c: '2026-02-30' }, code: 'SCHEMA_FORMAT', field: 'contract.start' },
      { change: { Amount: 12000.5, CurrencyIsoCode: 'euro' }, code: 'SCHEMA_PATTERN', field: 'currency' },
    ];
    for (const { change, code, field } of wrong) {
      (await product.post(`/dead-letters/${dead.id}/replay`, { data: { ...data, ...change } })).status.should.equal(200);
      const again = await product.seen('BAD-AMOUNT', (run) => run.status === 'dead' && run.failure?.code === code);
      should(again.failure?.field).equal(field);
      should(product.books.deal('BAD-AMOUNT')['Integration_Status__c']).equal('Failed');
    }
    for (const nonsense of [null, 42, 'text', []]) {
      (await product.post(`/dead-letters/${dead.id}/replay`, { data: nonsense })).status.should.equal(200);
      await product.seen('BAD-AMOUNT', (run) => run.status === 'dead');
    }
    product.books.countsOf('BAD-AMOUNT').should.containEql({ projects: 0, workspaces: 0 });
  });

  it('amounts of three decimals stay exact to the last one', async () => {
    const dead = runs.get('BAD-CURRENCY') as RunSeen;
    const { netsuite } = product.sandbox;
    netsuite.definition.load(netsuite, {
      records: { currency: [{ externalId: 'KWD', name: 'Kuwaiti Dinar', symbol: 'KWD', currencyPrecision: 3, exchangeRate: 3 }] },
    });
    const text = JSON.stringify((await product.details(dead)).run.event.data)
      .replaceAll('"SEK"', '"KWD"')
      .replaceAll('12000.5', '12000.125');
    await product.post(`/dead-letters/${dead.id}/replay`, { data: JSON.parse(text), reason: 'signed in dinar' });
    await product.seen('BAD-CURRENCY', (run) => run.status === 'done');
    const phase = soundDeal('').phases.map((of) => ({ ...of, budget: 12000.125 }));
    const milestones = soundDeal('').milestones.map((of) => ({ ...of, amount: 12000.125 }));
    const deal = soundDeal('BAD-CURRENCY', { currency: 'KWD', amount: 12000.125, phases: phase, milestones });
    setUpDifferences(deal, product.books).should.deepEqual([]);
    should(product.books.erpBy('job', 'BAD-CURRENCY').fields['jobPrice']).equal(12000.125);
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
    product.books.erp('job').length.should.equal(sound.length + 4);
    product.books.psa('workspaces').length.should.equal(sound.length + 4);
  });
});
