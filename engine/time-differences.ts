import { Decimal } from 'decimal.js';
import { isZero, type Money } from '../model/money.ts';
import type { TimeFact } from '../model/operations.ts';

/** What is compared of an entry that both sides have. */
export type ComparedField = 'person' | 'project' | 'task' | 'entity' | 'date' | 'minutes' | 'billable' | 'currency' | 'rate' | 'amount';

/** One field in which the sides differ. */
export interface Difference {
  kind:
    | 'person-differs'
    | 'project-differs'
    | 'task-differs'
    | 'entity-differs'
    | 'date-differs'
    | 'minutes-differ'
    | 'billable-differs'
    | 'currency-differs'
    | 'rate-differs'
    | 'rate-missing-in-psa'
    | 'rate-missing-in-erp'
    | 'amount-differs'
    | 'amount-missing-in-psa'
    | 'amount-missing-in-erp';
  /** what each side says; null = it says that there is none */
  psa: string | null;
  erp: string | null;
  message: string;
}

type Side = string | null | undefined;

/** In order of importance: of several differences the first names the break. */
const plainFields: { field: ComparedField; kind: Difference['kind']; what: string; say(fact: TimeFact): Side }[] = [
  { field: 'minutes', kind: 'minutes-differ', what: 'minutes', say: (fact) => String(fact.minutes) },
  { field: 'date', kind: 'date-differs', what: 'day of work', say: (fact) => fact.workDate },
  { field: 'person', kind: 'person-differs', what: 'person', say: (fact) => fact.person },
  { field: 'project', kind: 'project-differs', what: 'project', say: (fact) => fact.projectCode },
  { field: 'task', kind: 'task-differs', what: 'task', say: (fact) => fact.taskCode },
  { field: 'entity', kind: 'entity-differs', what: 'legal entity', say: (fact) => fact.legalEntity },
  { field: 'billable', kind: 'billable-differs', what: 'billable', say: (fact) => (fact.billable ? 'yes' : 'no') },
];

/**
 * What differs between the two views of one entry, and which fields could not be compared because a side does not tell them (`undefined`).
 * `null` is an answer: there is none. An amount is always compared: a side without one bills nothing by itself.
 */
export function differencesOf(psa: TimeFact, erp: TimeFact): { differences: Difference[]; untold: ComparedField[] } {
  const differences: Difference[] = [];
  const untold: ComparedField[] = [];
  for (const { field, kind, what, say } of plainFields) {
    const [left, right] = [say(psa), say(erp)];
    if (left === undefined || right === undefined) untold.push(field);
    else if (left !== right) differences.push(difference(kind, what, left, right));
  }
  const currencies = currencyDifference(psa, erp);
  if (currencies) differences.push(currencies);
  const free = !psa.billable && !erp.billable;
  if (psa.rate === undefined || erp.rate === undefined) untold.push('rate');
  else differences.push(...moneyDifferences('rate', psa.rate, erp.rate, free));
  differences.push(...moneyDifferences('amount', psa.amount ?? null, erp.amount ?? null, free));
  return { differences, untold };
}

function difference(kind: Difference['kind'], what: string, psa: string | null, erp: string | null): Difference {
  return { kind, psa, erp, message: `${what} ${psa ?? 'none'} approved, ${erp ?? 'none'} posted` };
}

/** Nothing is nothing in every currency. */
function currencyDifference(psa: TimeFact, erp: TimeFact): Difference | undefined {
  for (const name of ['amount', 'rate'] as const) {
    const [left, right] = [psa[name], erp[name]];
    if (!left || !right || (isZero(left) && isZero(right))) continue;
    return left.currency === right.currency ? undefined : difference('currency-differs', 'currency', left.currency, right.currency);
  }
  return undefined;
}

/** Zero and none are two things, but for time that neither side bills. */
function moneyDifferences(what: 'rate' | 'amount', psa: Money | null, erp: Money | null, free: boolean): Difference[] {
  const [left, right] = [shown(psa), shown(erp)];
  if (psa && erp) return new Decimal(psa.amount).equals(erp.amount) ? [] : [difference(`${what}-differs`, what, left, right)];
  const only = psa ?? erp;
  if (!only || (free && isZero(only))) return [];
  return [difference(psa ? `${what}-missing-in-erp` : `${what}-missing-in-psa`, what, left, right)];
}

const shown = (value: Money | null) => value && `${value.amount} ${value.currency}`;
