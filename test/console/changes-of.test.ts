import should from 'should';
import { changesOf, toldChange } from '../../console/view-models/changes-of.ts';
import { contractNames } from '../../model/contract.ts';
import { schemas } from '../../model/schemas.ts';

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

  it('says a text by its quotation marks where it takes the place of a number, and takes no field for one that every object has', () => {
    const told = (before: unknown, after: unknown) => toldChange(changesOf({ a: before } as never, { a: after } as never)[0]!);
    told(60, '60').should.deepEqual({ before: '60', after: '"60"' });
    told('7', 8).should.deepEqual({ before: '"7"', after: '8' });
    told('a', 'b').should.deepEqual({ before: 'a', after: 'b' });
    told('a', '').should.deepEqual({ before: 'a', after: '""' });
    told('x', 'y'.repeat(500)).after!.length.should.be.below(210);
    for (const name of ['toString', 'constructor', 'hasOwnProperty'])
      changesOf({}, { [name]: 'x' }).should.deepEqual([{ path: name, before: undefined, after: 'x', money: false }]);
  });

  it('is about money for every number and every amount of the contracts, but those that only count or order', () => {
    const noMoney =
      /(^|\.)(version|sequence|line|number|order|place|position|year|month|week|dayOfMonth|interval|paymentTermsDays|fte|people|count|amendment)$/i;
    const left: string[] = [];
    const walk = (schema: Record<string, unknown>, root: Record<string, unknown>, path: string, depth = 0): void => {
      if (depth > 8) return;
      const ref = typeof schema['$ref'] === 'string' ? schema['$ref'].replace('#/$defs/', '') : undefined;
      if (ref) return walk((root['$defs'] as Record<string, Record<string, unknown>>)[ref]!, root, path, depth + 1);
      for (const one of (schema['anyOf'] ?? []) as Record<string, unknown>[]) walk(one, root, path, depth + 1);
      if (schema['items']) walk(schema['items'] as Record<string, unknown>, root, `${path}[0]`, depth + 1);
      for (const [name, one] of Object.entries((schema['properties'] ?? {}) as Record<string, Record<string, unknown>>))
        walk(one, root, path ? `${path}.${name}` : name, depth + 1);
      if (![schema['type']].flat().some((type) => type === 'integer' || type === 'number') || noMoney.test(path)) return;
      const steps = path.split(/[.[\]]+/).filter(Boolean);
      const data = steps.reduceRight<unknown>((held, name) => ({ [name]: held }), 1);
      if (changesOf({}, data as never)[0]?.money !== true) left.push(path);
    };
    for (const name of contractNames) walk(schemas[name], schemas[name], '');
    left.should.deepEqual([]);
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
    for (const path of [['code'], ['resource', 'email'], ['note'], ['workDate'], ['payload', 'name'], ['internet'], ['planet']])
      should(isMoney(path)).equal(false, path.join('.'));
    should(isMoney(['rate'], { amount: '1', currency: 'EUR' })).equal(true);
    should(changesOf({ list: [{ amount: '1' }] }, { list: null })[0]?.money).equal(true, 'what is taken out holds an amount');
  });
});
