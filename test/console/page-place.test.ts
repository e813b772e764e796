import 'should';
import { hashOf, placeIn } from '../../console/page-place.ts';

describe('What of the console is looked at, in the address of its page', () => {
  it('is read as it was written', () => {
    for (const place of [
      {},
      { tab: 'dead' },
      { tab: 'dead', run: '01J9' },
      { filter: 'waiting' },
      { filter: 'open', run: 'a&b=c #d' },
      { tab: 'dead', class: 'contract.invalid', since: '2026-03-01' },
    ]) {
      placeIn(hashOf(place)).should.deepEqual(place);
    }
    hashOf({ tab: 'dead', run: '01J9' }).should.equal('#tab=dead&run=01J9');
  });

  it('is nothing where nothing is said, or something else', () => {
    hashOf({}).should.equal('');
    hashOf({ tab: '', filter: '' }).should.equal('');
    placeIn('').should.deepEqual({});
    placeIn('#flow/psc-flow').should.deepEqual({});
    placeIn('#tab=&run=&other=1').should.deepEqual({});
  });
});
