import should from 'should';
import declaration from '../../nodes/erp/milestone/declaration.ts';
import { linesIn, loadBilledFirm, reachedMilestone } from './billed-firm.ts';
import { nodeContract } from './node-contract.ts';

nodeContract(
  declaration,
  {
    firm: loadBilledFirm,
    takes: () => ({ payload: reachedMilestone() }),
    refuses: [
      { what: 'a message without a payload', message: { topic: 'nothing' }, field: /./, says: /^milestone: / },
      {
        what: 'a milestone that the schedule does not have',
        message: { payload: reachedMilestone({ code: 'ENG-0001/M9' }) },
        field: 'code',
        says: /M9/,
        german: /keine solche Position/,
      },
    ],
  },
  (at) => {
    it('marks the line of the milestone', async () => {
      await at.deploy();
      at.receive({ payload: reachedMilestone({ code: 'ENG-0001/M2' }) });
      const [run] = await at.red.ended();
      should(run!.failure).equal(undefined);
      should(linesIn(at.sandbox)[1]!['milestoneCompleted']).equal(true);
      should((at.out(1)[0]!.erp as { milestone: unknown }).milestone).containEql({ code: 'ENG-0001/M2', billable: true });
    });
  },
);
