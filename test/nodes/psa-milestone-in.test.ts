import should from 'should';
import declaration from '../../nodes/psa/milestone-in/declaration.ts';
import { loadTimeFirm } from '../system/time-firm.ts';
import { day } from '../system/time-rows.ts';
import { milestoneRow } from './billed-firm.ts';
import { nodeContract } from './node-contract.ts';
import { smallFirm } from './small-firm.ts';

const interval = 60_000;

nodeContract(
  declaration,
  {
    firm(sandbox) {
      loadTimeFirm(sandbox, smallFirm);
      sandbox.kantata.definition.load(sandbox.kantata, { stories: [milestoneRow(1)] });
    },
    async behaves(at) {
      await at.shows(/^watching, 0 open/, 'green');
      await at.red.until(() => at.red.timers.lengths.includes(interval), 'it looks again in a minute');
      return at.out(1).length;
    },
  },
  (at) => {
    it('begins at the day that its form says, and gives each milestone once', async () => {
      await at.deploy({ since: day(30) });
      await at.red.until(() => at.out(1).length === 1, 'the milestone has come');
      should(at.out(1)[0]!.payload).containEql({ code: 'ENG-0001/M1', state: 'reached' });
      await at.red.until(() => at.red.timers.lengths.includes(interval), 'it has looked');
      at.red.timers.pass(interval);
      await at.red.until(() => at.red.timers.lengths.includes(interval), 'it has looked again');
      at.out(1).should.have.length(1);
    });

    it('says what is wrong while the PSA is away, and goes on by itself', async () => {
      at.sandbox.kantata.faults.add({ kind: 'status', status: 503, times: 1 });
      await at.deploy({ since: day(30) });
      await at.shows(/^failed: /, 'red');
      at.red.timers.pass(2_000);
      await at.red.until(() => at.out(1).length === 1, 'the milestone has come');
      await at.shows(/^watching/, 'green');
    });
  },
);
