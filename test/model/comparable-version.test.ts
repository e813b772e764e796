import 'should';
import should from 'should';
import { comparableVersion, shownVersion } from '../../model/comparable-version.ts';

const at = (value: unknown) => comparableVersion(value)?.at ?? '';

describe('The version of a record that a sender gives', () => {
  it('as a time is ordered by the moment, whatever zone and however many decimals are written', () => {
    const inOrder = [
      '2026-03-02T17:00:00.000000001Z',
      '2026-03-02T17:00:00.123Z',
      '2026-03-02T17:00:00.1234Z',
      '2026-03-02T17:00:00.124Z',
      '2026-03-02T18:30:00+01:00',
      '2026-12-31T23:59:59.9Z',
      '2026-12-31T23:59:60Z',
    ];
    inOrder.map(at).toSorted().should.deepEqual(inOrder.map(at));
    new Set(inOrder.map(at)).size.should.equal(inOrder.length);
    at('2026-03-02T18:00:00+01:00').should.equal(at('2026-03-02t17:00:00.000z'));
  });

  it('as a number is ordered by its value, as JSON and as text', () => {
    const inOrder = [0, '0.5', 1, 9, '10', 10.25, 11, 1_772_470_800_000, '12345678901234567890123', '12345678901234567890124'];
    inOrder.map(at).toSorted().should.deepEqual(inOrder.map(at));
    at('007').should.equal(at(7));
    at('1.50').should.equal(at(1.5));
    at('3.000').should.equal(at(3));
  });

  it('is none where it is no time and no number, or where the zone is left open', () => {
    const nothing: unknown[] = [undefined, null, '', 'two', true, [1], {}, -1, '-1', NaN, Infinity, 2 ** 60, '1e3', '0x10', ' 7', '1.2.3'];
    const open = ['2026-03-02', '2026-03-02T17:00:00', '2026-02-30T17:00:00Z', '02.03.2026 17:00', '9'.repeat(41)];
    for (const value of [...nothing, ...open]) should(comparableVersion(value)).equal(undefined, String(value));
  });

  it('tells times from numbers, which are never compared', () => {
    should(comparableVersion(20260302)?.kind).equal('number');
    should(comparableVersion('2026-03-02T17:00:00Z')?.kind).equal('time');
  });

  it('is shown as a person writes it', () => {
    shownVersion(at(7)).should.equal('7');
    shownVersion(at(0)).should.equal('0');
    shownVersion(at('1.50')).should.equal('1.5');
    shownVersion(at('2026-03-02T18:00:00+01:00')).should.equal('2026-03-02T17:00:00.000Z');
    shownVersion(at('2026-03-02T17:00:00.12345Z')).should.equal('2026-03-02T17:00:00.12345Z');
    for (const other of ['2026-03-02T17:00:00.000Z', 't3', '']) shownVersion(other).should.equal(other);
  });
});
