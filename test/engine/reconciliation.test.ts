import 'should';
import { controlTotals } from '../../engine/control-totals.ts';
import { reconcileTime } from '../../engine/reconciliation.ts';
import type { TimeFact } from '../../model/operations.ts';

const window = { from: '2026-11-01', to: '2026-11-30' };
const fact = (key: string, more: Partial<TimeFact> = {}): TimeFact => ({
  key,
  id: key,
  workDate: '2026-11-20',
  minutes: 60,
  billable: true,
  amount: { amount: '150.00', currency: 'EUR' },
  ...more,
});

describe('A reconciliation of time', () => {
  it('finds nothing when both sides hold the same', () => {
    const result = reconcileTime(window, [fact('kantata:1'), fact('kantata:2')], [fact('kantata:2'), fact('kantata:1')]);
    result.should.containEql({ matched: 2, breaks: [] });
    result.psa.should.deepEqual(result.erp);
  });

  const cases: [string, TimeFact[], TimeFact[], string][] = [
    ['approved but not posted', [fact('kantata:1')], [], 'missing-in-erp'],
    ['posted but not approved', [], [fact('kantata:1')], 'missing-in-psa'],
    ['posted with other minutes', [fact('kantata:1')], [fact('kantata:1', { minutes: 61 })], 'minutes-differ'],
    ['posted on another day', [fact('kantata:1')], [fact('kantata:1', { workDate: '2026-11-21' })], 'date-differs'],
    [
      'posted with another amount',
      [fact('kantata:1')],
      [fact('kantata:1', { amount: { amount: '150.01', currency: 'EUR' } })],
      'amount-differs',
    ],
    [
      'posted in another currency',
      [fact('kantata:1')],
      [fact('kantata:1', { amount: { amount: '150.00', currency: 'USD' } })],
      'amount-differs',
    ],
    ['posted twice', [fact('kantata:1')], [fact('kantata:1'), fact('kantata:1', { id: '9' })], 'twice-in-erp'],
  ];
  for (const [title, psa, erp, kind] of cases) {
    it(`names time that is ${title}`, () => {
      reconcileTime(window, psa, erp)
        .breaks.map((found) => found.kind)
        .should.deepEqual([kind]);
    });
  }

  it('adds up by legal entity and currency, and notices swapped lines by the hash total', () => {
    const lines = [
      fact('kantata:10', { legalEntity: 'DE01' }),
      fact('kantata:11', { legalEntity: 'DE01' }),
      fact('kantata:12', { legalEntity: 'US01', amount: { amount: '0.10', currency: 'USD' } }),
    ];
    controlTotals(lines).should.deepEqual({
      entries: 3,
      minutes: 180,
      amounts: { DE01: { EUR: '300.00' }, US01: { USD: '0.10' } },
      hashTotal: '33',
    });
    controlTotals([fact('kantata:10'), fact('kantata:13')]).hashTotal.should.not.equal(
      controlTotals([fact('kantata:10'), fact('kantata:11')]).hashTotal,
    );
  });
});
