import should from 'should';
import { recordsOf, soundDeal } from './deal.ts';
import { Product } from './product.ts';

describe('Sales is told what has failed though Salesforce is away at that moment', function () {
  this.timeout(90_000);
  let product: Product;
  const [phase] = soundDeal('X').phases;
  // nobody but the ERP knows that there is no such legal entity: a Catch node hands it to the node that tells sales
  const refused = (code: string) => recordsOf(soundDeal(code, { legalEntity: 'FR01', phases: [{ ...phase!, legalEntity: 'FR01' }] }));
  const [later, never] = [refused('LATER'), refused('NEVER')];
  const away = (deal: readonly object[], times: number) =>
    product.fault('salesforce', {
      ...{ kind: 'status', status: 503, times, body: 'no healthy upstream' },
      match: { method: 'PATCH', path: `/sobjects/Opportunity/${idOf(deal)}` },
    });
  const idOf = (deal: readonly object[]) => {
    const of = deal as readonly { attributes: { type: string }; Id?: string }[];
    return of.find(({ attributes }) => attributes.type === 'Opportunity')!.Id!;
  };
  const attempts = 4;

  before(async () => {
    product = await Product.create({ flow: 'opportunity', maxAttempts: attempts });
    const { salesforce, kantata } = product.sandbox;
    kantata.definition.load(kantata, { roles: [{ id: '501', name: 'Consultant' }] });
    await product.harness.start();
    away(later, 2);
    away(never, -1);
    salesforce.definition.load(salesforce, { records: [...later, ...never] });
  });
  after(() => product?.end());

  const ended = async (code: string) => product.details((await product.ended([code])).get(code));

  it('the run is delivered again until sales knows, and then is for a person, as what failed first', async () => {
    const { run } = await ended('LATER');
    run.should.have.properties({ status: 'dead', attempts: 3 });
    run.failure!.code.should.equal('LEGAL_ENTITY_UNKNOWN');
    const deal = product.books.deal('LATER');
    should(deal['Integration_Status__c']).equal('Failed');
    String(deal['Integration_Message__c']).should.match(/FR01/);
  });

  it('a person does not wait for ever: after the last attempt the run is a dead letter that says what failed first', async () => {
    const { run, attempts: failed } = await ended('NEVER');
    run.should.have.properties({ status: 'dead', attempts });
    run.failure!.code.should.equal('LEGAL_ENTITY_UNKNOWN');
    should(product.books.deal('NEVER')['Integration_Status__c']).not.equal('Failed');
    // why sales was not told can be read, too
    failed.map(({ failure }) => failure.code).should.containEql('HTTP_503');
  });
});
