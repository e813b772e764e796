import 'should';
import { compareSides, isEven } from '../../console/views/compare-sides.ts';

describe('both sides of a reconciliation in the console', () => {
  it('are compared by currency, whatever legal entities either side knows', () => {
    const lines = compareSides(
      { entries: 3, minutes: 600, amounts: { '-': { EUR: '100.10', JPY: '5000' } }, withoutAmount: 0, hashTotal: '1' },
      {
        entries: 2,
        minutes: 420,
        amounts: { DE01: { EUR: '60.05' }, NL01: { EUR: '20.05' }, JP01: { JPY: '5000' } },
        withoutAmount: 0,
        hashTotal: '2',
      },
    );
    lines.should.eql([
      { what: 'entries', psa: 3, erp: 2, difference: -1 },
      { what: 'minutes', psa: 600, erp: 420, difference: -180 },
      { what: 'amount', currency: 'EUR', psa: '100.10', erp: '80.10', difference: '-20.00' },
      { what: 'amount', currency: 'JPY', psa: '5000', erp: '5000', difference: '0' },
    ]);
    lines.map(isEven).should.eql([false, false, false, true]);
  });

  it('count the entries without an amount, where there are any', () => {
    const side = { entries: 1, minutes: 60, amounts: {}, hashTotal: '0' };
    compareSides({ ...side, withoutAmount: 1 }, { ...side, withoutAmount: 0 }).should.containEql({
      what: 'withoutAmount',
      psa: 1,
      erp: 0,
      difference: -1,
    });
  });

  it('show a currency that only one side has as a difference of all of it', () => {
    const nothing = { entries: 0, minutes: 0, amounts: {}, withoutAmount: 0, hashTotal: '0' };
    compareSides({ ...nothing }, { ...nothing, amounts: { US01: { USD: '7.00' } } }).should.containEql({
      what: 'amount',
      currency: 'USD',
      psa: '0.00',
      erp: '7.00',
      difference: '7.00',
    });
  });
});
