import { Decimal } from 'decimal.js';
import { isZero, type Money } from '../model/money.ts';

/** What is compared of a record that both sides have. */
export type ComparedField =
  | 'person'
  | 'project'
  | 'task'
  | 'entity'
  | 'date'
  | 'minutes'
  | 'billable'
  | 'currency'
  | 'rate'
  | 'amount'
  | 'reimbursable'
  | 'receipt'
  | 'tax';

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
    | 'amount-missing-in-erp'
    | 'reimbursable-differs'
    | 'receipt-differs'
    | 'tax-differs'
    | 'tax-missing-in-psa'
    | 'tax-missing-in-erp';
  /** what each side says; null = it says that there is none */
  psa: string | null;
  erp: string | null;
  message: string;
}

/** What differs, and which fields could not be compared because a side does not tell them. */
export interface Differences {
  differences: Difference[];
  untold: ComparedField[];
}

/** A field whose values are equal, or are not. `undefined` = the side does not tell it; `null` is an answer: there is none. */
export interface PlainField<Fact> {
  field: ComparedField;
  kind: Difference['kind'];
  what: string;
  say(fact: Fact): string | null | undefined;
}

/** In order of importance: of several differences the first names the break. */
export function plainDifferences<Fact>(fields: readonly PlainField<Fact>[], psa: Fact, erp: Fact): Differences {
  const differences: Difference[] = [];
  const untold: ComparedField[] = [];
  for (const { field, kind, what, say } of fields) {
    const [left, right] = [say(psa), say(erp)];
    if (left === undefined || right === undefined) untold.push(field);
    else if (left !== right) differences.push(difference(kind, what, left, right));
  }
  return { differences, untold };
}

export function difference(kind: Difference['kind'], what: string, psa: string | null, erp: string | null): Difference {
  return { kind, psa, erp, message: `${what} ${psa ?? 'none'} approved, ${erp ?? 'none'} posted` };
}

/** Of the first amounts that both sides have. Nothing is nothing in every currency. */
export function currencyDifference(
  amounts: readonly (readonly [psa: Money | null | undefined, erp: Money | null | undefined])[],
): Difference[] {
  for (const [left, right] of amounts) {
    if (!left || !right || (isZero(left) && isZero(right))) continue;
    return left.currency === right.currency ? [] : [difference('currency-differs', 'currency', left.currency, right.currency)];
  }
  return [];
}

/** Zero and none are two things, but where `free` says that nobody is asked for the money. */
export function moneyDifferences(what: 'rate' | 'amount' | 'tax', psa: Money | null, erp: Money | null, free = false): Difference[] {
  const [left, right] = [shown(psa), shown(erp)];
  if (psa && erp) return new Decimal(psa.amount).equals(erp.amount) ? [] : [difference(`${what}-differs`, what, left, right)];
  const only = psa ?? erp;
  if (!only || (free && isZero(only))) return [];
  return [difference(psa ? `${what}-missing-in-erp` : `${what}-missing-in-psa`, what, left, right)];
}

const shown = (value: Money | null) => value && `${value.amount} ${value.currency}`;
