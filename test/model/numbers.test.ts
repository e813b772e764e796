import fc from 'fast-check';
import 'should';
import { addDays, isCalendarDate } from '../../model/calendar-date.ts';
import { clockHours, decimalHours, minutesFromHours } from '../../model/minutes.ts';
import { addMoney, equalMoney, minorUnits, money, moneyFromMinor, priceOfTime, sumMoney } from '../../model/money.ts';

describe('Numbers are exact', () => {
  it('money keeps the decimals of its currency', () => {
    money('12.345', 'EUR').amount.should.equal('12.35');
    money('1234.5', 'JPY').amount.should.equal('1235');
    money('1.2345', 'KWD').amount.should.equal('1.235');
    moneyFromMinor(15050, 'EUR').amount.should.equal('150.50');
    moneyFromMinor(15050, 'JPY').amount.should.equal('15050');
  });

  it('a tenth and two tenths are three tenths', () => {
    equalMoney(addMoney(money('0.1', 'EUR'), money('0.2', 'EUR')), money('0.3', 'EUR')).should.equal(true);
  });

  it('money of two currencies is never added', () => {
    (() => addMoney(money(1, 'EUR'), money(1, 'USD'))).should.throw(RangeError);
  });

  it('the price of time is rounded once, at the end', () => {
    priceOfTime(20, money('100.00', 'EUR')).amount.should.equal('33.33');
    priceOfTime(450, money('150.50', 'EUR')).amount.should.equal('1128.75');
    sumMoney(
      [20, 20, 20].map((minutes) => priceOfTime(minutes, money('100.00', 'EUR'))),
      'EUR',
    ).amount.should.equal('99.99');
  });

  it('minor units and decimal text are the same money', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e12, max: 1e12 }),
        fc.constantFrom('EUR', 'JPY', 'KWD'),
        (units, currency) => minorUnits(moneyFromMinor(units, currency)) === units,
      ),
    );
  });

  it('minutes survive each way of writing hours', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100_000 }),
        (minutes) => minutesFromHours(clockHours(minutes)) === minutes && Math.abs(Number(decimalHours(minutes)) * 60 - minutes) < 1e-4,
      ),
    );
    minutesFromHours('7.25').should.equal(435);
    minutesFromHours('4:00').should.equal(240);
    (() => minutesFromHours('0.33')).should.throw(RangeError);
  });

  it('a calendar date has no zone and knows leap years', () => {
    isCalendarDate('2028-02-29').should.equal(true);
    isCalendarDate('2027-02-29').should.equal(false);
    addDays('2026-12-31', 1).should.equal('2027-01-01');
    addDays('2026-03-29', 1).should.equal('2026-03-30');
  });
});
