import { inWords } from '../model/failure-words.ts';
import type { TimeFact } from '../model/operations.ts';
import { controlTotals } from './control-totals.ts';
import type { Comparison } from './reconciliation.ts';
import { currencyDifference, type Differences, moneyDifferences, type PlainField, plainDifferences } from './said-differences.ts';

const plainFields: readonly PlainField<TimeFact>[] = [
  { field: 'minutes', kind: 'minutes-differ', what: 'minutes', say: (fact) => String(fact.minutes) },
  { field: 'date', kind: 'date-differs', what: 'day of work', say: (fact) => fact.workDate },
  { field: 'person', kind: 'person-differs', what: 'person', say: (fact) => fact.person },
  { field: 'project', kind: 'project-differs', what: 'project', say: (fact) => fact.projectCode },
  { field: 'task', kind: 'task-differs', what: 'task', say: (fact) => fact.taskCode },
  { field: 'entity', kind: 'entity-differs', what: 'legal entity', say: (fact) => fact.legalEntity },
  { field: 'billable', kind: 'billable-differs', what: 'billable', say: (fact) => (fact.billable ? 'yes' : 'no') },
];

/** Approved time with posted time. */
export const timeComparison: Comparison<TimeFact> = {
  subject: 'time',
  missingInErp: (key, { minutes, workDate }) => inWords('TIME_BREAK.missing-in-erp', { key, minutes, day: workDate }),
  missingInPsa: (key, { minutes, workDate }) => inWords('TIME_BREAK.missing-in-psa', { key, minutes, day: workDate }),
  differencesOf,
  totals: controlTotals,
};

/** An amount is always compared: a side without one bills nothing by itself. */
function differencesOf(psa: TimeFact, erp: TimeFact): Differences {
  const { differences, untold } = plainDifferences(plainFields, psa, erp);
  differences.push(
    ...currencyDifference([
      [psa.amount, erp.amount],
      [psa.rate, erp.rate],
    ]),
  );
  const free = !psa.billable && !erp.billable;
  if (psa.rate === undefined || erp.rate === undefined) untold.push('rate');
  else differences.push(...moneyDifferences('rate', psa.rate, erp.rate, free));
  differences.push(...moneyDifferences('amount', psa.amount ?? null, erp.amount ?? null, free));
  return { differences, untold };
}
