import should from 'should';
import { money } from '../../model/money.ts';
import { anewWithProjects, factsOf, linesOf, type NetSuiteSandbox, timeEntry, told } from './netsuite-sandbox.ts';

const signal = () => new AbortController().signal;

describe('NetSuite posted time: its rate', () => {
  let box: NetSuiteSandbox;
  const written = () => box.appliedByKey().filter((line) => line.startsWith('timeBill'));
  anewWithProjects((sandbox) => (box = sandbox));

  const priced = () => {
    const items = box.sim.state.records['serviceSaleItem'] ?? {};
    for (const item of Object.values(items)) item.fields['rate'] = 180;
  };
  const billed = async () => (await factsOf(box.erp, '2026-03-01', '2026-03-31')).map(({ amount }) => amount?.amount);

  it('is billed at zero when its rate is zero, not at the list price of the ERP', async () => {
    priced();
    const free = { rate: money(0, 'EUR'), amount: money(0, 'EUR') };
    told(await box.erp.operations['time.post'](linesOf([timeEntry(1, free)]), signal())).should.deepEqual(['ok']);
    box.body('timeBill', 'kantata:1').should.containEql({ rate: 0 });
    (await billed()).should.deepEqual(['0.00']);
  });

  it('is corrected from a rate to zero and back: each is a change', async () => {
    priced();
    for (const [rate, amount] of [
      ['160.00', '1200.00'],
      ['0.00', '0.00'],
      ['160.00', '1200.00'],
    ] as const) {
      told(
        await box.another().operations['time.post'](linesOf([timeEntry(1, { rate: { amount: rate, currency: 'EUR' } })]), signal()),
      ).should.deepEqual(['ok']);
      (await billed()).should.deepEqual([amount]);
    }
    written().should.have.length(3);
  });

  it('loses the rate of an earlier version when the rate was cleared', async () => {
    told(await box.erp.operations['time.post'](linesOf([timeEntry(1, { billable: false })]), signal())).should.deepEqual(['ok']);
    const cleared = timeEntry(1, { billable: false, rate: undefined });
    told(await box.another().operations['time.post'](linesOf([cleared]), signal())).should.deepEqual(['ok']);
    const [fact] = await factsOf(box.erp, '2026-03-01', '2026-03-31');
    should(fact).containEql({ rate: null, amount: null });
    told(await box.another().operations['time.post'](linesOf([cleared]), signal())).should.deepEqual(['ok']);
    written().should.have.length(2);
  });

  it('is zero in the currency of any project', async () => {
    told(await box.erp.operations['time.post'](linesOf([timeEntry(1, { rate: money(0, 'GBP') })]), signal())).should.deepEqual(['ok']);
  });

  it('keeps every decimal of a rate, and bills the time rounded once', async () => {
    const odd = timeEntry(1, { rate: { amount: '133.3333', currency: 'EUR' } });
    told(await box.erp.operations['time.post'](linesOf([odd]), signal())).should.deepEqual(['ok']);
    box.body('timeBill', 'kantata:1').should.containEql({ rate: 133.3333 });
    const [fact] = await factsOf(box.erp, '2026-03-01', '2026-03-31');
    should(fact).containEql({ rate: { amount: '133.3333', currency: 'EUR' }, amount: { amount: '1000.00', currency: 'EUR' } });
    told(await box.another().operations['time.post'](linesOf([odd]), signal())).should.deepEqual(['ok']);
    written().should.have.length(1);
  });

  it('is refused with a rate that JSON cannot carry exactly, before anything is sent', async () => {
    const long = timeEntry(1, { rate: { amount: '12345678901234567.89', currency: 'EUR' } });
    told(await box.erp.operations['time.post'](linesOf([long]), signal())).should.deepEqual(['contract.invalid NUMBER_NOT_EXACT']);
    written().should.deepEqual([]);
  });
});
