import should from 'should';
import declaration from '../../nodes/psa/timesheet-in/declaration.ts';
import { loadTimeFirm } from '../system/time-firm.ts';
import { nodeContract } from './node-contract.ts';
import { approvedRow, day } from '../system/time-rows.ts';
import { approvedTime, smallFirm } from './small-firm.ts';

const interval = 60_000;

nodeContract(
  declaration,
  {
    firm(sandbox) {
      loadTimeFirm(sandbox, smallFirm);
      sandbox.kantata.definition.load(sandbox.kantata, { time_entries: [approvedRow(1)] });
    },
    async behaves(at) {
      await at.shows(/^watching, 0 open/, 'green');
      await at.red.until(() => at.red.timers.lengths.includes(interval), 'it looks again in a minute');
      return at.out(1).length;
    },
  },
  (at) => {
    it('begins at the day that its form says, and gives each approved entry once', async () => {
      await at.deploy({ since: day(30) });
      await at.red.until(() => at.out(1).length === 1, 'the entry has come');
      should(at.out(1)[0]!.payload).containEql({ id: approvedTime(1).id, minutes: 60, status: 'approved' });
      await at.red.until(() => at.red.timers.lengths.includes(interval), 'it has looked');
      at.red.timers.pass(interval);
      await at.red.until(() => at.red.timers.lengths.includes(interval), 'it has looked again');
      at.out(1).should.have.length(1);
    });

    it('gives an entry again when it was taken back', async () => {
      await at.deploy({ since: day(30) });
      await at.red.until(() => at.out(1).length === 1, 'the entry has come');
      await at.red.until(() => at.red.timers.lengths.includes(interval), 'it has looked');
      const { kantata } = at.sandbox;
      kantata.definition.load(kantata, {
        timesheet_submissions: [{ id: '5001', workspace_id: '1', user_id: '1', status: 'cancelled', time_entry_ids: [approvedRow(1).id] }],
        time_entries: [approvedRow(1, { approved: false, recent_submission_id: '5001', updated_at: new Date().toISOString() })],
      });
      at.red.timers.pass(interval);
      await at.red.until(() => at.out(1).length === 2, 'it has come again');
      should(at.out(1)[1]!.payload).match({ id: approvedTime(1).id, status: 'withdrawn' });
    });

    it('says what is wrong while the PSA is away, and goes on by itself', async () => {
      at.sandbox.kantata.faults.add({ kind: 'status', status: 503, times: 1 });
      await at.deploy({ since: day(30) });
      await at.shows(/^failed: /, 'red');
      at.red.timers.pass(2_000);
      await at.red.until(() => at.out(1).length === 1, 'the entry has come');
      await at.shows(/^watching/, 'green');
    });

    it('gives an entry again when it was deleted, where that is asked for', async () => {
      const { kantata } = at.sandbox;
      kantata.definition.load(kantata, { time_entries: [approvedRow(2)] });
      await at.deploy({ since: day(30), deleted: true });
      await at.red.until(() => at.out(1).length === 2, 'both entries have come');
      await at.red.until(() => at.red.timers.lengths.includes(interval), 'it has looked');
      const { urls, credentials } = at.sandbox;
      const answer = await fetch(`${urls.kantata}/api/v1/time_entries/${approvedRow(2).id}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${credentials.kantata['accessToken']}` },
      });
      answer.status.should.equal(204);
      at.red.timers.pass(interval);
      await at.red.until(() => at.out(1).length === 3, 'it has come again');
      should(at.out(1)[2]!.payload).match({ id: approvedTime(2).id, status: 'withdrawn' });
    });
  },
);
