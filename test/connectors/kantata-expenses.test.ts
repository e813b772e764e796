import should from 'should';
import { expenseEvent, expenseOf, statusOf } from '../../connectors/kantata/records/expense.ts';
import { contractIssues } from '../../model/contract.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { SourceEvent } from '../../model/operations.ts';
import { startKantata } from './kantata-sandbox.ts';

const signal = new AbortController().signal;
const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 10, minute)).toISOString().replace('.000Z', 'Z');

const row = {
  id: '77',
  date: '2026-11-20',
  category: 'Travel',
  amount_in_cents: 4890,
  currency: 'EUR',
  currency_base_unit: 100,
  notes: 'Train',
  is_billable: true,
  reimbursable: true,
  workspace_id: '12',
  story_id: '34',
  user_id: '9',
  receipt_id: '5501',
  active_submission_id: '88',
  recent_submission_id: '88',
  updated_at: '2026-11-20T17:22:50-08:00',
};
const report = {
  id: '88',
  status: 'approved',
  current_resolution_creator_id: 4,
  current_resolution_created_at_date: '2026-11-20T17:22:50-08:00',
};
const user = { id: '9', full_name: 'Jane Doe', email_address: 'jane@firm.example' };
const context = { user, report, projectCode: 'ENG-0001', taskCode: 'ENG-0001/P1/T1', currency: undefined };

describe('Kantata: an expense in the words of the firm', () => {
  it('keeps the contract, with exact money, report, receipt and who approved it when', () => {
    const expense = expenseOf(row, 'approved', context);
    contractIssues('expense', expense).should.deepEqual([]);
    const { version, ...rest } = expense;
    String(version).should.match(/^[0-9a-f]{16}$/);
    rest.should.deepEqual({
      id: 'kantata:expense-77',
      source: { system: 'kantata', id: '77' },
      resource: { id: '9', email: 'jane@firm.example', name: 'Jane Doe' },
      report: { id: '88' },
      project: { id: '12', code: 'ENG-0001' },
      task: { id: '34', code: 'ENG-0001/P1/T1' },
      day: '2026-11-20',
      category: 'Travel',
      amount: { amount: '48.90', currency: 'EUR' },
      receipt: { id: '5501' },
      billable: true,
      reimbursable: true,
      note: 'Train',
      status: 'approved',
      approval: { by: '4', at: '2026-11-21T01:22:50.000Z' },
      sourceUpdatedAt: '2026-11-21T01:22:50.000Z',
    });
  });

  it('counts in the parts of its currency', () => {
    const amount = (more: object) => expenseOf({ ...row, ...more }, 'approved', context)['amount'];
    should(amount({ currency: 'JPY', currency_base_unit: 1 })).deepEqual({ amount: '4890', currency: 'JPY' });
    should(amount({ currency: 'KWD', currency_base_unit: 1000 })).deepEqual({ amount: '4.890', currency: 'KWD' });
    should(amount({ amount_in_cents: 0 })).deepEqual({ amount: '0.00', currency: 'EUR' });
    should(amount({ amount_in_cents: -2500 })).deepEqual({ amount: '-25.00', currency: 'EUR' });
  });

  it('passes on what has not its form, so that the contract names it', () => {
    const fields = (more: object) =>
      contractIssues('expense', expenseOf({ ...row, ...more }, 'approved', context)).map(({ field }) => field);
    fields({ amount_in_cents: null }).should.deepEqual(['amount']);
    fields({ amount_in_cents: 'a lot' }).should.deepEqual(['amount.amount']);
    fields({ currency: null }).should.deepEqual(['amount.currency']);
    fields({ currency_base_unit: 0 }).should.deepEqual(['amount.amount']);
    fields({ date: '2026-02-30' }).should.deepEqual(['day']);
    fields({ category: null }).should.deepEqual(['category']);
    fields({ is_billable: 'yes' }).should.deepEqual(['billable']);
    fields({ reimbursable: 'yes' }).should.deepEqual(['reimbursable']);
  });

  it('is approved or taken back by what its report says, and no news while nobody has decided', () => {
    const of = (status: string | undefined, more: object = {}) =>
      statusOf({ ...row, ...more }, status === undefined ? undefined : { status });
    should(of('approved')).equal('approved');
    for (const status of ['cancelled', 'rejected']) should(of(status, { active_submission_id: null })).equal('withdrawn');
    should(of('pending')).equal(undefined);
    should(of(undefined, { active_submission_id: null, recent_submission_id: null })).equal(undefined);
    // what is not documented is nobody's approval, and is not passed over either
    should(of('constructor')).equal('constructor');
    should(of(undefined)).equal('report 88 not shown');
    contractIssues('expense', expenseOf(row, 'report 88 not shown', context))
      .map(({ field }) => field)
      .should.deepEqual(['status']);
  });

  it('is another version by what is paid back or decided alone', () => {
    const version = (more: object, status = 'approved') => String(expenseOf({ ...row, ...more }, status, context)['version']);
    version({ updated_at: at(1), is_invoiced: true }).should.equal(version({}));
    for (const change of [{ amount_in_cents: 0 }, { notes: null }, { receipt_id: null }, { is_billable: false }, { category: 'Food' }])
      version(change).should.not.equal(version({}));
    version({}, 'withdrawn').should.not.equal(version({}));
    expenseEvent(expenseOf(row, 'withdrawn', context), new Date(0)).type.should.equal('com.psconnect.expense.withdrawn');
  });
});

describe('Kantata: approved expenses', () => {
  const base = {
    users: [user],
    workspaces: [{ id: '501', title: 'ENG-0001 · Rollout', currency: 'GBP' }],
    expenses: [1, 2, 3, 4].map((number) => ({
      id: String(number),
      workspace_id: '501',
      user_id: '9',
      date: '2026-11-20',
      category: 'Travel',
      amount_in_cents: 1000 * number,
      created_at: at(0),
      updated_at: at(0),
    })),
  };
  let box: Awaited<ReturnType<typeof startKantata>>;
  beforeEach(async () => {
    box = await startKantata(base);
  });
  afterEach(() => box.stop());

  async function readAll(stored?: Json): Promise<{ events: SourceEvent[]; cursor: Json }> {
    const psa = box.connect();
    const events: SourceEvent[] = [];
    for (let cursor = stored; ;) {
      const page = await psa.operations['approved-expense.poll'](cursor, { since: '2020-01-01', pageSize: 2 }, signal);
      events.push(...page.events);
      cursor = page.cursor;
      if (!page.more) return { events, cursor };
    }
  }
  /** pages overlap: the same event is one */
  const seen = (events: SourceEvent[]) =>
    [...new Map(events.map((event) => [event.id, event])).values()].map(
      ({ subject, data }) => `${subject} ${String((data as JsonObject)['status'])}`,
    );
  const api = async (method: string, path: string, body: object) => {
    const answer = await fetch(`${box.sim.url}/api/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${box.sim.definition.credentials(box.sim)['accessToken']}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as { results: { id: string }[] } };
  };
  const handIn = async (ids: string[]) => {
    const made = await api('POST', 'expense_report_submissions', {
      expense_report_submission: { title: 'November', workspace_id: '501', line_item_ids: ids },
    });
    made.status.should.equal(200);
    return made.body.results[0]!.id;
  };

  it('come when their report is approved, in the currency of the project, and not before', async () => {
    const reportId = await handIn(['1', '2', '3']);
    const before = await readAll();
    before.events.should.be.empty();
    (await api('PUT', `expense_report_submissions/${reportId}/approve`, {})).status.should.equal(200);
    const { events } = await readAll(before.cursor);
    seen(events)
      .sort()
      .should.deepEqual([1, 2, 3].map((number) => `kantata:expense-${number} approved`));
    events.forEach(({ data }) => contractIssues('expense', data).should.deepEqual([]));
    should((events[0]!.data as JsonObject)['amount']).match({ currency: 'GBP' });
  });

  it('come again when the report is taken back, and are frozen until then', async () => {
    const reportId = await handIn(['1']);
    await api('PUT', `expense_report_submissions/${reportId}/approve`, {});
    const first = await readAll();
    (await api('PUT', 'expenses/1', { expense: { amount_in_cents: 5 } })).status.should.equal(422);
    (await api('PUT', `expense_report_submissions/${reportId}/cancel`, {})).status.should.equal(200);
    const second = await readAll(first.cursor);
    seen(second.events).should.deepEqual(['kantata:expense-1 withdrawn']);
    (await api('PUT', 'expenses/1', { expense: { amount_in_cents: 5 } })).status.should.equal(200);
    const again = await handIn(['1']);
    await api('PUT', `expense_report_submissions/${again}/approve`, {});
    seen((await readAll(second.cursor)).events)
      .at(-1)!
      .should.equal('kantata:expense-1 approved');
  });
});
