import 'should';
import { breakCounts, toneOf } from '../../console/view-models/break-counts.ts';
import { compareSides, isEven } from '../../console/view-models/compare-sides.ts';

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

describe('the breaks of a reconciliation in the console', () => {
  const side = { entries: 0, minutes: 0, amounts: {}, withoutAmount: 0, hashTotal: '0' };
  const result = { window: { from: '2026-01-01', to: '2026-02-01' }, psa: side, erp: side, matched: 3, breaks: [] };
  const explained = { kind: 'missing-in-erp', key: '1', message: '', explained: { run: 'r', status: 'dead', message: '' } } as const;

  it('are none only where there were none: those that are kept no longer are counted', () => {
    const none = breakCounts({ ...result, breaksForgotten: 0 });
    none.all.should.equal(0);
    toneOf(none).should.equal('good');
    const forgotten = breakCounts({ ...result, breaksForgotten: 698 });
    forgotten.should.eql({ all: 698, unexplained: 0, leftOut: 0, forgotten: 698 });
    toneOf(forgotten).should.equal('bad');
  });

  it('are counted with those that are not in the list', () => {
    const some = breakCounts({ ...result, breaks: [explained], breaksLeftOut: { breaks: 9, unexplained: 2 } });
    some.should.eql({ all: 10, unexplained: 2, leftOut: 9, forgotten: 0 });
    toneOf(some).should.equal('bad');
    toneOf(breakCounts({ ...result, breaks: [explained] })).should.equal('warn');
  });
});
