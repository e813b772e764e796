import { endedBeside, holdsNothing, slow, withTexts } from './attacks.ts';

describe('An expression that takes the time that it may have', function () {
  this.timeout(120_000);

  it('is ended at its limit, which the failure names, while Node-RED goes on with other things', () => endedBeside(slow));

  it(`does not hold Node-RED: ${withTexts.map(({ what }) => what).join('; ')}`, () => holdsNothing(withTexts));
});
