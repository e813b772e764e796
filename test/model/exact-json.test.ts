import 'should';
import fc from 'fast-check';
import should from 'should';
import { inexactNumber, parseExactJson } from '../../model/exact-json.ts';

describe('JSON from outside', () => {
  it('keeps an id beyond 2^53 and an amount of 19 digits as they were written', () => {
    should(parseExactJson('{"id":9007199254740993,"amount":12345678901234567.89,"list":[-9007199254740993,1]}')).deepEqual({
      id: '9007199254740993',
      amount: '12345678901234567.89',
      list: ['-9007199254740993', 1],
    });
    // its neighbour is written the same by a system that counts in floats
    should(parseExactJson('[9007199254740992,9007199254740991]')).deepEqual(['9007199254740992', 9007199254740991]);
  });

  it('keeps numbers that JavaScript holds as numbers, however they are written', () => {
    const text = '[0.1,0.30000000000000004,12345678901234.56,1.50e3,1.2300000000000000000,0.00000000000000000,-1.4412092E7,1e21,1e-7]';
    should(parseExactJson(text)).deepEqual(JSON.parse(text));
    should(inexactNumber(text)).equal(undefined);
  });

  it('leaves digits inside of texts alone, quotation marks and backslashes included', () => {
    for (const value of ['9007199254740993', '\\"9007199254740993', 'a\\', '"', '\\', '1e999 "x" 12345678901234567890']) {
      const text = JSON.stringify({ [value]: [value, 9], other: value });
      should(parseExactJson(text)).deepEqual(JSON.parse(text));
      should(inexactNumber(text)).equal(undefined);
    }
  });

  it('finds what is too large, too small or too long for a number', () => {
    for (const number of [
      '9007199254740993',
      '1e400',
      '-1e-400',
      '0.10000000000000001',
      '3.14159265358979323846',
      '10000000000000000000',
    ]) {
      should(inexactNumber(`{"a":[1,${number}]}`)).equal(number);
      should(parseExactJson(`{"a":[1,${number}]}`)).deepEqual({ a: [1, number] });
    }
  });

  it('takes such a number as it is where it was there before', () => {
    const before = '{"at":1795950200861000001,"of":["9007199254740993"]}';
    should(inexactNumber('{"of":[1.50],"at":1795950200861000001}', before)).equal(undefined);
    should(inexactNumber('{"at":1795950200861000001,"id":9007199254740993}', before)).equal('9007199254740993');
    should(inexactNumber('{"at":1795950200861000002}', before)).equal('1795950200861000002');
  });

  it('is the same as JSON.parse for all that JavaScript itself writes, but for whole numbers beyond 2^53', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const wide = /\d{16}/.test(text);
        if (!wide) should(parseExactJson(text)).deepEqual(JSON.parse(text));
      }),
    );
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = JSON.stringify([value]);
        const [read] = parseExactJson(text) as [unknown];
        if (Number.isSafeInteger(value) || !Number.isInteger(value)) should(read).equal(value === 0 ? 0 : value);
        else should(Number(read)).equal(value);
      }),
    );
  });

  it('takes no other text for JSON', () => {
    for (const text of ['', '{', '<html>12345678901234567890</html>', '[01]']) (() => parseExactJson(text)).should.throw(SyntaxError);
  });
});
