import { erpLetters } from './erp-letters.ts';

const isRefused = (n: number) => n % 12 === 7;
const amountOf = (n: number) => (10 + n + 0.25).toFixed(2);

/** Approved expenses; every 12th is of a category that nobody knows. */
export const expenseStream = () =>
  erpLetters({
    name: 'expenses',
    contract: 'expense',
    type: 'erp-post-expense',
    more: { batchSize: 5, batchSeconds: 0.2 },
    writes: 'expenseReport',
    keyOf: (n) => `chaos:x${n}`,
    subjectOf: (n) => `chaos:x${n}`,
    isRefused,
    versions: (n) => [
      {
        ...{ id: `chaos:x${n}`, source: { system: 'chaos', id: `x${n}` }, resource: { id: 'C1', email: 'expenses@firm.example' } },
        ...{ report: { id: `R${n}` }, project: { id: 'P1', code: 'ENG-expenses' }, day: '2026-11-20' },
        ...{ category: isRefused(n) ? 'Marvels' : 'Travel', amount: { amount: amountOf(n), currency: 'EUR' } },
        ...{ billable: true, status: 'approved', version: '1' },
      },
    ],
    held: (_fields, { expense = [] }) => expense.map(({ fields }) => Number(fields['amount']).toFixed(2)).join(),
    wanted: amountOf,
  });
