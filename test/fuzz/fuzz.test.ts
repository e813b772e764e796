import 'should';
import { playFuzz } from './play.ts';

// the long form is `npm run fuzz -- --requests 100000 --seed 1`
const seed = Number(process.env['FUZZ_SEED'] ?? 1);
const requests = Number(process.env['FUZZ_REQUESTS'] ?? 1_500);

// takes minutes on two cores: played on demand, FUZZ=1
const play = process.env['FUZZ'] ? describe : describe.skip;

play('Hostile inputs from every side', function () {
  // a minute on a machine that has nothing else to do; what hangs is found long before, by what the process works
  this.timeout(900_000);

  it(`neither stop nor freeze Node-RED, and give nothing away (${requests} of seed ${seed})`, async () => {
    const lines: string[] = [];
    const report = await playFuzz({ requests, seed, store: 'sqlite', seconds: 780, onProgress: (line) => lines.push(line) });
    const { crashes, unclassified, leaks, admitted, passedOver, frozenMs, memoryMb, findings } = report;
    const found = findings.map(({ kind, what, numbers, input }) => `${kind}: ${what} (--only ${numbers.join(' ')}) ${input}`);
    found.should.deepEqual([], lines.join('\n'));
    const none = { crashes: 0, unclassified: 0, leaks: 0, admitted: 0, passedOver: 0 };
    ({ crashes, unclassified, leaks, admitted, passedOver }).should.deepEqual(none);
    frozenMs.should.be.belowOrEqual(200);
    memoryMb.should.be.belowOrEqual(1_024);
    report.ok.should.equal(true, lines.join('\n'));
  });
});
