import 'should';
import { killCases } from './kill-cases.ts';
import { type KillCase, killEverywhere } from './kill-everywhere.ts';

/** `npm run test:kill` kills at every moment; `KILL_STEP=2` leaves every other out, and of the long cases more. */
const step = Number(process.env['KILL_STEP'] ?? 1);

describe('A process killed at any store write or outbound call', function () {
  this.timeout(45 * 60_000);

  const prove = (test: KillCase, least: number, thinner: number) =>
    async function (this: Mocha.Context) {
      const every = step === 1 ? 1 : step * thinner;
      const report = await killEverywhere(test, every);
      console.log(`      killed ${report.points} times (every ${every}): ${JSON.stringify(report.byKind)}`);
      report.points.should.be.aboveOrEqual(Math.floor(least / every));
      report.differences.should.deepEqual([]);
      report.writtenTwice.should.deepEqual([]);
      report.runs.should.containEql({ ready: 0, running: 0, waiting: 0, dead: 0 });
      report.inDoubt.should.equal(0);
      report.journalWhole.should.equal(true);
    };

  for (const { says, test, least, thinner } of killCases) it(`${says}: nothing lost, nothing twice`, prove(test, least, thinner));
});
