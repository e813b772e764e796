import should from 'should';
import { recordsOf, soundCounts, soundDeal } from './deal.ts';
import { type Mishap, mishaps, type WriteKind, writeKinds } from './mishaps.ts';
import { Product, type RunSeen } from './product.ts';
import { setUpDifferences } from './set-up-differences.ts';

/** Every kind of write meets every kind of mishap, each pair on a deal of its own, all deals at once. */
describe('A mishap on any one write of a deal', function () {
  this.timeout(150_000);
  let product: Product;
  let runs: Map<string, RunSeen>;
  const codeOf = (kind: WriteKind, mishap: Mishap) => `W${writeKinds.indexOf(kind)}M${mishaps.indexOf(mishap)}`;
  // Kantata's tokens do not expire: one that is refused stays refused (see bad-days)
  const pairs = writeKinds.flatMap((kind) =>
    mishaps.filter(({ fault }) => !(kind.system === 'kantata' && fault.kind === 'expireToken')).map((mishap) => ({ kind, mishap })),
  );
  /** lists of references are sent to the PSA with commas between them */
  const hostileCode = (index: number) => `H,${index}é'`;
  const hostilePairs = writeKinds.flatMap((kind, index) =>
    kind.system === 'kantata' && kind.match(hostileCode(index)).bodyContains ? [{ kind, code: hostileCode(index) }] : [],
  );
  const dealOf = (code: string) => {
    const deal = soundDeal(code);
    return { ...deal, needs: deal.needs.map((need) => ({ ...need, skills: ['Java'] })) };
  };

  before(async () => {
    product = await Product.create({ flow: 'opportunity' });
    const { salesforce, kantata } = product.sandbox;
    kantata.definition.load(kantata, { roles: [{ id: '501', name: 'Consultant' }], skills: [{ id: '601', name: 'Java' }] });
    await product.harness.start();
    for (const { kind, mishap } of pairs) product.fault(kind.system, { ...mishap.fault, match: kind.match(codeOf(kind, mishap)) });
    for (const { kind, code } of hostilePairs) product.fault(kind.system, { kind: 'dropAfter', match: kind.match(code) });
    const deals = [...pairs.map(({ kind, mishap }) => codeOf(kind, mishap)), ...hostilePairs.map(({ code }) => code)].map(dealOf);
    const began = performance.now();
    salesforce.definition.load(salesforce, { records: deals.flatMap((deal) => recordsOf(deal)) });
    runs = await product.ended(
      deals.map((deal) => deal.code),
      120,
    );
    console.log(`      ${deals.length} deals, a mishap each, in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  });
  after(() => product?.end());

  it('really happens', () => {
    const unplayed = (['salesforce', 'netsuite', 'kantata'] as const).flatMap((system) => product.sandbox[system].faults.all());
    unplayed.filter((fault) => fault.times !== 0).should.deepEqual([]);
  });

  for (const kind of writeKinds) {
    it(`leaves the deal set up once and completely: ${kind.name}`, () => {
      for (const { mishap } of pairs.filter((pair) => pair.kind === kind)) {
        const code = codeOf(kind, mishap);
        const run = runs.get(code);
        should(run?.status).equal('done', `${mishap.name}: ${run?.failure?.message}`);
        should(product.books.deal(code)['Integration_Status__c']).equal('Provisioned', mishap.name);
        product.books.countsOf(code).should.deepEqual(soundCounts, mishap.name);
        setUpDifferences(dealOf(code), product.books).should.deepEqual([], mishap.name);
      }
    });
  }

  it('leaves the deal set up once and completely, even when its code holds a comma', () => {
    for (const { kind, code } of hostilePairs) {
      should(runs.get(code)?.status).equal('done', `${kind.name}: ${runs.get(code)?.failure?.message}`);
      product.books.countsOf(code).should.deepEqual(soundCounts, kind.name);
      setUpDifferences(dealOf(code), product.books).should.deepEqual([], kind.name);
    }
  });

  it('leaves nothing twice, nothing in doubt, no dead letter, and the journal whole', async () => {
    product.books.writtenTwice().should.deepEqual([]);
    (await product.harness.nodeRed.get<unknown[]>('/effects')).should.deepEqual([]);
    (await product.harness.nodeRed.get<unknown[]>('/dead-letters')).should.deepEqual([]);
    (await product.harness.nodeRed.get<{ whole: boolean }>('/journal/verification')).whole.should.be.true();
  });
});
