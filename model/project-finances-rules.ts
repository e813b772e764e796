import { ExactDecimal } from './exact-decimal.ts';
import type { Issue } from './failure.ts';
import { inWords } from './failure-words.ts';
import type { Money } from './money.ts';
import type { ProjectFinances } from './types.generated.ts';

/** Of the project, in its one currency. */
export const financeAmounts = [
  ...['contractValue', 'billed', 'invoiced', 'paid', 'credited', 'open', 'revenue'],
  ...['labourCost', 'expenseCost', 'cost', 'margin', 'unbilled', 'overbilled'],
] as readonly FinanceAmount[];
export type FinanceAmount = Exclude<ProjectFinances['unknown'][number]['field'], 'marginPercent'>;

/**
 * What is wrong with figures whose values are right: another currency, nothing without a reason, and what contradicts itself. Who reads them elsewhere has
 * nothing to see that by.
 */
export function projectFinancesIssues(finances: ProjectFinances): Issue[] {
  const issues = [...currencyIssues(finances), ...reasonIssues(finances)];
  // amounts of two currencies cannot be compared
  return issues.length > 0 ? issues : contradictions(finances);
}

function currencyIssues(finances: ProjectFinances): Issue[] {
  const { currency } = finances;
  return financeAmounts.flatMap((field) => {
    const other = finances[field]?.currency ?? currency;
    return other === currency ? [] : [{ field, value: other, ...inWords('FINANCES_CURRENCY', { field, other, currency }) }];
  });
}

function reasonIssues(finances: ProjectFinances): Issue[] {
  const reasons = new Set(finances.unknown.map(({ field }) => field));
  return [...financeAmounts, 'marginPercent' as const].flatMap((field) =>
    (finances[field] === null) === reasons.has(field) ? [] : [{ field, ...inWords('FINANCES_REASON', { field }) }],
  );
}

function contradictions({ billing, currency, ...of }: ProjectFinances): Issue[] {
  const { contractValue, billed, invoiced, paid, credited, open, revenue, cost, margin } = of;
  const shown = ({ amount }: Money) => `${amount} ${currency}`;
  const issues: Issue[] = [];
  const above = (one: Money | null, other: Money | null): one is Money =>
    one !== null && other !== null && new ExactDecimal(one.amount).greaterThan(other.amount);
  const tell = (field: FinanceAmount, value: Money, said: ReturnType<typeof inWords>) =>
    issues.push({ field, value: shown(value), ...said });
  if (billing === 'fixed-price' && contractValue && above(billed, contractValue))
    tell('billed', billed, inWords('FINANCES_OVER_CONTRACT', { billed: shown(billed), contract: shown(contractValue) }));
  if (invoiced && above(paid, invoiced)) tell('paid', paid, inWords('FINANCES_OVERPAID', { paid: shown(paid), invoiced: shown(invoiced) }));
  else if (invoiced && paid && credited && open && !sum(paid, credited, open).equals(invoiced.amount))
    tell('open', open, inWords('FINANCES_OPEN', { open: shown(open), invoiced: shown(invoiced) }));
  if (revenue && above(margin, revenue))
    tell('margin', margin, inWords('FINANCES_ABOVE_REVENUE', { margin: shown(margin), revenue: shown(revenue) }));
  else if (revenue && cost && margin && !sum(margin, cost).equals(revenue.amount))
    tell('margin', margin, inWords('FINANCES_MARGIN', { margin: shown(margin), revenue: shown(revenue), cost: shown(cost) }));
  return issues;
}

const sum = (...amounts: Money[]) => amounts.reduce((all, { amount }) => all.plus(amount), new ExactDecimal(0));
