import fc from 'fast-check';
import { hasTooManyNames } from '../../model/json-names.ts';
import { mostOfData, obstacleIn } from '../../model/storable.ts';

const wide = (fields: number, name = (index: number) => `f${index}`) =>
  Object.fromEntries(Array.from({ length: fields }, (_, index) => [name(index), 1]));

describe('Objects with very many fields', () => {
  it('are seen in a text before it is parsed, as they are afterwards in the value', () => {
    for (const [fields, tooMany] of [
      [mostOfData.names, false],
      [mostOfData.names + 1, true],
    ] as const) {
      for (const value of [wide(fields), [[{ rates: wide(fields) }]], { 'a "quoted": name': [wide(fields)], b: 2 }]) {
        hasTooManyNames(JSON.stringify(value)).should.equal(tooMany);
        (obstacleIn(value, 'data') !== undefined).should.equal(tooMany);
      }
    }
  });

  it('are told by the field that has them, with what to do', () => {
    const obstacle = obstacleIn({ lines: [{ rates: wide(10_001) }] }, 'data')!;
    `${obstacle.field} ${obstacle.is}`.should.equal('data.lines[0].rates has more than 10,000 fields');
    obstacle.whole.should.equal('has an object with more than 10,000 fields');
    obstacle.remedy.should.equal('Make a list of it, or split it.');
  });

  it('are not many objects together, nor colons within texts', () => {
    const lines = Array.from({ length: 20_000 }, (_, line) => ({ line, person: 'P-1', note: 'a:b "c":d {e: [f:' }));
    hasTooManyNames(JSON.stringify(lines)).should.equal(false);
    hasTooManyNames(JSON.stringify(':'.repeat(1_000_000))).should.equal(false);
  });

  it('are looked for in anything, also in what is no JSON, in time that grows with it', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', '\\', ':', 'a', ',') }), (text) => {
        hasTooManyNames(text.padEnd(60_000, text || 'a')).should.be.a.Boolean();
      }),
    );
    hasTooManyNames('['.repeat(1_000_000)).should.equal(false);
    hasTooManyNames('}'.repeat(1_000_000)).should.equal(false);
  });
});
