import fc from 'fast-check';
import 'should';
import { negative, sumOf } from '../../console/view-models/exact-amounts.ts';
import { exactMoney, exactSum, type Money } from '../../model/exact-money.ts';

describe('Amounts on the page', () => {
  it('are added up to the last digit, where a float could not, and written with the decimals of their currency', () => {
    sumOf(['12345678901234567.89', '0.02'], 'EUR').should.equal('12345678901234567.91');
    sumOf(['0.1', '0.2'], 'EUR').should.equal('0.30');
    sumOf(['-0.05', '0.005'], 'USD').should.equal('-0.045');
    sumOf(['5000', '-5000'], 'JPY').should.equal('0');
    sumOf(['1.5'], 'NO-CURRENCY').should.equal('1.5');
    sumOf([], 'EUR').should.equal('0.00');
  });

  it('come to the same as those that are booked', () => {
    const digits = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
    const amount = fc.tuple(digits, fc.stringMatching(/^[0-9]{1,6}$/)).map(([whole, part]) => `${whole}.${part}`);
    fc.assert(
      fc.property(
        fc.array(fc.oneof(amount, digits.map(String)), { minLength: 1, maxLength: 8 }),
        fc.constantFrom('EUR', 'JPY', 'BHD', '???'),
        (all, currency) => {
          const sum = all.map((one) => exactMoney(one, currency)).reduce((left: Money, right) => exactSum(left, right));
          sumOf(all, currency).should.equal(sum.amount === '-0' ? '0' : sum.amount.replace(/^-(0(\.0+)?)$/, '$1'));
          sumOf([...all, ...all.map(negative)], currency).should.equal(exactMoney('0', currency).amount);
        },
      ),
    );
  });
});
