import fc from 'fast-check';
import should from 'should';
import { addDays, isCalendarDate } from '../../model/calendar-date.ts';
import { currencyDecimals } from '../../model/currency-decimals.ts';
import { jsonNumber } from '../../model/json-number.ts';
import { clockHours } from '../../model/clock-hours.ts';
import { decimalHours } from '../../model/minutes.ts';
import { exactMoney, exactSum } from '../../model/exact-money.ts';
import { addMoney, equalMoney, minorUnits, money, moneyFromMinor, priceOfTime, sumMoney } from '../../model/money.ts';

const minutesOf = (clock: string) => {
  const [hours, minutes] = clock.split(':');
  return Number(hours) * 60 + Number(minutes);
};

describe('Numbers are exact', () => {
  it('money keeps the decimals of its currency', () => {
    money('12.345', 'EUR').amount.should.equal('12.35');
    money('1234.5', 'JPY').amount.should.equal('1235');
    money('1.2345', 'KWD').amount.should.equal('1.235');
    moneyFromMinor(15050, 'EUR').amount.should.equal('150.50');
    moneyFromMinor(15050, 'JPY').amount.should.equal('15050');
  });

  it('currencies have the decimals of ISO 4217, not those that a locale shows', () => {
    const decimals = { EUR: 2, HUF: 2, COP: 2, IDR: 2, IQD: 3, JPY: 0, ISK: 0, KWD: 3, CLF: 4, UYW: 4, MGA: 2 };
    for (const [currency, digits] of Object.entries(decimals)) should(currencyDecimals(currency)).equal(digits, currency);
    for (const unknown of ['ZZZ', 'XXX', 'XAU', 'eur', '', 'constructor']) should(currencyDecimals(unknown)).equal(undefined);
    priceOfTime(450, money('15500.50', 'HUF')).amount.should.equal('116253.75');
    (() => money('5', 'ZZZ')).should.throw({ code: 'CURRENCY_NOT_ISO', field: 'currency', value: 'ZZZ' });
  });

  it('a rate keeps every decimal it has, and the price of time is rounded once', () => {
    exactMoney('133.3333', 'EUR').amount.should.equal('133.3333');
    exactMoney(160, 'EUR').amount.should.equal('160.00');
    exactMoney('0.0125', 'JPY').amount.should.equal('0.0125');
    priceOfTime(90, { amount: '133.3333', currency: 'EUR' }).amount.should.equal('200.00');
    priceOfTime(60, { amount: '87.125', currency: 'EUR' }).amount.should.equal('87.13');
  });

  it('a number that JSON cannot carry exactly is refused, never sent as its neighbour', () => {
    jsonNumber('133.3333', 'rate').should.equal(133.3333);
    jsonNumber('0.00', 'rate').should.equal(0);
    for (const text of ['12345678901234567.89', '9007199254740993', '0.10000000000000001', `1${'0'.repeat(400)}`]) {
      (() => jsonNumber(text, 'rate')).should.throw({ code: 'NUMBER_NOT_EXACT', field: 'rate', value: text });
    }
    minorUnits(money('90071992547409.91', 'EUR')).should.equal(9007199254740991);
    (() => minorUnits(money('90071992547409.92', 'EUR'))).should.throw({ code: 'NUMBER_NOT_EXACT' });
    (() => minorUnits({ amount: '0.005', currency: 'EUR' })).should.throw({ code: 'NUMBER_NOT_EXACT' });
  });

  it('a tenth and two tenths are three tenths', () => {
    equalMoney(addMoney(money('0.1', 'EUR'), money('0.2', 'EUR')), money('0.3', 'EUR')).should.equal(true);
  });

  it('sums keep every digit, beyond the twenty that a decimal has by itself', () => {
    addMoney(money('123456789012345678901234567890.12', 'EUR'), money('0.01', 'EUR')).amount.should.equal(
      '123456789012345678901234567890.13',
    );
    priceOfTime(60, { amount: '123456789012345678901234567890.125', currency: 'EUR' }).amount.should.equal(
      '123456789012345678901234567890.13',
    );
  });

  it('money of two currencies is never added', () => {
    (() => addMoney(money(1, 'EUR'), money(1, 'USD'))).should.throw(RangeError);
    (() => exactSum(money(1, 'EUR'), money(1, 'USD'))).should.throw(RangeError);
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
        (minutes) => minutesOf(clockHours(minutes)) === minutes && Math.abs(Number(decimalHours(minutes)) * 60 - minutes) < 1e-4,
      ),
    );
    [clockHours(435), clockHours(-90), decimalHours(435), decimalHours(20)].should.deepEqual(['7:15', '-1:30', '7.25', '0.33333333']);
  });

  it('a calendar date has no zone and knows leap years', () => {
    isCalendarDate('2028-02-29').should.equal(true);
    isCalendarDate('2027-02-29').should.equal(false);
    addDays('2026-12-31', 1).should.equal('2027-01-01');
    addDays('2026-03-29', 1).should.equal('2026-03-30');
  });
});
