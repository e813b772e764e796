import should from 'should';
import { SalesforceDesk } from '../../sandbox/salesforce/firm/salesforce-desk.ts';
import { recordsOf, soundCounts, soundDeal } from './deal.ts';
import { Product } from './product.ts';

describe('A deal that is won again', function () {
  this.timeout(90_000);
  let product: Product;
  let desk: SalesforceDesk;
  const codes = ['RAISED', 'REPLANNED', 'SAME'];

  const wonAgain = async (code: string, changes: object) => {
    const before = (await product.runs(code))[0]!.id;
    const { Id } = product.books.deal(code) as { Id: string };
    await desk.update('Opportunity', Id, { StageName: 'Negotiation/Review', ...changes });
    await desk.update('Opportunity', Id, { StageName: 'Closed Won' });
    return product.seen(code, (run) => run.id !== before && ['done', 'dead'].includes(run.status));
  };
  const writes = () =>
    product.books.journals().filter(({ outcome, type }) => ['created', 'updated'].includes(outcome) && type !== 'Opportunity').length;

  before(async () => {
    product = await Product.create({ flow: 'opportunity' });
    const { salesforce, kantata } = product.sandbox;
    kantata.definition.load(kantata, { roles: [{ id: '501', name: 'Consultant' }] });
    await product.harness.start();
    desk = new SalesforceDesk(product.sandbox.access.salesforce);
    salesforce.definition.load(salesforce, {
      records: codes.flatMap((code) => recordsOf(soundDeal(code, { billing: 'Time and Materials', milestones: [] }))),
    });
    await product.ended(codes);
    for (const code of codes) should(product.books.deal(code)['Integration_Status__c']).equal('Provisioned');
  });
  after(() => product?.end());

  it('for another amount is a dead letter that names the difference, and sales is not told that it is set up', async () => {
    const before = writes();
    const run = await wonAgain('RAISED', { Amount: 22000.5 });
    should(run.status).equal('dead');
    should(run.failure).containEql({ class: 'business.rejected', code: 'RECORD_DIFFERS', record: 'project RAISED', value: '12000.50 EUR' });
    should(run.failure!.message).match(/"12000\.50 EUR".*"22000\.50 EUR"/);
    writes().should.equal(before);
    const crm = product.books.deal('RAISED');
    should(crm['Integration_Status__c']).equal('Failed');
    should(crm['Integration_Message__c']).equal(`${run.failure!.message} ${run.failure!.remedy}`);
  });

  it('with another end is not called provisioned: sales hears what differs, in each system', async () => {
    const run = await wonAgain('REPLANNED', { Contract_End_Date__c: '2027-04-30' });
    should(run.status).equal('done');
    const crm = product.books.deal('REPLANNED');
    should(crm['Integration_Status__c']).equal('Pending');
    String(crm['Integration_Message__c']).should.match(
      /REPLANNED.*projectedEndDate.*"2027-03-31".*"2027-04-30".*due_date.*"2027-03-31".*"2027-04-30"/,
    );
    product.books.countsOf('REPLANNED').should.deepEqual({ ...soundCounts, schedules: 0, stories: 2 });
  });

  it('as it was is set up, as it was', async () => {
    const before = writes();
    should((await wonAgain('SAME', {})).status).equal('done');
    should(product.books.deal('SAME')['Integration_Status__c']).equal('Provisioned');
    writes().should.equal(before);
  });
});
