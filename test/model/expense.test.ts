import 'should';
import { contractIssues } from '../../model/contract.ts';
import { expenseApprovalIssues, receiptIssues } from '../../model/expense-rules.ts';
import type { Expense } from '../../model/types.generated.ts';

const money = (amount: string, currency = 'EUR') => ({ amount, currency });
const expense = (more: object = {}) =>
  ({
    id: 'expense-tool:1',
    source: { system: 'expense-tool', id: '1' },
    resource: { id: '7', email: 'ada.berg@firm.example' },
    project: { id: '1', code: 'ENG-0001' },
    day: '2026-11-20',
    category: 'Travel',
    amount: money('48.90'),
    billable: true,
    status: 'approved',
    version: '1',
    ...more,
  }) as Expense;
const issues = (more: object) => contractIssues('expense', expense(more)).map(({ code, field }) => `${code} ${field}`);

describe('An expense', () => {
  it('has an amount in any currency, and may have tax, a rate of the day, a receipt, a flat rate, a markup', () => {
    for (const sound of [
      {},
      { project: undefined, task: undefined },
      { amount: money('9000', 'JPY') },
      { amount: money('12.345', 'KWD') },
      { amount: money('-25.00') },
      { amount: money('119.00'), tax: { code: 'DE-19', amount: money('19.00') } },
      { tax: { code: 'DE-0', amount: money('0.00') } },
      { amount: money('-119.00'), tax: { code: 'DE-19', amount: money('-19.00') } },
      { exchangeRate: { rate: '0.8547', currency: 'GBP' } },
      { amount: money('126.00'), mileage: { distance: '420', unit: 'KMT', rate: money('0.30') } },
      { amount: money('33.33'), mileage: { distance: '33.333', unit: 'SMI', rate: money('1.00') } },
      { amount: money('42.00'), perDiem: { days: '1.5', rate: money('28.00') } },
      { markup: '10', reimbursable: false, receipt: { id: '5501' }, report: { id: '77' }, legalEntity: 'DE01' },
    ]) {
      issues(JSON.parse(JSON.stringify(sound)) as object).should.deepEqual([], JSON.stringify(sound));
    }
  });

  it('is refused for an amount that no books can hold', () => {
    issues({ amount: money('0.00') }).should.deepEqual(['EXPENSE_ZERO amount']);
    issues({ amount: money('-0') }).should.deepEqual(['EXPENSE_ZERO amount']);
    issues({ amount: money('48.905') }).should.deepEqual(['MONEY_DECIMALS amount']);
    issues({ amount: money('9000.5', 'JPY') }).should.deepEqual(['MONEY_DECIMALS amount']);
    issues({ amount: money('48.90', 'XXX') }).should.deepEqual(['CURRENCY_NOT_ISO amount.currency']);
    issues({ amount: { amount: 48.9, currency: 'EUR' } }).should.deepEqual(['SCHEMA_TYPE amount.amount']);
    issues({ day: '0026-11-20' }).should.deepEqual(['DATE_YEAR day']);
  });

  it('is refused where its parts contradict each other', () => {
    issues({ tax: { code: 'DE-19', amount: money('48.90') } }).should.deepEqual(['TAX_NOT_OF_AMOUNT tax.amount']);
    issues({ tax: { code: 'DE-19', amount: money('-1.00') } }).should.deepEqual(['TAX_NOT_OF_AMOUNT tax.amount']);
    issues({ tax: { code: 'DE-19', amount: money('1.00', 'GBP') } }).should.deepEqual(['TAX_NOT_OF_AMOUNT tax.amount']);
    issues({ exchangeRate: { rate: '0', currency: 'GBP' } }).should.deepEqual(['EXCHANGE_RATE_ODD exchangeRate.rate']);
    issues({ exchangeRate: { rate: '1.2', currency: 'EUR' } }).should.deepEqual(['EXCHANGE_RATE_ODD exchangeRate.rate']);
    // what a field holds that nobody has filled in
    issues({ exchangeRate: { rate: '1.000', currency: 'GBP' } }).should.deepEqual(['EXCHANGE_RATE_ODD exchangeRate.rate']);
    issues({ amount: money('120.00', 'NAD'), exchangeRate: { rate: '1', currency: 'ZAR' } }).should.deepEqual([]);
    issues({ amount: money('120.00', 'NAD'), exchangeRate: { rate: '1', currency: 'LSL' } }).should.deepEqual([]);
    issues({ mileage: { distance: '420', unit: 'KMT', rate: money('0.30') } }).should.deepEqual(['FLAT_RATE_DIFFERS amount']);
    issues({ perDiem: { days: '1', rate: money('48.90', 'USD') } }).should.deepEqual(['FLAT_RATE_DIFFERS amount']);
    issues({
      mileage: { distance: '163', unit: 'KMT', rate: money('0.30') },
      perDiem: { days: '1', rate: money('48.90') },
    }).should.deepEqual(['FLAT_RATE_TWICE mileage']);
  });

  it('is posted when it is approved, or looked for when it was taken back; never otherwise', () => {
    const codes = (status: string) => expenseApprovalIssues(expense({ status })).map(({ code, value }) => `${code} ${value}`);
    for (const status of ['approved', 'withdrawn']) codes(status).should.deepEqual([]);
    for (const status of ['draft', 'submitted', 'rejected', 'invoiced']) codes(status).should.deepEqual([`NOT_APPROVED ${status}`]);
  });

  it('needs a receipt where a policy asks for one, but not for a flat rate', () => {
    const codes = (more: object) => receiptIssues(expense(more)).map(({ code, field, value }) => `${code} ${field} ${value}`);
    codes({}).should.deepEqual(['RECEIPT_MISSING receipt 48.90 EUR']);
    codes({ receipt: { id: '1' } }).should.deepEqual([]);
    codes({ mileage: { distance: '163', unit: 'KMT', rate: money('0.30') } }).should.deepEqual([]);
    codes({ perDiem: { days: '1', rate: money('48.90') } }).should.deepEqual([]);
    codes({ status: 'withdrawn' }).should.deepEqual([]);
  });
});
