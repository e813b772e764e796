import should from 'should';
import { expenseComparison } from '../../engine/expense-comparison.ts';
import { reconcileSides } from '../../engine/reconciliation.ts';
import type { ExpenseFact } from '../../model/operations.ts';

const window = { from: '2026-11-01', to: '2026-11-30' };
const eur = (amount: string) => ({ amount, currency: 'EUR' });
const gbp = (amount: string) => ({ amount, currency: 'GBP' });
const fact = (key: string, more: Partial<ExpenseFact> = {}): ExpenseFact => ({
  ...{ key, id: key, day: '2026-11-20', amount: eur('48.90'), tax: null, billable: true, reimbursable: true, receipt: true },
  ...{ person: 'ada@firm.example', projectCode: 'ENG-0001', legalEntity: 'DE01', ...more },
});
const reconcile = (psa: ExpenseFact[], erp: ExpenseFact[]) => reconcileSides(expenseComparison, window, { psa, erp });

describe('A reconciliation of expenses', () => {
  it('finds nothing where both sides hold the same', () => {
    const result = reconcile([fact('k:1'), fact('k:2')], [fact('k:2'), fact('k:1')]);
    result.should.match({ matched: 2, breaks: [], psa: { entries: 2, amounts: { DE01: { EUR: '97.80' } } } });
    result.psa.should.deepEqual(result.erp);
    result.psa.should.not.have.property('minutes');
  });

  const cases: [string, Partial<ExpenseFact>, string[]][] = [
    ['a cent more', { amount: eur('48.91') }, ['amount-differs']],
    ['another currency', { amount: gbp('48.90') }, ['currency-differs']],
    ['another amount and currency', { amount: gbp('41.00') }, ['currency-differs', 'amount-differs']],
    ['tax that is not approved', { tax: eur('7.81') }, ['tax-missing-in-psa']],
    ['another day', { day: '2026-11-21' }, ['date-differs']],
    ['another person', { person: 'tom@firm.example' }, ['person-differs']],
    ['another project', { projectCode: 'ENG-0002' }, ['project-differs']],
    ['no project', { projectCode: null }, ['project-differs']],
    ['other books', { legalEntity: 'NL01' }, ['entity-differs']],
    ['not billed', { billable: false }, ['billable-differs']],
    ['not paid back', { reimbursable: false }, ['reimbursable-differs']],
    ['no receipt', { receipt: false }, ['receipt-differs']],
  ];
  for (const [what, more, kinds] of cases) {
    it(`names ${what}`, () => {
      const { breaks, matched } = reconcile([fact('k:1')], [fact('k:1', more)]);
      matched.should.equal(0);
      breaks.should.have.length(1);
      breaks[0]!.kind.should.equal(kinds[0]);
      breaks[0]!.differences!.map(({ kind }) => kind).should.deepEqual(kinds);
    });
  }

  it('names what is on one side only, and what is twice', () => {
    const { breaks } = reconcile([fact('k:1'), fact('k:2'), fact('k:2')], [fact('k:2'), fact('k:3')]);
    breaks.map(({ kind, key }) => `${kind} ${key}`).should.deepEqual(['twice-in-psa k:2', 'missing-in-erp k:1', 'missing-in-psa k:3']);
    breaks[1]!.message.should.equal('k:1: 48.90 EUR of 2026-11-20 is approved but not posted.');
  });

  it('says of no tax and of tax of zero that they are the same, and of what is not told that it is not compared', () => {
    reconcile([fact('k:1', { tax: eur('0.00') })], [fact('k:1')]).matched.should.equal(1);
    const { tax: _tax, legalEntity: _entity, ...untold } = fact('k:1');
    const { matched, notCompared } = reconcile([untold], [fact('k:1', { tax: eur('7.81') })]);
    should({ matched, notCompared }).deepEqual({ matched: 1, notCompared: { entity: 1, tax: 1 } });
  });

  it('is exact over thousands of sums of cents, each currency by itself', () => {
    const many = Array.from({ length: 3_000 }, (_, index) => fact(`k:${index}`, { amount: index % 3 ? eur('0.10') : gbp('0.20') }));
    reconcile(many, many).psa.amounts.should.deepEqual({ DE01: { EUR: '200.00', GBP: '200.00' } });
  });

  it('tells a refund of the same figure from a payment', () => {
    reconcile([fact('k:1', { amount: eur('-48.90') })], [fact('k:1')])
      .breaks.map(({ kind }) => kind)
      .should.deepEqual(['amount-differs']);
  });
});
