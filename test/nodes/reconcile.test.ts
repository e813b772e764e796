import should from 'should';
import type { Break } from '../../engine/reconciliation.ts';
import declaration from '../../nodes/data/reconcile/declaration.ts';
import { loadTimeFirm, psaId } from '../system/time-firm.ts';
import { nodeContract } from './node-contract.ts';
import { approvedRow, day, postedRow } from '../system/time-rows.ts';
import { smallFirm } from './small-firm.ts';
import { expenseId, loadExpenses } from '../system/expense-rows.ts';

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

    describe('of expenses', () => {
      const posted = (number: number, amount: number, more: object = {}) => ({
        externalId: `kantata___expense-${expenseId(number)}`,
        entity: { externalId: 'EMP-1' },
        subsidiary: { externalId: smallFirm.legalEntity },
        tranDate: day(5),
        expense: { items: [{ category: { id: '1' }, amount, customer: { externalId: 'ENG-0001' }, isBillable: true, ...more }] },
      });

      it('tells what is missing, differs, or is there for nobody, with totals to the cent by entity and currency', async () => {
        loadExpenses(at.sandbox, [1, 2, 3]);
        at.sandbox.netsuite.definition.load(at.sandbox.netsuite, {
          records: { expenseReport: [posted(1, 50), posted(2, 50.01), posted(9, 7)] },
        });
        await at.deploy({ subject: 'expenses' });
        at.receive();
        const [run] = await at.red.ended();
        should(run!.failure).equal(undefined);
        const result = at.out(1)[0]!.payload as Result & { subject: string; sides: Record<'psa' | 'erp', object>; notCompared: object };
        result.subject.should.equal('expenses');
        result.matched.should.equal(1);
        result.breaks
          .map(({ kind, key }) => [kind, key])
          .should.deepEqual([
            ['amount-differs', `kantata:expense-${expenseId(2)}`],
            ['missing-in-erp', `kantata:expense-${expenseId(3)}`],
            ['missing-in-psa', `kantata:expense-${expenseId(9)}`],
          ]);
        result.breaks[0]!.message.should.match(/amount 50\.00 USD approved, 50\.01 USD posted/);
        result.sides.psa.should.match({ entries: 3, amounts: { '-': { USD: '150.00' } } });
        result.sides.erp.should.match({ entries: 3, amounts: { US01: { USD: '107.01' } } });
        result.sides.psa.should.not.have.property('minutes');
        result.notCompared.should.deepEqual({ entity: 2, tax: 2 });
      });
    });
  },
);
