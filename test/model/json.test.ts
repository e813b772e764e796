import should from 'should';
import fc from 'fast-check';
import { jsonCopy } from '../../model/json.ts';
import type { Json } from '../../model/json.ts';

describe('A copy of JSON', () => {
  it('says the same, and shares no part', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const copy = jsonCopy(value);
        JSON.stringify(copy).should.equal(JSON.stringify(value));
        const parts = new Set(partsOf(value));
        partsOf(copy)
          .filter((part) => parts.has(part))
          .should.be.empty();
      }),
    );
  });

  it('has a field of any name as a field', () => {
    const copy = jsonCopy(JSON.parse('{"__proto__":{"admin":true},"constructor":1}') as Json);
    JSON.stringify(copy).should.equal('{"__proto__":{"admin":true},"constructor":1}');
    should((copy as { admin?: boolean }).admin).equal(undefined);
  });
});

function partsOf(value: unknown): object[] {
  return typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(partsOf)] : [];
}
