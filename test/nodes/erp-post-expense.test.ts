import should from 'should';
import declaration from '../../nodes/erp/post-expense/declaration.ts';
import { approvedExpenseOf } from '../system/expense-rows.ts';
import { loadTimeFirm } from '../system/time-firm.ts';
import { day } from '../system/time-rows.ts';
import { nodeContract } from './node-contract.ts';
import { smallFirm } from './small-firm.ts';

const seconds = 10_000;
const money = (amount: string, currency: string) => ({ amount, currency });

nodeContract(
  declaration,
  {
    firm(sandbox) {
      loadTimeFirm(sandbox, smallFirm);
      sandbox.netsuite.definition.load(sandbox.netsuite, {
        records: {
          currencyRate: [
            { baseCurrency: { externalId: 'USD' }, transactionCurrency: { externalId: 'GBP' }, exchangeRate: 1.25, effectiveDate: day(6) },
          ],
        },
      });
    },
    takes: () => ({ payload: approvedExpenseOf(1) }),
    collectsFor: seconds,
    refuses: [
      { what: 'a message without a payload', message: {}, field: /./, says: /^expense: / },
      {
        what: 'an expense without an amount',
        message: { payload: { ...approvedExpenseOf(2), amount: undefined } },
        field: 'amount',
        says: /^expense kantata:expense-\d+: .*amount/,
      },
      {
        what: 'an amount of nothing',
        message: { payload: approvedExpenseOf(2, { amount: money('0.00', 'USD') }) },
        field: 'amount',
        says: /^expense kantata:expense-\d+: .*0 USD/,
      },
      {
        what: 'an expense without a receipt where receipts are asked for',
        message: { payload: approvedExpenseOf(2) },
        fields: { receipts: true },
        field: 'receipt',
        says: /^expense kantata:expense-\d+: .*no receipt/,
      },
      ...(['draft', 'submitted', 'rejected', 'invoiced'] as const).map((status) => ({
        what: `an expense that is ${status}`,
        message: { payload: approvedExpenseOf(3, { status }) },
        field: 'status',
        says: new RegExp(`^expense kantata:expense-\\d+: .*${status}, not approved`),
      })),
    ],
    async behaves(at) {
      at.receive();
      await at.shows(/^collecting, 1/, 'blue');
      return at.red.timers.lengths.includes(seconds);
    },
  },
  (at) => {
    it('posts what has collected when its time is over, and counts it by legal entity and currency', async () => {
      await at.deploy();
      at.receive({ payload: approvedExpenseOf(11) });
      at.receive({ payload: approvedExpenseOf(12, { amount: money('80.00', 'GBP') }) });
      at.receive({ payload: approvedExpenseOf(13, { status: 'withdrawn' }) });
      at.receive({ payload: approvedExpenseOf(14, { resource: { id: '9', email: 'nobody@firm.example' } }) });
      at.receive({ payload: approvedExpenseOf(15, { amount: money('9000', 'JPY') }) });
      await at.shows(/^collecting, 5/, 'blue');
      at.red.timers.pass(seconds);
      const runs = await at.red.ended(5);
      runs
        .map(({ status }) => status)
        .sort()
        .should.deepEqual(['dead', 'dead', 'done', 'done', 'done']);
      await at.red.until(() => at.out(2).length === 1, 'the totals are there');
      should(at.out(2)[0]!.payload).match({
        ...{ entries: 5, posted: 3, refused: 2, withdrawn: 1 },
        counts: { US01: { USD: 1, GBP: 1 } },
        amounts: { US01: { USD: '50.00', GBP: '80.00' } },
        inBooks: { US01: { USD: '150.00' } },
      });
      const failures = at.red.seen.at('caught').map(({ psConnect }) => psConnect!.failure!.code);
      failures.sort().should.deepEqual(['EMPLOYEE_UNKNOWN', 'EXCHANGE_RATE_MISSING']);
    });

    it('posts at once when the batch is full', async () => {
      await at.deploy({ batchSize: 2 });
      at.receive({ payload: approvedExpenseOf(21) });
      at.receive({ payload: approvedExpenseOf(22) });
      (await at.red.ended(2)).map(({ status }) => status).should.deepEqual(['done', 'done']);
    });

    it('takes an expense with its receipt where receipts are asked for', async () => {
      await at.deploy({ receipts: true, batchSize: 1 });
      at.receive({ payload: approvedExpenseOf(31, { receipt: { id: '77' } }) });
      (await at.red.ended(1)).map(({ status }) => status).should.deepEqual(['done']);
    });
  },
);
