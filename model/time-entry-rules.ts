import type { Issue } from './failure.ts';
import { inWords } from './failure-words.ts';
import { equalMoney, isZero, priceOfTime } from './money.ts';
import type { TimeEntry } from './types.generated.ts';

/**
 * Why an entry is not to be posted: what nobody has approved, or somebody has rejected, would be billed; what is invoiced would be billed again. What was
 * taken back is passed on: only the books can tell whether it is in them.
 */
export function approvalIssues({ status }: TimeEntry): Issue[] {
  if (status === 'approved' || status === 'withdrawn') return [];
  return [
    {
      field: 'status',
      value: status,
      ...inWords('NOT_APPROVED', { status }),
    },
  ];
}

/**
 * What is wrong with the money of a time entry whose values are right. The ERP bills time by its rate alone: an amount that says something else, or
 * that has no rate, would be dropped without a word, and another one billed.
 */
export function timeEntryIssues({ amount, rate, minutes, billable }: TimeEntry): Issue[] {
  if (!amount || (!billable && isZero(amount))) return [];
  const value = `${amount.amount} ${amount.currency}`;
  if (!rate) {
    return [
      {
        field: 'rate',
        value,
        ...inWords('AMOUNT_WITHOUT_RATE', { value }),
      },
    ];
  }
  const price = priceOfTime(minutes, rate);
  if (equalMoney(price, amount)) return [];
  return [
    {
      field: 'amount',
      value,
      ...inWords('AMOUNT_DIFFERS', {
        value,
        minutes,
        rate: `${rate.amount} ${rate.currency}`,
        price: `${price.amount} ${price.currency}`,
      }),
    },
  ];
}
