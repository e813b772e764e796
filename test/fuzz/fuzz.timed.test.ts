import 'should';
import { mostFrozenMs } from './freezes.ts';
import { mostMemoryMb, playFuzz } from './play.ts';

// the long form is `npm run fuzz -- --requests 100000 --seed 1`
const seed = Number(process.env['FUZZ_SEED'] ?? 1);
const requests = Number(process.env['FUZZ_REQUESTS'] ?? 1_500);

describe('Hostile inputs from every side', function () {
  // less than a minute on a machine that has nothing else to do; what hangs is found long before, by what the process works
  this.timeout(600_000);

  it(`neither stop nor freeze Node-RED, and give nothing away (${requests} of seed ${seed})`, async () => {
    const lines: string[] = [];
    const report = await playFuzz({ requests, seed, store: 'sqlite', seconds: 240, onProgress: (line) => lines.push(line) });
    const { crashes, unclassified, leaks, admitted, passedOver, frozenMs, memoryMb, findings } = report;
    const found = findings
      // what several inputs do together takes longer the busier the machine is: only what one does alone is told by 200 ms
      .filter(({ kind, numbers }) => kind !== 'frozen' || numbers.length === 1)
      .map(({ kind, what, numbers, input }) => `${kind}: ${what} (--only ${numbers.join(' ')}) ${input}`);
    found.should.deepEqual([], lines.join('\n'));
    const none = { crashes: 0, unclassified: 0, leaks: 0, admitted: 0, passedOver: 0 };
    ({ crashes, unclassified, leaks, admitted, passedOver }).should.deepEqual(none);
    frozenMs.should.be.belowOrEqual(mostFrozenMs * 15);
    memoryMb.should.be.belowOrEqual(mostMemoryMb);
    // a machine that is busy with something else does not come to all of them
    if (report.requests === requests) report.missing.should.deepEqual([], lines.join('\n'));
    else report.requests.should.be.above(requests / 10);
  });
});
