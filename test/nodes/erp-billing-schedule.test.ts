import should from 'should';
import declaration from '../../nodes/erp/billing-schedule/declaration.ts';
import { agreedSchedule, linesIn, loadBilledFirm } from './billed-firm.ts';
import { nodeContract } from './node-contract.ts';

nodeContract(
  declaration,
  {
    firm: loadBilledFirm,
    takes: () => ({ payload: agreedSchedule() }),
    refuses: [
      { what: 'a message without a payload', message: { topic: 'nothing' }, field: /./, says: /^billing-schedule: / },
      {
        what: 'milestones that are not the amount of the contract',
        message: { payload: agreedSchedule({ amount: { amount: '10000.01', currency: 'USD' } }) },
        field: 'lines',
        says: /^billing schedule of project ENG-0001: .*10000\.00 USD.*10000\.01 USD/,
        german: /ENG-0001.*Vertrag/,
      },
    ],
  },
  (at) => {
    it('sets the agreed schedule, and says what is billed when', async () => {
      await at.deploy();
      at.receive({ payload: agreedSchedule({ version: 2 }), erp: { projects: ['kept'] } });
      const [run] = await at.red.ended();
      should(run!.failure).equal(undefined);
      linesIn(at.sandbox)
        .map(({ comments }) => comments)
        .should.deepEqual(['M1 Design signed: 3333.33 USD', 'M2 Go-live: 6666.67 USD']);
      const { billingSchedule, projects } = at.out(1)[0]!.erp as {
        billingSchedule: { version: number; lines: unknown[] };
        projects: unknown;
      };
      billingSchedule.should.containEql({ project: 'ENG-0001', version: 2 });
      billingSchedule.lines[1]!.should.deepEqual({ code: 'M2', due: '2026-09-30', amount: '6666.67', currency: 'USD' });
      should(projects).deepEqual(['kept']);
    });
  },
);
