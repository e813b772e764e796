import { standHostileInputs } from './hostile-inputs.ts';

// the long form is `npm run fuzz -- --requests 100000 --seed 1`
const seed = Number(process.env['FUZZ_SEED'] ?? 1);
const requests = Number(process.env['FUZZ_REQUESTS'] ?? 100);

describe('Hostile inputs from every side', function () {
  // what hangs is found long before, by what the process works
  this.timeout(600_000);

  it(`neither stop nor freeze Node-RED, and give nothing away (${requests} of seed ${seed})`, () => standHostileInputs(requests, seed));
});
