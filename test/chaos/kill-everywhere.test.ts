import 'should';
import { assignmentCase } from './assignment-case.ts';
import { amendmentCase } from './amendment-case.ts';
import { expenseCase } from './expense-case.ts';
import { type KillCase, killEverywhere } from './kill-everywhere.ts';
import { billingCase } from './billing-case.ts';
import { invoiceCase } from './invoice-case.ts';
import { opportunityCase } from './opportunity-case.ts';
import { timeCase } from './time-case.ts';

/** `npm run test:kill` kills at every moment; `KILL_STEP=2` leaves every other out, and of the long cases more. */
const step = Number(process.env['KILL_STEP'] ?? 1);

describe('A process killed at any store write or outbound call', function () {
  this.timeout(45 * 60_000);

  const prove = (test: KillCase, least: number, thinner = 1) =>
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

  it('sets up a won deal once: nothing lost, nothing twice', prove(opportunityCase, 100));
  it('carries an approved amendment over once: nothing lost, nothing twice', prove(amendmentCase, 200, 4));
  it('posts approved time once: nothing lost, nothing twice', prove(timeCase, 20));
  it('sets a billing schedule and marks its milestone once: nothing lost, nothing twice', prove(billingCase, 100, 4));
  it('keeps a booking that is made, changed and released in one record: nothing lost, nothing twice', prove(assignmentCase, 60, 2));
  it('posts approved expenses once: nothing lost, nothing twice', prove(expenseCase, 40));
  it('shows what was billed once: nothing lost, nothing twice, and the newest at the end', prove(invoiceCase, 80, 2));
});
