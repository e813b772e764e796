import should from 'should';
import { CachedRead } from '../../connectors/kit/cached-read.ts';
import { ExternalIdBook } from '../../connectors/netsuite/records/external-id-book.ts';

describe('NetSuite look-up by external id', () => {
  it('reads all ids of a call at once, and an id asked again afresh', async () => {
    const reads: string[][] = [];
    const there = new Map([['a', '1']]);
    const book = new ExternalIdBook<string>(['a', 'b'], async (ids) => {
      reads.push([...ids]);
      return new Map(there);
    });
    should(await book.find('a')).equal('1');
    should(await book.find('b')).be.undefined();
    there.set('b', '2');
    should(await book.find('b')).equal('2');
    reads.should.deepEqual([['a', 'b'], ['b']]);
  });

  it('does not keep a reading that failed', async () => {
    let fail = true;
    const book = new ExternalIdBook<string>(['a', 'b'], async () => {
      if (fail) throw new Error('away');
      return new Map([['a', '1']]);
    });
    await book.find('a').should.be.rejectedWith('away');
    fail = false;
    should(await book.find('a')).equal('1');
  });
});

describe('NetSuite reference data', () => {
  it('is read once while it is fresh, again when it is old or asked for afresh, and never kept when it failed', async () => {
    let reads = 0;
    const read = async () => {
      reads++;
      if (reads === 1) throw new Error('away');
      return reads;
    };
    const kept = new CachedRead(read, 60_000);
    await kept.get().should.be.rejectedWith('away');
    should(await kept.get()).equal(2);
    should(await kept.get()).equal(2);
    should(await kept.get(true)).equal(3);
    const old = new CachedRead(read, 0);
    should(await old.get()).equal(4);
    should(await old.get()).equal(5);
  });
});
