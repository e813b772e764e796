import 'should';
import { contractIssues } from '../../model/contract.ts';
import type { ProjectFinances } from '../../model/types.generated.ts';
import { someFinances } from './some-finances.ts';

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const issues = (more: Partial<ProjectFinances> = {}) =>
  contractIssues('project-finances', someFinances(more)).map(({ code, field, value }) => [code, field, value].filter(Boolean).join(' '));

describe('The finances of a project', () => {
  it('agree with each other', () => issues().should.deepEqual([]));

  it('are of one currency, and nothing stands there without a reason', () => {
    issues({ revenue: { amount: '1600.00', currency: 'USD' } }).should.deepEqual(['FINANCES_CURRENCY revenue USD']);
    issues({ margin: null }).should.deepEqual(['FINANCES_REASON margin']);
    issues({ unknown: [{ field: 'margin', reason: 'follows' }] }).should.deepEqual(['FINANCES_REASON margin']);
    issues({ margin: null, unknown: [{ field: 'margin', reason: 'follows' }] }).should.deepEqual([]);
    issues({ revenue: eur('1600.001') }).should.deepEqual(['MONEY_DECIMALS revenue 1600.001 EUR']);
    issues({ revenue: undefined as never }).should.deepEqual(['SCHEMA_REQUIRED revenue']);
  });

  it('that contradict each other are told: over the contract, paid above what is invoiced, a margin above the revenue', () => {
    issues({ billed: eur('5000.01') }).should.deepEqual(['FINANCES_OVER_CONTRACT billed 5000.01 EUR']);
    issues({ billed: eur('5000.01'), billing: 'time-and-materials' }).should.deepEqual([]);
    issues({ contractValue: eur('0.00') }).should.deepEqual(['FINANCES_OVER_CONTRACT billed 1000.00 EUR']);
    issues({ paid: eur('1190.01') }).should.deepEqual(['FINANCES_OVERPAID paid 1190.01 EUR']);
    issues({ open: eur('999.99') }).should.deepEqual(['FINANCES_OPEN open 999.99 EUR']);
    issues({ cost: eur('-1.00'), margin: eur('1601.00') }).should.deepEqual(['FINANCES_ABOVE_REVENUE margin 1601.00 EUR']);
    issues({ margin: eur('499.99') }).should.deepEqual(['FINANCES_MARGIN margin 499.99 EUR']);
  });
});
