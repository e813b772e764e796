import { inWords } from '../model/failure-words.ts';
import type { ExpenseFact } from '../model/operations.ts';
import { controlTotals } from './control-totals.ts';
import type { Comparison } from './reconciliation.ts';
import { currencyDifference, type Differences, moneyDifferences, type PlainField, plainDifferences } from './said-differences.ts';

const yesOrNo = (value: boolean | undefined) => (value === undefined ? undefined : value ? 'yes' : 'no');

const plainFields: readonly PlainField<ExpenseFact>[] = [
  { field: 'date', kind: 'date-differs', what: 'day', say: (fact) => fact.day },
  { field: 'person', kind: 'person-differs', what: 'person', say: (fact) => fact.person },
  { field: 'project', kind: 'project-differs', what: 'project', say: (fact) => fact.projectCode },
  { field: 'entity', kind: 'entity-differs', what: 'legal entity', say: (fact) => fact.legalEntity },
  { field: 'billable', kind: 'billable-differs', what: 'billable', say: (fact) => yesOrNo(fact.billable) },
  { field: 'reimbursable', kind: 'reimbursable-differs', what: 'paid back', say: (fact) => yesOrNo(fact.reimbursable) },
  { field: 'receipt', kind: 'receipt-differs', what: 'receipt', say: (fact) => yesOrNo(fact.receipt) },
];

/** Approved expenses with posted ones, in the currency that was paid in. */
export const expenseComparison: Comparison<ExpenseFact> = {
  subject: 'expenses',
  missingInErp: (key, { amount, day }) =>
    inWords('EXPENSE_BREAK.missing-in-erp', { key, amount: `${amount.amount} ${amount.currency}`, day }),
  missingInPsa: (key, { amount, day }) =>
    inWords('EXPENSE_BREAK.missing-in-psa', { key, amount: `${amount.amount} ${amount.currency}`, day }),
  differencesOf,
  totals(facts) {
    const { minutes: _none, ...totals } = controlTotals(facts.map((fact) => ({ ...fact, minutes: 0 })));
    return totals;
  },
};

/** What is owed comes first. Zero tax and no tax are the same: nothing is claimed back. */
function differencesOf(psa: ExpenseFact, erp: ExpenseFact): Differences {
  const money = [...currencyDifference([[psa.amount, erp.amount]]), ...moneyDifferences('amount', psa.amount, erp.amount)];
  const { differences, untold } = plainDifferences(plainFields, psa, erp);
  if (psa.tax === undefined || erp.tax === undefined) untold.push('tax');
  else money.push(...moneyDifferences('tax', psa.tax, erp.tax, true));
  return { differences: [...money, ...differences], untold };
}
