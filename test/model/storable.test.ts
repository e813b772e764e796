import fc from 'fast-check';
import should from 'should';
import type { SourceEvent } from '../../model/operations.ts';
import { eventObstacle, mostAttributes, standIn, withData } from '../../model/storable-event.ts';
import { mostOfData, obstacleIn, textObstacle } from '../../model/storable.ts';
import { cpuMs } from '../cpu-time.ts';

/** `[[[…]]]` or `{"a":{"a":…}}` */
function nested(levels: number, wrap: (inside: unknown) => unknown = (inside) => [inside]): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = wrap(value);
  return value;
}
const said = (value: unknown, kind?: 'json' | 'message') => {
  const obstacle = obstacleIn(value, 'data', kind);
  return obstacle && `${obstacle.field} ${obstacle.is}`;
};

describe('What can be stored', () => {
  it('is all that JSON can say, also escaped NULs, halves of pairs and names of every kind', () => {
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: 'large', stringUnit: 'binary' }), (value) => {
        fc.pre(!JSON.stringify(value).includes('"__proto__"'));
        should(said(value)).equal(undefined);
        should(said(value, 'message')).equal(undefined);
      }),
    );
    should(said({ note: 'a\u0000b \ud800', constructor: { prototype: 1 } })).equal(undefined);
    should(said(undefined)).equal(undefined);
  });

  it('is nested 100 levels deep, and no deeper, whatever it is made of', () => {
    for (const wrap of [(inside: unknown) => [inside], (inside: unknown) => ({ a: inside })]) {
      should(said(nested(100, wrap))).equal(undefined);
      should(said(nested(101, wrap))).match(/^data.* is nested deeper than 100 levels$/);
      should(said(nested(100_000, wrap))).match(/is nested deeper/);
    }
    obstacleIn(
      nested(200, (inside) => ({ a: inside })),
      'data',
    )!.field.should.equal('data.a.a.a.a.a.a…');
  });

  it('has no more than 16 MB as JSON, counted as it is written', () => {
    const text = (characters: number, of = 'x') => of.repeat(characters);
    should(said(text(mostOfData.bytes - 2))).equal(undefined);
    should(said(text(mostOfData.bytes - 1))).equal('data is larger than 16 MB as JSON');
    should(said(text(mostOfData.bytes / 6 + 1, '\u0001'))).equal('data is larger than 16 MB as JSON', 'six bytes for each');
    should(said(text(mostOfData.bytes / 3 + 1, '変'))).equal('data is larger than 16 MB as JSON', 'three bytes for each');
    should(said({ [text(mostOfData.bytes)]: 1 })).equal('data is larger than 16 MB as JSON');
    should(said(Array.from({ length: 20 }, () => text(1_000_000)))).equal('data is larger than 16 MB as JSON');
  });

  it('has no more than 50,000 values', () => {
    should(said(Array.from({ length: 50_001 }, () => 0))).equal('data has more than 50,000 values');
    should(said(new Array(4_000_000_000))).equal('data has more than 50,000 values');
    should(said(Array.from({ length: 50_000 }, () => ({})))).equal(undefined);
  });

  it('has no field that changes what it is copied into, and no number that JSON would make another of', () => {
    should(said(JSON.parse('{"lines":[1,{"__proto__":{"admin":true}}]}'))).equal(
      'data.lines[1].__proto__ is no name that a field may have',
    );
    should(said({ hours: Infinity })).equal('data.hours is a number that is too large to be kept');
    should(said({ hours: [Number.NaN] })).equal('data.hours[0] is not a number (NaN)');
    should(said({ id: 10n })).equal('data.id is nothing that JSON can hold');
    should(said({ id: () => 1 })).equal('data.id is nothing that JSON can hold');
    should(said({ id: () => 1 }, 'message')).equal(undefined, 'JSON leaves it out');
  });

  it('is told by the name of the field, but for names that are no plain ones', () => {
    obstacleIn({ resource: { 'a b\u202e<script>': { rate: Infinity } } }, 'data')!.field.should.equal('data.resource.….rate');
    obstacleIn({ ['x'.repeat(70)]: Infinity }, 'data')!.field.should.equal('data.…');
    const { whole } = obstacleIn({ salary: Infinity }, 'body')!;
    whole.should.equal('has a number that is too large to be kept');
  });

  it('is known soon, however the value is made: one that holds itself, or the same part many times over', async () => {
    const circular: Record<string, unknown> = {};
    circular['itself'] = { again: [circular, circular, circular] };
    let twice: unknown = { a: 1 };
    for (let level = 0; level < 99; level++) twice = [twice, twice];
    const ms = await cpuMs(() => {
      should(said(circular, 'message')).match(/deeper than/);
      should(said(twice, 'message')).match(/values|MB/);
      should(said(new Uint8Array(100_000_000), 'message')).match(/MB/);
    }, 1_000);
    ms.should.be.below(1_000);
  });

  it('takes a moment for the most that there may be', async () => {
    const lines = Array.from({ length: 8_000 }, (_, n) => ({ id: `line ${n}`, minutes: n, tags: ['a', 'b'] }));
    should(said(lines)).equal(undefined);
    (await cpuMs(() => obstacleIn(lines, 'data'), 50)).should.be.below(50, 'of 48,000 values');
  });

  it('costs a small event next to nothing', async () => {
    const small = event();
    const many = () => {
      for (let n = 0; n < 100_000; n++) eventObstacle(small);
    };
    (await cpuMs(many, 800)).should.be.below(800, '8 µs for each; an ingest takes 160');
  });
});

const event = (more: Partial<SourceEvent> = {}): SourceEvent => ({
  id: 'TE-1:2',
  source: '/time',
  type: 'com.example.time.approved',
  subject: 'TE-1',
  time: '2026-03-02T17:00:00Z',
  key: 'TE-1',
  attributes: { tenant: 'ACME', hops: 3, urgent: true },
  data: { entry: { id: 'TE-1', minutes: 90, lines: [{ project: 'P', note: 'as planned' }] } },
  ...more,
});

describe('An event that can be stored', () => {
  const of = (more: object) => {
    const obstacle = eventObstacle(event(more));
    return obstacle && `${obstacle.field} ${obstacle.is}`;
  };

  it('has texts of at most 1,024 bytes, in well-formed Unicode', () => {
    should(of({})).equal(undefined);
    for (const name of ['id', 'source', 'type', 'subject', 'time', 'key']) {
      should(of({ [name]: 'x'.repeat(1024) })).equal(undefined);
      should(of({ [name]: 'x'.repeat(1025) })).equal(`${name} is longer than 1024 bytes`);
      should(of({ [name]: '変'.repeat(342) })).equal(`${name} is longer than 1024 bytes`);
      should(of({ [name]: 'a\u0000b' })).match(/^\w+ has a character that no text may have/);
      should(of({ [name]: '\ud800' })).match(/has a character/);
      should(of({ [name]: { toString: 1 } })).equal(`${name} is not text`);
    }
  });

  it('has at most 64 further attributes, each of them small', () => {
    const attributes = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`a${n}`, n]));
    should(of({ attributes: attributes(mostAttributes) })).equal(undefined);
    should(of({ attributes: attributes(65) })).equal('attributes are more than 64');
    should(of({ attributes: { trace: 'x'.repeat(1025) } })).equal('attributes.trace is longer than 1024 bytes');
    should(of({ attributes: { trace: Infinity } })).equal('attributes.trace is a number that is too large to be kept');
    should(of({ attributes: { trace: [1] } })).equal('attributes.trace is no single value');
    should(of({ attributes: { ['x'.repeat(2000)]: 1 } })).equal('attributes.… is longer than 1024 bytes');
  });

  it('else has a stand-in: the same event still, which says why its data is not there, until a person gives it some', () => {
    const wrong = event({ data: { hours: Infinity }, attributes: { tenant: 'ACME' } });
    const instead = standIn(wrong, eventObstacle(wrong)!, () => 'hash');
    const { id, source, subject, key, data, refused } = instead;
    should({ id, source, subject, key, data }).deepEqual({ id: 'TE-1:2', source: '/time', subject: 'TE-1', key: 'TE-1', data: null });
    refused!.should.have.properties({ class: 'contract.invalid', code: 'DATA_NOT_STORABLE', field: 'data.hours', record: 'TE-1' });
    should(eventObstacle(instead)).equal(undefined);
    withData(instead, { hours: 8 }).should.have.property('data').deepEqual({ hours: 8 });
    withData(instead, { hours: 8 }).should.not.have.property('refused');
    const nameless = event({ id: 'x'.repeat(5000), subject: '\ud800', key: '\0' });
    standIn(nameless, eventObstacle(nameless)!, () => 'hash').should.have.properties({ id: 'hash', subject: 'hash', key: 'hash' });
  });

  it('has texts that say what they are about', () => {
    should(textObstacle('TE-1', 'subject')).equal(undefined);
    should(textObstacle(7, 'subject')!.is).equal('is not text');
  });
});
