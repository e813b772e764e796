import should from 'should';
import type { ExpenseFact, UnreadableRow } from '../../model/operations.ts';
import type { Expense } from '../../model/types.generated.ts';
import { approvedExpense } from '../../sandbox/netsuite/conformance.ts';
import { netsuite } from '../../sandbox/netsuite/definition.ts';
import { InMemoryEffects } from './in-memory-effects.ts';
import { startKantata } from './kantata-sandbox.ts';
import { anewWithProjects, failureOf, type NetSuiteSandbox } from './netsuite-sandbox.ts';

const signal = new AbortController().signal;
const march = { from: '2026-03-01', to: '2026-03-31' };
const money = (amount: string, currency = 'EUR') => ({ amount, currency });

type List = (window: typeof march, at: AbortSignal, unreadable?: (row: UnreadableRow) => void) => AsyncIterable<ExpenseFact>;
async function read(list: List, window = march) {
  const facts: ExpenseFact[] = [];
  const odd: UnreadableRow[] = [];
  for await (const fact of list(window, signal, (row) => odd.push(row))) facts.push(fact);
  return { facts, odd };
}

describe('NetSuite posted expenses, read back for reconciliation,', () => {
  let box: NetSuiteSandbox;
  anewWithProjects((sandbox) => {
    box = sandbox;
    const rate = { baseCurrency: { externalId: 'EUR' }, transactionCurrency: { externalId: 'GBP' }, exchangeRate: 1.1712 };
    netsuite.load(box.sim, {
      records: {
        currencyRate: [{ ...rate, effectiveDate: '2026-03-09' }],
        currency: [{ externalId: 'XBT', name: 'Bitcoin', symbol: 'XBT' }],
      },
    });
  });
  const expense = (id: number, more: Partial<Expense> = {}): Expense => ({ ...(approvedExpense(String(id)) as Expense), ...more });
  const post = async (...expenses: Expense[]) => {
    const lines = expenses.map((input) => ({ input, effects: new InMemoryEffects() }));
    for (const outcome of await box.erp.operations['expense.post'](lines, signal)) should(outcome).match({ ok: true });
  };
  const listed = (window = march) => read(box.another().operations['posted-expense.list'], window);
  const change = (report: object) =>
    netsuite.load(box.sim, { records: { expenseReport: [{ externalId: 'kantata___expense-1', ...report }] } });
  const line = (more: object) => ({ expense: { items: [{ category: { id: '1' }, amount: 48.9, ...more }] } });

  it('say what was posted: amount with tax, in the currency that was paid in, person, project and books', async () => {
    await post(
      expense(1, { amount: money('119.00'), tax: { code: 'DE-19', amount: money('19.00') } }),
      expense(2, { amount: money('99.99', 'GBP'), reimbursable: false, billable: false }),
    );
    const { facts, odd } = await listed();
    odd.should.be.empty();
    const shared = { day: '2026-03-10', receipt: true, person: 'ada.berg@firm.example', projectCode: 'ENG-0001', legalEntity: 'DE01' };
    facts
      .map(({ id: _id, ...fact }) => fact)
      .should.deepEqual([
        {
          ...{ key: 'kantata:expense-1', amount: money('119.00'), tax: money('19.00'), billable: true, reimbursable: true },
          ...{ ...shared, report: 'kantata 77' },
        },
        {
          ...{ key: 'kantata:expense-2', amount: money('99.99', 'GBP'), tax: null, billable: false, reimbursable: false },
          ...{ ...shared, report: 'kantata 77' },
        },
      ]);
  });

  it('are those of the days that were asked for', async () => {
    await post(expense(1, { day: '2026-03-01' }), expense(2, { day: '2026-03-31' }), expense(3, { day: '2026-04-01' }));
    (await listed()).facts.map(({ key }) => key).should.deepEqual(['kantata:expense-1', 'kantata:expense-2']);
  });

  it('without a project are of none, and of a customer alone are named by it', async () => {
    const { project: _none, ...internal } = expense(1);
    await post(internal, expense(2));
    const customer = box.records('customer')[0]!.id;
    netsuite.load(box.sim, {
      records: { expenseReport: [{ externalId: 'kantata___expense-2', ...line({ customer: { id: customer } }) }] },
    });
    (await listed()).facts.map(({ projectCode }) => projectCode).should.deepEqual([null, `#${customer}`]);
  });

  const odd: [string, object, string, string | undefined][] = [
    [
      'two lines',
      {
        expense: {
          items: [
            { category: { id: '1' }, amount: 1 },
            { category: { id: '1' }, amount: 2 },
          ],
        },
      },
      'expense',
      '2 lines',
    ],
    ['no line', { expense: { items: [] } }, 'expense', '0 lines'],
    [
      'tax in a currency that is not that of the books',
      { ...line({ currency: { externalId: 'GBP' }, foreignAmount: 10 }), taxDetails: { items: [{ taxAmount: 2 }] } },
      'taxDetails.taxAmount',
      '2',
    ],
    ['a currency that ISO 4217 does not know', line({ currency: { externalId: 'XBT' }, foreignAmount: 10 }), 'expense.currency', 'XBT'],
  ];
  for (const [what, report, field, value] of odd) {
    it(`of which one cannot be read are told with it, and all others: ${what}`, async () => {
      await post(expense(1), expense(2));
      change(report);
      const { facts, odd: rows } = await listed();
      facts.map(({ key }) => key).should.deepEqual(['kantata:expense-2']);
      rows.should.have.length(1);
      rows[0]!.should.match({ key: 'kantata:expense-1', field, ...(value ? { value } : {}) });
      (await failureOf(read((window, at) => box.another().operations['posted-expense.list'](window, at)))).class.should.equal(
        'contract.drift',
      );
    });
  }

  it('of which one is deleted while they are read are the others', async () => {
    await post(expense(1), expense(2));
    const id = box.records('expenseReport').find(({ externalId }) => externalId === 'kantata:expense-1')!.id;
    box.sim.faults.add({
      kind: 'status',
      status: 404,
      times: 9,
      match: { method: 'GET', path: `/record/v1/expenseReport/${id}` },
      body: { status: 404, 'o:errorDetails': [{ detail: 'The record instance does not exist.', 'o:errorCode': 'NONEXISTENT_ID' }] },
    });
    const { facts, odd: rows } = await listed();
    facts.map(({ key }) => key).should.deepEqual(['kantata:expense-2']);
    rows.should.be.empty();
  });

  it('are never half a list: one that cannot be read now is the end of it', async () => {
    await post(expense(1), expense(2));
    box.sim.faults.add({ kind: 'status', status: 503, times: 99, match: { method: 'GET', path: '/record/v1/expenseReport' } });
    (await failureOf(listed())).class.should.startWith('transient.');
  });
});

describe('Kantata: approved expenses of a span of days', () => {
  const user = { id: '9', full_name: 'Jane Doe', email_address: 'Jane@firm.example' };
  const row = (id: number, more: object = {}) => ({
    ...{
      id: String(id),
      workspace_id: '501',
      user_id: '9',
      date: '2026-03-10',
      category: 'Travel',
      amount_in_cents: 4_890,
      is_billable: true,
    },
    ...{
      active_submission_id: '801',
      recent_submission_id: '801',
      currency: 'EUR',
      currency_base_unit: 100,
      created_at: `2026-03-10T10:00:0${id % 10}Z`,
    },
    ...more,
  });
  const sheet = (id: string, status: string) => ({ id, workspace_id: '501', user_id: '9', status, expense_ids: [] });
  let box: Awaited<ReturnType<typeof startKantata>>;
  beforeEach(async () => {
    box = await startKantata({
      users: [user],
      attachments: [{ id: '5501', filename: 'train.pdf' }],
      workspaces: [
        { id: '501', title: 'ENG-0001 · Rollout', currency: 'EUR' },
        { id: '502', title: 'Internal', currency: 'EUR' },
      ],
      expense_report_submissions: [sheet('801', 'approved'), sheet('802', 'cancelled'), sheet('803', 'pending'), sheet('804', 'archived')],
    });
  });
  afterEach(() => box.stop());
  const listed = () => read(box.connect().operations['approved-expense.list']);

  it('are those whose report is approved, and no other', async () => {
    box.load({
      expenses: [
        row(1, { receipt_id: '5501' }),
        row(2, { active_submission_id: null, recent_submission_id: '802' }),
        row(3, { active_submission_id: '803' }),
        row(4, { active_submission_id: null, recent_submission_id: null }),
        row(5, { date: '2026-04-01' }),
        row(6, { workspace_id: '502', reimbursable: false, amount_in_cents: -100 }),
      ],
    });
    const { facts, odd } = await listed();
    odd.should.be.empty();
    const shared = { day: '2026-03-10', billable: true, person: 'jane@firm.example', report: '801' };
    facts.should.deepEqual([
      {
        ...{ key: 'kantata:expense-1', id: '1', amount: money('48.90'), reimbursable: true, receipt: true },
        ...{ ...shared, projectCode: 'ENG-0001' },
      },
      {
        ...{ key: 'kantata:expense-6', id: '6', amount: money('-1.00'), reimbursable: false, receipt: false },
        ...{ ...shared, projectCode: '#502' },
      },
    ]);
  });

  it('of which something is unclear are neither approved nor passed over', async () => {
    box.load({
      expenses: [
        row(1, { active_submission_id: '804', recent_submission_id: '804' }),
        row(2, { active_submission_id: '899', recent_submission_id: '899' }),
        row(3, { amount_in_cents: null }),
        row(4, { currency: null, workspace_id: '502' }),
        row(5),
        row(6, { currency: 'XBT' }),
      ],
    });
    const { facts, odd } = await listed();
    facts.length.should.be.aboveOrEqual(1);
    // no sum could be made of it, and that of all others would be none
    odd.should.matchAny({ key: 'kantata:expense-6', field: 'currency', value: 'XBT' });
    odd
      .map(({ key, field, value }) => [key, field, value])
      .slice(0, 3)
      .should.deepEqual([
        ['kantata:expense-1', 'submission.status', 'archived'],
        ['kantata:expense-2', 'submission.status', 'report 899 not shown'],
        ['kantata:expense-3', 'amount_in_cents', undefined],
      ]);
  });

  it('are all of many pages, each once', async () => {
    box.load({ expenses: Array.from({ length: 450 }, (_, index) => row(1000 + index)) });
    const { facts } = await listed();
    new Set(facts.map(({ key }) => key)).size.should.equal(450);
    facts.should.have.length(450);
  });
});
