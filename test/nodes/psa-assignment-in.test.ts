import should from 'should';
import declaration from '../../nodes/psa/assignment-in/declaration.ts';
import { loadBookedFirm, plan } from './booked-firm.ts';
import { nodeContract } from './node-contract.ts';

const interval = 60_000;

nodeContract(
  declaration,
  {
    firm: loadBookedFirm,
    async behaves(at) {
      await at.shows(/^watching, 0 open/, 'green');
      await at.red.until(() => at.red.timers.lengths.includes(interval), 'it looks again in a minute');
      return at.out(1).length;
    },
  },
  (at) => {
    const looksAgain = async () => {
      await at.red.until(() => at.red.timers.lengths.includes(interval), 'it has looked');
      at.red.timers.pass(interval);
    };

    it('gives what is booked since the day that its form says, then its release when it is deleted', async () => {
      await at.deploy({ since: '2026-10-01' });
      await at.red.until(() => at.out(1).length === 1, 'the booking has come');
      should(at.out(1)[0]!.payload).containEql({ id: 'kantata:601', status: 'assigned', minutes: 1200 });
      await plan(at.sandbox, 'DELETE', 'workspace_allocations/601');
      await looksAgain();
      await at.red.until(() => at.out(1).length === 2, 'the release has come');
      should(at.out(1)[1]!.payload).containEql({ id: 'kantata:601', status: 'released' });
      await looksAgain();
      await at.red.until(() => at.red.timers.lengths.includes(interval), 'it has looked again');
      at.out(1).should.have.length(2);
    });
  },
);
