import 'should';
import type { ListedCase } from './kill-cases.ts';
import { killEverywhere } from './kill-everywhere.ts';

/** `npm run test:kill` kills at every moment; `KILL_STEP=2` leaves every other out, and of the long cases more. */
const step = Number(process.env['KILL_STEP'] ?? 1);

/** A test for each case. Those of one file run one after the other, files beside each other. */
export function proveKills(cases: readonly ListedCase[]): void {
  for (const { says, test, least, thinner } of cases) {
    it(`${says}: nothing lost, nothing twice`, async () => {
      const every = step === 1 ? 1 : step * thinner;
      const report = await killEverywhere(test, every);
      console.log(`      killed ${report.points} times (every ${every}): ${JSON.stringify(report.byKind)}`);
      report.points.should.be.aboveOrEqual(Math.floor(least / every));
      // that the store's commits are seen at all
      Object.keys(report.byKind)
        .join()
        .should.match(/a commit/);
      report.differences.should.deepEqual([]);
      report.writtenTwice.should.deepEqual([]);
      report.runs.should.containEql({ ready: 0, running: 0, waiting: 0, dead: 0 });
      report.inDoubt.should.equal(0);
      report.journalWhole.should.equal(true);
    });
  }
}
