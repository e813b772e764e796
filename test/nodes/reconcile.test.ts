import should from 'should';
import type { Break } from '../../engine/reconciliation.ts';
import declaration from '../../nodes/data/reconcile/declaration.ts';
import { loadTimeFirm, psaId } from '../system/time-firm.ts';
import { nodeContract } from './node-contract.ts';
import { approvedRow, day, postedRow } from '../system/time-rows.ts';
import { smallFirm } from './small-firm.ts';

interface Result {
  matched: number;
  counts: Record<string, number>;
  breaks: Break[];
}

nodeContract(
  declaration,
  {
    firm(sandbox) {
      loadTimeFirm(sandbox, smallFirm);
      const { kantata, netsuite } = sandbox;
      kantata.definition.load(kantata, { time_entries: [approvedRow(1), approvedRow(2), approvedRow(3, { date_performed: day(50) })] });
      netsuite.definition.load(netsuite, {
        records: {
          timeBill: [postedRow(1)],
        },
      });
    },
    takes: () => ({ payload: 'now' }),
    async behaves(at) {
      at.receive();
      await at.red.ended();
      const { matched, counts } = at.out(1)[0]!.payload as Result;
      return { matched, counts };
    },
  },
  (at) => {
    it('finds the entry that was approved and not posted, and sends each break by itself', async () => {
      await at.deploy();
      at.receive();
      const [run] = await at.red.ended();
      should(run!.failure).equal(undefined);
      const { matched, counts, breaks } = at.out(1)[0]!.payload as Result;
      should({ matched, counts }).deepEqual({ matched: 1, counts: { 'missing-in-erp': 1 } });
      at.out(2)
        .map(({ topic, payload }) => [topic, (payload as Break).key])
        .should.deepEqual([['missing-in-erp', `kantata:${psaId.entry('2')}`]]);
      breaks.should.have.length(1);
    });

    it('looks back as far as its form says', async () => {
      await at.deploy({ lookbackDays: 60 });
      at.receive();
      await at.red.ended();
      at.out(2).should.have.length(2);
    });
  },
);
