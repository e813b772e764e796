import should from 'should';
import { Lookup } from '../../connectors/kantata/records/lookup.ts';

describe('Kantata: the look-up of a batch', () => {
  it('asks once, and afresh for a record that was tried or after a failure', async () => {
    let asked = 0;
    let down = true;
    const lookup = new Lookup(async () => {
      asked++;
      if (down) throw new Error('down');
      return new Map(asked > 2 ? [['a', asked]] : []);
    });
    await lookup.find('a').should.be.rejectedWith('down');
    down = false;
    should(await lookup.find('a')).be.undefined();
    should(await lookup.find('b')).be.undefined();
    asked.should.equal(2);
    lookup.trying('a');
    should(await lookup.find('a')).equal(3);
  });
});
