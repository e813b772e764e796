import should from 'should';
import { changesOf } from '../../console/view-models/changes-of.ts';

describe('What a person has changed in an event', () => {
  it('is told value by value, by the paths that failures use', () => {
    const before = { code: 'A', lines: [{ n: 1 }, { n: 2 }], gone: 'x', same: { b: 1, a: 2 } };
    const after = { code: 'B', lines: [{ n: 1 }, { n: 3 }, { n: 4 }], come: null, same: { a: 2, b: 1 } };
    changesOf(before, after).should.deepEqual([
      { path: 'code', before: 'A', after: 'B', money: false },
      { path: 'lines[1].n', before: 2, after: 3, money: false },
      { path: 'lines[2]', before: undefined, after: { n: 4 }, money: false },
      { path: 'gone', before: 'x', after: undefined, money: false },
      { path: 'come', before: undefined, after: null, money: false },
    ]);
    changesOf(before, before).should.deepEqual([]);
  });

  it('keeps a number and its text, zero, nothing and absent apart', () => {
    changesOf({ a: 0 }, { a: '0' }).should.have.length(1);
    changesOf({ a: null }, {}).should.have.length(1);
    changesOf({ a: '' }, { a: null }).should.have.length(1);
    changesOf({ a: { b: 1 } }, { a: [1] }).should.have.length(1);
  });

  it('is about money where it decides what is billed, paid or booked, in the names of any system', () => {
    const isMoney = (path: string[], value: unknown = 1) => {
      const data = path.reduceRight<unknown>((held, name) => ({ [name]: held }), value);
      return changesOf({}, data as never)[0]?.money;
    };
    for (const path of [
      ['minutes'],
      ['rate', 'amount'],
      ['Amount'],
      ['CurrencyIsoCode'],
      ['lines', 'UnitPrice'],
      ['hours'],
      ['taxCode'],
      ['billable'],
    ])
      should(isMoney(path)).equal(true, path.join('.'));
    for (const path of [['code'], ['resource', 'email'], ['note'], ['workDate']]) should(isMoney(path)).equal(false, path.join('.'));
    should(isMoney(['rate'], { amount: '1', currency: 'EUR' })).equal(true);
    should(changesOf({ list: [{ amount: '1' }] }, { list: null })[0]?.money).equal(true, 'what is taken out holds an amount');
  });
});
