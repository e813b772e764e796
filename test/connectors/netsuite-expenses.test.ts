import should from 'should';
import type { NetSuiteConnector } from '../../connectors/netsuite/connector.ts';
import type { LineOutcome, PostedExpense } from '../../model/operations.ts';
import type { Expense } from '../../model/types.generated.ts';
import { approvedExpense } from '../../sandbox/netsuite/conformance.ts';
import { netsuite } from '../../sandbox/netsuite/definition.ts';
import { InMemoryEffects } from './in-memory-effects.ts';
import { anewWithProjects, type NetSuiteSandbox } from './netsuite-sandbox.ts';

const signal = () => new AbortController().signal;
const money = (amount: string, currency = 'EUR') => ({ amount, currency });
const expense = (id: number | string, more: Partial<Expense> = {}): Expense => ({ ...(approvedExpense(String(id)) as Expense), ...more });
const tom = { id: '12', email: 'tom.smit@firm.example' };

const post = (erp: NetSuiteConnector, expenses: Expense[], effects = () => new InMemoryEffects()) =>
  erp.operations['expense.post'](
    expenses.map((input) => ({ input, effects: effects() })),
    signal(),
  );
const told = (outcomes: LineOutcome<PostedExpense>[]) =>
  outcomes.map((outcome) => (outcome.ok ? 'ok' : `${outcome.failure.class} ${outcome.failure.code}`));

const rate = (from: string, to: string, exchangeRate: number, effectiveDate: string) => ({
  baseCurrency: { externalId: to },
  transactionCurrency: { externalId: from },
  exchangeRate,
  effectiveDate,
});

describe('NetSuite expenses', () => {
  let box: NetSuiteSandbox;
  anewWithProjects((sandbox) => {
    box = sandbox;
    netsuite.load(box.sim, {
      records: { currencyRate: [rate('GBP', 'EUR', 1.1712, '2026-03-09'), rate('JPY', 'EUR', 0.0061, '2026-03-01')] },
    });
  });
  const reports = () => box.records('expenseReport');

  describe('that are posted', () => {
    it('are each a report of their own in the books of the employer, with day, category, project, receipt and note', async () => {
      const [outcome] = await post(box.erp, [expense(1)]);
      should(outcome).match({ ok: true, output: { legalEntity: 'DE01', inBooks: money('48.90') } });
      const [report] = reports();
      report!.externalId!.should.equal('kantata:expense-1');
      report!.fields.should.match({ tranDate: '2026-03-10', memo: 'kantata 77', total: 48.9, useMultiCurrency: false });
      report!.lines['expense']![0]!.fields.should.match({ amount: 48.9, isBillable: true, receipt: true, memo: 'Train to the workshop' });
    });

    it('in another currency take the rate of their day, and say what is in the books, rounded half up', async () => {
      const [outcome] = await post(box.erp, [expense(2, { amount: money('99.99', 'GBP') })]);
      // 99.99 × 1.1712 = 117.108288
      should(outcome).match({ ok: true, output: { inBooks: money('117.11'), exchangeRate: '1.1712' } });
      reports()[0]!.lines['expense']![0]!.fields.should.match({ foreignAmount: 99.99, exchangeRate: 1.1712, amount: 117.11 });
    });

    it('take the rate that the source states before the account’s own', async () => {
      const given = expense(3, { amount: money('100.00', 'GBP'), exchangeRate: { rate: '1.20', currency: 'EUR' } });
      should((await post(box.erp, [given]))[0]).match({ ok: true, output: { inBooks: money('120.00'), exchangeRate: '1.20' } });
    });

    it('show their tax by itself: the line is without it', async () => {
      await post(box.erp, [expense(4, { amount: money('119.00'), tax: { code: 'DE-19', amount: money('19.00') } })]);
      const [report] = reports();
      report!.lines['expense']![0]!.fields.should.match({ amount: 100 });
      report!.lines['taxDetails']![0]!.fields.should.match({ taxCode: '11', taxBasis: 100, taxAmount: 19 });
    });

    it('carry distance and rate of mileage', async () => {
      const driven = { amount: money('126.00'), mileage: { distance: '420', unit: 'KMT' as const, rate: money('0.30') } };
      await post(box.erp, [expense(5, driven)]);
      reports()[0]!.lines['expense']![0]!.fields.should.match({ quantity: 420, rate: 0.3, amount: 126 });
    });

    it('need no project', async () => {
      const { project: _none, ...internal } = expense(6);
      told(await post(box.erp, [internal])).should.deepEqual(['ok']);
    });

    it('say what a report has no place for', async () => {
      const [outcome] = await post(box.erp, [expense(7, { markup: '12.5', note: 'x'.repeat(1_000) })]);
      should(outcome!.ok && outcome!.output.leftOut!.map(({ field, code }) => `${field} ${code}`)).deepEqual([
        'markup MARKUP_NOT_KEPT',
        'note NOTE_NOT_KEPT',
      ]);
    });
  });

  describe('that come again', () => {
    it('are posted once, however often: by a new process, and in one batch', async () => {
      await post(box.erp, [expense(1), expense(1)]);
      await post(box.another(), [expense(1), expense(2, { amount: money('10.00', 'GBP') })]);
      await post(box.another(), [expense(2, { amount: money('10.00', 'GBP') })]);
      reports().should.have.length(2);
      box
        .appliedByKey()
        .filter((line) => line.startsWith('expenseReport'))
        .should.deepEqual(['expenseReport kantata:expense-1 created', 'expenseReport kantata:expense-2 created']);
    });

    it('are not sent again for a rate that was corrected in NetSuite since', async () => {
      const inPounds = expense(2, { amount: money('10.00', 'GBP') });
      await post(box.erp, [inPounds]);
      netsuite.load(box.sim, { records: { currencyRate: [rate('GBP', 'EUR', 1.2, '2026-03-10')] } });
      // and what is told is what is in the books, not what would be by the new rate
      should(await post(box.another(), [inPounds])).match([{ ok: true, output: { inBooks: money('11.71'), exchangeRate: '1.1712' } }]);
      reports()[0]!.lines['expense']![0]!.fields.should.match({ exchangeRate: 1.1712 });
    });

    it('are corrected where the same amount is of another distance', async () => {
      const driven = (distance: string, rate: string) =>
        expense(5, { amount: money('126.00'), mileage: { distance, unit: 'KMT', rate: money(rate) } });
      await post(box.erp, [driven('420', '0.30')]);
      should(await post(box.another(), [driven('210', '0.60')])).match([{ ok: true, output: { corrected: true } }]);
      reports()[0]!.lines['expense']![0]!.fields.should.match({ quantity: 210, rate: 0.6, amount: 126 });
      const [same] = await post(box.another(), [driven('210', '0.60')]);
      should(same!.ok && same!.output.corrected).equal(undefined);
    });

    it('are corrected in place: one line, with the new amount and without the tax that is gone', async () => {
      await post(box.erp, [expense(1, { amount: money('119.00'), tax: { code: 'DE-19', amount: money('19.00') } })]);
      const [outcome] = await post(box.another(), [expense(1, { amount: money('50.00'), version: 'v2' })]);
      should(outcome).match({ ok: true, output: { corrected: true } });
      const [report, ...more] = reports();
      more.should.be.empty();
      report!.lines['expense']!.map(({ fields }) => fields['amount']).should.deepEqual([50]);
      (report!.lines['taxDetails'] ?? []).should.be.empty();
    });

    it('whose answer was lost are looked up, and not posted twice', async () => {
      box.sim.faults.add({ kind: 'dropAfter', times: 1, match: { method: 'POST', path: '/record/v1/expenseReport' } });
      const effects = new InMemoryEffects();
      const [lost] = await post(box.erp, [expense(1)], () => effects);
      lost!.ok.should.equal(false);
      told(await post(box.another(), [expense(1)], () => effects)).should.deepEqual(['ok']);
      reports().should.have.length(1);
    });
  });

  describe('that cannot be posted', () => {
    const refused: [string, Partial<Expense>, string, string, string][] = [
      [
        'a currency without a rate at all',
        { amount: money('10.00', 'USD') },
        'mapping.missing EXCHANGE_RATE_MISSING',
        'amount.currency',
        'USD',
      ],
      [
        'a currency whose rate is too old',
        { amount: money('900', 'JPY') },
        'mapping.missing EXCHANGE_RATE_MISSING',
        'amount.currency',
        'JPY',
      ],
      [
        'a currency that the account does not have',
        { amount: money('10.00', 'SEK') },
        'mapping.missing CURRENCY_UNKNOWN',
        'currency',
        'SEK',
      ],
      ['a day in a closed period', { day: '2026-01-15' }, 'business.rejected PERIOD_CLOSED', 'day', '2026-01-15'],
      ['a day in a period that is locked for payables', { day: '2026-02-15' }, 'business.rejected PERIOD_LOCKED', 'day', '2026-02-15'],
      [
        'a tax code of another entity',
        { tax: { code: 'NL-21', amount: money('1.00') } },
        'mapping.missing TAX_CODE_UNKNOWN',
        'tax.code',
        'NL-21',
      ],
      [
        'tax in a currency that is not that of the books',
        { amount: money('119.00', 'GBP'), tax: { code: 'DE-19', amount: money('19.00', 'GBP') } },
        'business.rejected EXPENSE_TAX_FOREIGN',
        'tax.amount',
        '19.00 GBP',
      ],
      ['a category that is not there', { category: 'Yachts' }, 'mapping.missing EXPENSE_CATEGORY_UNKNOWN', 'category', 'Yachts'],
      ['a refund', { amount: money('-25.00') }, 'business.rejected EXPENSE_REFUND', 'amount', '-25.00 EUR'],
      [
        'an unknown person',
        { resource: { id: '9', email: 'who@firm.example' } },
        'mapping.missing EMPLOYEE_UNKNOWN',
        'resource.email',
        'who@firm.example',
      ],
      [
        'a project that is not there yet',
        { project: { id: '1', code: 'ENG-9' } },
        'mapping.missing PROJECT_UNKNOWN',
        'project.code',
        'ENG-9',
      ],
      [
        'books that are not the employer’s',
        { legalEntity: 'NL01', report: { id: '5' } },
        'business.rejected EXPENSE_OTHER_ENTITY',
        'legalEntity',
        'NL01',
      ],
      [
        'an amount that no JSON number holds',
        { amount: money('12345678901234567.89') },
        'contract.invalid NUMBER_NOT_EXACT',
        'amount',
        '12345678901234567.89',
      ],
    ];

    for (const [what, more, said, field, value] of refused) {
      it(`are told with record, field, value and remedy: ${what}`, async () => {
        netsuite.load(box.sim, { periods: [{ start: '2026-02-01', apLocked: true }] });
        const [outcome, other] = await post(box.erp, [expense(1, more), expense(2, { report: { id: '78' } })]);
        told([outcome!, other!]).should.deepEqual([said, 'ok']);
        const { failure } = outcome as { ok: false; failure: { field: string; value: string; remedy: string; record: unknown } };
        failure.should.match({ field, value });
        failure.remedy.should.be.ok();
        JSON.stringify(failure.record).should.match(/expense-1/);
        reports().should.have.length(1);
      });
    }

    it('are all of one report that is in two entities, and the others are posted', async () => {
      const outcomes = await post(box.erp, [expense(1), expense(2, { resource: tom }), expense(3, { report: { id: '78' } })]);
      told(outcomes).should.deepEqual(['business.rejected REPORT_IN_TWO_ENTITIES', 'business.rejected REPORT_IN_TWO_ENTITIES', 'ok']);
      should(outcomes[0]).match({ failure: { field: 'report.id', value: '77' } });
    });

    it('stay as they are in the books of a former employer', async () => {
      await post(box.erp, [expense(1)]);
      netsuite.load(box.sim, { records: { employee: [{ externalId: 'EMP-001', subsidiary: { externalId: 'NL01' } }] } });
      const [outcome] = await post(box.another(), [expense(1, { amount: money('50.00') })]);
      told([outcome!]).should.deepEqual(['conflict.duplicate EXPENSE_IN_ANOTHER_ENTITY']);
      reports()[0]!.fields.should.match({ total: 48.9 });
    });

    it('and correct nothing that is paid', async () => {
      await post(box.erp, [expense(1)]);
      netsuite.load(box.sim, { records: { expenseReport: [{ externalId: 'kantata___expense-1', status: { id: 'I' } }] } });
      const [outcome] = await post(box.another(), [expense(1, { amount: money('50.00') })]);
      told([outcome!]).should.deepEqual(['business.rejected EXPENSE_PAID']);
    });

    it('on a project that takes none are told by the project', async () => {
      netsuite.load(box.sim, { records: { job: [{ externalId: 'ENG-0001', allowExpenses: false }] } });
      const [outcome] = await post(box.erp, [expense(1)]);
      told([outcome!]).should.deepEqual(['business.rejected PROJECT_TAKES_NO_EXPENSES']);
      should(outcome).match({ failure: { field: 'project.code', value: 'ENG-0001' } });
    });
  });

  describe('that were taken back', () => {
    it('before they were posted end without anything in the books', async () => {
      const [outcome] = await post(box.erp, [expense(1, { status: 'withdrawn' })]);
      should(outcome).deepEqual({ ok: true, output: { withdrawn: true } });
      reports().should.be.empty();
    });

    it('and approved anew as they were are in the books once, untouched', async () => {
      await post(box.erp, [expense(1)]);
      told(await post(box.another(), [expense(1, { status: 'withdrawn' })])).should.deepEqual(['business.rejected EXPENSE_WITHDRAWN']);
      told(await post(box.another(), [expense(1)])).should.deepEqual(['ok']);
      const writes = box.appliedByKey().filter((line) => line.startsWith('expenseReport'));
      writes.should.deepEqual(['expenseReport kantata:expense-1 created']);
    });

    it('and handed in with another report are corrected, not posted twice', async () => {
      await post(box.erp, [expense(1)]);
      const [outcome] = await post(box.another(), [expense(1, { report: { id: '99' }, version: 'v2' })]);
      should(outcome).match({ ok: true, output: { corrected: true } });
      reports()
        .map(({ fields }) => fields['memo'])
        .should.deepEqual(['kantata 99']);
    });

    it('after they were posted are for a person, and end once the report is gone', async () => {
      await post(box.erp, [expense(1)]);
      const [outcome] = await post(box.another(), [expense(1, { status: 'withdrawn' })]);
      told([outcome!]).should.deepEqual(['business.rejected EXPENSE_WITHDRAWN']);
      should(outcome).match({ failure: { field: 'status', value: 'withdrawn' } });
      reports().should.have.length(1);
      delete box.sim.state.records['expenseReport'];
      told(await post(box.another(), [expense(1, { status: 'withdrawn' })])).should.deepEqual(['ok']);
    });
  });
});
