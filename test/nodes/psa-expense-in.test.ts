import should from 'should';
import declaration from '../../nodes/psa/expense-in/declaration.ts';
import { approvedExpenseOf, expenseRow, loadExpenses, reportRow } from '../system/expense-rows.ts';
import { loadTimeFirm } from '../system/time-firm.ts';
import { day } from '../system/time-rows.ts';
import { nodeContract } from './node-contract.ts';
import { smallFirm } from './small-firm.ts';

const interval = 60_000;

nodeContract(
  declaration,
  {
    firm(sandbox) {
      loadTimeFirm(sandbox, smallFirm);
      loadExpenses(sandbox, [1]);
      // handed in, and not decided yet
      sandbox.kantata.definition.load(sandbox.kantata, {
        expense_report_submissions: [reportRow(2, { status: 'pending' })],
        expenses: [expenseRow(2, { approved: false })],
      });
    },
    async behaves(at) {
      await at.shows(/^watching, 0 open/, 'green');
      await at.red.until(() => at.red.timers.lengths.includes(interval), 'it looks again in a minute');
      return at.out(1).length;
    },
  },
  (at) => {
    it('gives each approved expense once, and again when it was taken back', async () => {
      await at.deploy({ since: day(30) });
      await at.red.until(() => at.out(1).length === 1, 'the expense has come');
      const { id, amount } = approvedExpenseOf(1);
      should(at.out(1)[0]!.payload).match({ id, amount, status: 'approved' });
      await at.red.until(() => at.red.timers.lengths.includes(interval), 'it has looked');
      at.sandbox.kantata.definition.load(at.sandbox.kantata, {
        expense_report_submissions: [reportRow(1, { status: 'cancelled' })],
        expenses: [expenseRow(1, { approved: false, active_submission_id: null, updated_at: new Date().toISOString() })],
      });
      at.red.timers.pass(interval);
      await at.red.until(() => at.out(1).length === 2, 'it has come again');
      should(at.out(1)[1]!.payload).match({ id, status: 'withdrawn' });
    });

    it('says what is wrong while the PSA is away, and goes on by itself', async () => {
      at.sandbox.kantata.faults.add({ kind: 'status', status: 503, times: 1 });
      await at.deploy({ since: day(30) });
      await at.shows(/^failed: /, 'red');
      at.red.timers.pass(2_000);
      await at.red.until(() => at.out(1).length === 1, 'the expense has come');
      await at.shows(/^watching/, 'green');
    });
  },
);
