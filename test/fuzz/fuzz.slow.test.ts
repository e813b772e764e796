import { standHostileInputs } from './hostile-inputs.ts';

describe('Hostile inputs from every side, as many as come everywhere', function () {
  this.timeout(600_000);

  it('neither stop nor freeze Node-RED, and give nothing away', () => standHostileInputs(1_500, 1));
});
