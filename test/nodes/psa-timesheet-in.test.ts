import should from 'should';
import declaration from '../../nodes/psa/timesheet-in/declaration.ts';
import { loadTimeFirm } from '../system/time-firm.ts';
import type { NodeAtWork } from './node-at-work.ts';
import { nodeContract } from './node-contract.ts';
import { approvedRow, day } from '../system/time-rows.ts';
import { approvedTime, smallFirm } from './small-firm.ts';

const interval = 60_000;
/** What the store knows of the deployed source. */
const failingOf = (at: NodeAtWork) => async () =>
  (await at.red.pack.engine.store.failingSources()).filter(({ source }) => source === at.id);

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
      const failing = failingOf(at);
      await at.red.until(async () => (await failing()).length === 1, 'the store knows it');
      should(await failing()).match([{ source: at.id, flow: 'tab', severity: 'normal', failure: { class: 'transient.unavailable' } }]);
      at.red.timers.pass(2_000);
      await at.red.until(() => at.out(1).length === 1, 'the entry has come');
      await at.shows(/^watching/, 'green');
      await at.red.until(async () => (await failing()).length === 0, 'the store knows that it reads again');
    });

    it('that is taken out of the flows while it fails is no source any more', async () => {
      at.sandbox.kantata.faults.add({ kind: 'status', status: 503, times: 1 });
      await at.deploy({ since: day(30) });
      const failing = failingOf(at);
      await at.red.until(async () => (await failing()).length === 1, 'the store knows it');
      await at.node.close(true); // as Node-RED does for a node that a deploy removes
      await at.red.until(async () => (await failing()).length === 0, 'nobody tries to read any more');
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
