import 'should';
import { ShareCount } from '../../connectors/salesforce/opportunity-poll/share-count.ts';

describe('The shares in which deals are read', () => {
  const read = (shares: ShareCount, times: number) => {
    for (let time = 0; time < times; time++) shares.wentWell();
    return shares.count;
  };

  it('become fewer again when it has gone well for a while, down to what the query itself needs', () => {
    const shares = new ShareCount({ least: 1, most: 64, patience: 10 });
    shares.wasTooMuch();
    shares.wasTooMuch();
    shares.wasTooMuch();
    shares.count.should.equal(8);
    read(shares, 9).should.equal(8);
    read(shares, 1).should.equal(4);
    read(shares, 20).should.equal(1);
    read(shares, 100).should.equal(1);
  });

  it('are tried fewer less and less often while that stays too much', () => {
    const shares = new ShareCount({ least: 1, most: 64, patience: 10 });
    shares.wasTooMuch();
    const whiles: number[] = [];
    for (let trial = 0; trial < 4; trial++) {
      let well = 0;
      for (; shares.count === 2; well++) shares.wentWell();
      whiles.push(well);
      shares.wasTooMuch().should.be.true();
    }
    whiles.should.deepEqual([10, 20, 40, 80]);
  });

  it('have an end', () => {
    const shares = new ShareCount({ least: 1, most: 4 });
    [shares.wasTooMuch(), shares.wasTooMuch(), shares.wasTooMuch()].should.deepEqual([true, true, false]);
    shares.count.should.equal(4);
  });
});
