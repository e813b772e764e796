import 'should';
import { contractIssues } from '../../model/contract.ts';

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const entry = (more: object) => ({
  id: 'time-tool:1',
  source: { system: 'time-tool', id: '1' },
  resource: { id: '7', email: 'ada.berg@firm.example' },
  project: { id: '1', code: 'ENG-0001' },
  workDate: '2026-11-20',
  minutes: 450,
  billable: true,
  status: 'approved',
  version: '1',
  ...more,
});
const issues = (more: object) => contractIssues('time-entry', entry(more)).map(({ code, field }) => `${code} ${field}`);

describe('A time entry', () => {
  it('may have no money, a rate, or a rate with what it makes, rounded half up', () => {
    for (const sound of [
      {},
      { rate: eur('160.00') },
      { rate: eur('160.00'), amount: eur('1200.00') },
      { rate: eur('133.3333'), amount: eur('1000.00') },
      { rate: eur('0'), amount: eur('0.00') },
      { billable: false, amount: eur('0.00') },
      { billable: false, rate: eur('160.00'), amount: eur('0.00') },
    ]) {
      issues(sound).should.deepEqual([]);
    }
  });

  it('is not billed another amount than it has: by the list price where it has no rate, or by a rate that makes another', () => {
    issues({ amount: eur('1200.00') }).should.deepEqual(['AMOUNT_WITHOUT_RATE rate']);
    issues({ amount: eur('0.00') }).should.deepEqual(['AMOUNT_WITHOUT_RATE rate']);
    issues({ rate: eur('160.00'), amount: eur('1200.01') }).should.deepEqual(['AMOUNT_DIFFERS amount']);
    issues({ rate: eur('160.00'), amount: { amount: '1200.00', currency: 'USD' } }).should.deepEqual(['AMOUNT_DIFFERS amount']);
  });
});
