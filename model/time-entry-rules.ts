import type { Issue } from './failure.ts';
import { equalMoney, isZero, priceOfTime } from './money.ts';
import type { TimeEntry } from './types.generated.ts';

/** Why an entry is not to be posted: what nobody has approved, or somebody has rejected, would be billed; what is invoiced would be billed again. */
export function approvalIssues({ status }: TimeEntry): Issue[] {
  if (status === 'approved') return [];
  return [
    {
      code: 'NOT_APPROVED',
      field: 'status',
      value: status,
      message: `The entry is ${status}, not approved: it is not posted.`,
      remedy: 'Approve it in the source. If others than approved ones are sent, let the flow pass approved ones alone.',
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
        code: 'AMOUNT_WITHOUT_RATE',
        field: 'rate',
        value,
        message: `The entry has an amount (${value}) and no rate: the ERP would bill its list price.`,
        remedy: 'Send or map the rate of an hour; for time that is free, a rate of 0.',
      },
    ];
  }
  const price = priceOfTime(minutes, rate);
  if (equalMoney(price, amount)) return [];
  return [
    {
      code: 'AMOUNT_DIFFERS',
      field: 'amount',
      value,
      message: `The amount is ${value}, but ${minutes} minutes at ${rate.amount} ${rate.currency} an hour are ${price.amount} ${price.currency}.`,
      remedy: 'Correct amount or rate in the source, or leave the amount out: it is worked out from the rate, rounded half up.',
    },
  ];
}
