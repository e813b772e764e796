import fc from 'fast-check';
import should from 'should';
import { hasTooManyNames } from '../../model/json-names.ts';
import { mostOfData, obstacleIn } from '../../model/storable.ts';

const named = (count: number, from = 0) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${from + index}`, 1]));

describe('Very many different names of fields', () => {
  it('are seen in a text before it is parsed, as they are afterwards in the value', () => {
    const { names } = mostOfData;
    for (const value of [named(names), { lines: Array.from({ length: names / 10 - 1 }, (_, line) => named(10, line * 10)) }]) {
      hasTooManyNames(JSON.stringify(value)).should.equal(false);
      should(obstacleIn(value, 'data')).equal(undefined);
    }
    for (const value of [
      named(names + 1),
      [[{ 'a "quoted": name': named(names + 1) }]],
      Array.from({ length: names / 10 + 1 }, (_, line) => named(10, line * 10)),
    ]) {
      hasTooManyNames(JSON.stringify(value)).should.equal(true);
      obstacleIn(value, 'data')!.is.should.equal('has more than 5,000 different names of fields');
    }
  });

  it('are told with what to do', () => {
    const obstacle = obstacleIn({ lines: [{ rates: named(5_001) }] }, 'data')!;
    `${obstacle.field} ${obstacle.is}`.should.equal('data has more than 5,000 different names of fields');
    obstacle.remedy.should.equal('Make lists of what has an id for a name, or split it.');
  });

  it('are not the same names many times, nor colons within texts', () => {
    const lines = Array.from({ length: 12_000 }, (_, line) => ({ line, person: 'P-1', note: 'a:b "c":d {e: [f:' }));
    hasTooManyNames(JSON.stringify(lines)).should.equal(false);
    should(obstacleIn(lines, 'data')).equal(undefined);
    hasTooManyNames(JSON.stringify(':'.repeat(1_000_000))).should.equal(false);
  });

  it('are looked for in anything, also in what is no JSON', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', '\\', ':', 'a', ',') }), (text) => {
        hasTooManyNames(text.padEnd(30_000, text || 'a')).should.be.a.Boolean();
      }),
    );
    hasTooManyNames('['.repeat(1_000_000)).should.equal(false);
    hasTooManyNames('"'.repeat(1_000_001)).should.equal(false);
  });
});
