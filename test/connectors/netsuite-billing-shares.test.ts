import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import should from 'should';
import { milestoneShares } from '../../connectors/netsuite/erp-project-create/billing-shares.ts';
import { ExactDecimal } from '../../model/exact-decimal.ts';
import { money, moneyFromMinor } from '../../model/money.ts';
import type { Milestone } from '../../model/types.generated.ts';

const milestonesOf = (minor: number[], currency: string): Milestone[] =>
  minor.map((units, index) => ({
    code: `M${index + 1}`,
    name: `Milestone ${index + 1}`,
    due: '2026-03-31',
    amount: moneyFromMinor(units, currency),
  }));

const sum = (percents: string[]) => percents.reduce((total, percent) => total.plus(percent), new Decimal(0)).toString();

describe('NetSuite billing schedule in percent', () => {
  it('gives the residue of three equal milestones to the first', () => {
    const { shares, total } = milestoneShares(milestonesOf([1_00, 1_00, 1_00], 'EUR'), 'project ENG-0001');
    total.should.deepEqual({ amount: '3.00', currency: 'EUR' });
    shares.map((share) => share.percent).should.deepEqual(['33.34', '33.33', '33.33']);
  });

  it('takes more decimals for a large contract, so that each milestone bills its exact amount', () => {
    const { shares, total } = milestoneShares(milestonesOf([41_152_263_07, 41_152_263_07, 41_152_262_86], 'EUR'), 'project ENG-0001');
    shares.map((share) => share.percent.split('.')[1]!.length).forEach((places) => void places.should.be.above(2));
    for (const { milestone, percent } of shares) {
      money(new Decimal(total.amount).times(percent).div(100).toString(), 'EUR').should.deepEqual(milestone.amount);
    }
  });

  it('adds up to exactly 100 % and bills every milestone to the cent, whatever the amounts', () => {
    fc.assert(
      fc.property(
        fc
          .array(fc.integer({ min: 0, max: 500_000_000_00 }), { minLength: 1, maxLength: 24 })
          .filter((units) => units.some((unit) => unit > 0)),
        fc.constantFrom('EUR', 'JPY', 'KWD'),
        (units, currency) => {
          const { shares, total } = milestoneShares(milestonesOf(units, currency), 'project ENG-0001');
          sum(shares.map((share) => share.percent)).should.equal('100');
          // the percentage survives the JSON number it travels as
          shares.forEach(
            ({ percent }) => void new Decimal(JSON.parse(JSON.stringify(Number(percent))) as number).equals(percent).should.be.true(),
          );
          for (const { milestone, percent } of shares) {
            money(new ExactDecimal(total.amount).times(percent).div(100).toFixed(), currency).should.deepEqual(milestone.amount);
          }
        },
      ),
    );
  });

  it('refuses milestones in two currencies, naming the milestone', () => {
    const mixed = [...milestonesOf([100], 'EUR'), { ...milestonesOf([100], 'GBP')[0]!, code: 'M2' }];
    should(() => milestoneShares(mixed, 'project ENG-0001')).throw(/M2 is in GBP/);
  });

  it('bills contracts of billions to the smallest unit', () => {
    const units = Array.from({ length: 24 }, (_, index) => 499_999_999_99 - 7 * index);
    const { shares, total } = milestoneShares(milestonesOf(units, 'KWD'), 'project ENG-0001');
    for (const { milestone, percent } of shares) {
      money(new ExactDecimal(total.amount).times(percent).div(100).toFixed(), 'KWD').should.deepEqual(milestone.amount);
    }
  });

  it('refuses a total that no percentage can bill exactly', () => {
    const units = [Number.MAX_SAFE_INTEGER - 1_000_000, 1, 333];
    should(() => milestoneShares(milestonesOf(units, 'EUR'), 'project ENG-0001')).throw({
      code: 'MILESTONE_AMOUNT',
      class: 'contract.invalid',
    });
  });

  it('refuses milestones without any amount', () => {
    should(() => milestoneShares(milestonesOf([0, 0], 'EUR'), 'project ENG-0001')).throw({
      code: 'MILESTONE_AMOUNT',
      class: 'contract.invalid',
    });
  });
});
