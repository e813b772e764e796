import { Decimal } from 'decimal.js';
import { ExactDecimal } from '../../../model/exact-decimal.ts';
import { Failure } from '../../../model/failure.ts';
import { type FailureText, inWords } from '../../../model/failure-words.ts';
import { largestRemainder } from '../../../model/largest-remainder.ts';
import { minorDigits, minorUnits, money, sumMoney } from '../../../model/money.ts';
import type { Milestone, Money } from '../../../model/types.generated.ts';
import type { Told } from '../../../model/failure-sentence.ts';

export interface MilestoneShare {
  milestone: Milestone;
  /** percent of the total, exact decimal text; all shares together are exactly 100 */
  percent: string;
}

const fewest = 2;
const most = 12;

/**
 * Milestones as shares of their total, since NetSuite keeps a schedule in percent. The shares are rounded down to as few decimals (2 to 12) as
 * let every share of the total round back to the milestone's exact amount; the hundredths (or finer) that are left go, one each, to the
 * largest remainders, the earlier milestone first. So they add up to 100 exactly, and what is billed is what was agreed.
 */
export function milestoneShares(milestones: Milestone[], record: Told): { total: Money; shares: MilestoneShare[] } {
  const currency = milestones[0]!.amount.currency; // a schedule has milestones
  const foreign = milestones.find((milestone) => milestone.amount.currency !== currency);
  if (foreign) {
    const other = foreign.amount.currency;
    throw unusable(record, other, inWords('MILESTONE_CURRENCY', { milestone: foreign.code, other, currency }));
  }
  const total = sumMoney(
    milestones.map((milestone) => milestone.amount),
    currency,
  );
  const negative = milestones.find((milestone) => minorUnits(milestone.amount) < 0);
  if (negative || minorUnits(total) === 0) {
    throw unusable(
      record,
      (negative?.amount ?? total).amount,
      negative ? inWords('MILESTONE_AMOUNT.negative', { milestone: negative.code }) : inWords('MILESTONE_AMOUNT.none'),
    );
  }
  const units = milestones.map((milestone) => minorUnits(milestone.amount));
  for (let places = fewest; places <= most; places++) {
    const percents = percentsOf(units, places);
    if (percents.every((percent, index) => billed(percent, total).equals(milestones[index]!.amount.amount)))
      return { total, shares: milestones.map((milestone, index) => ({ milestone, percent: percents[index]! })) };
  }
  // beyond hundreds of billions: a percentage that bills the exact amount would have more digits than a JSON number carries
  const { amount } = total;
  throw unusable(record, amount, inWords('MILESTONE_AMOUNT.too-much', { amount, currency }));
}

/** What NetSuite bills for a share of the total. */
export function billed(percent: string, total: Money): Decimal {
  return new Decimal(money(new ExactDecimal(total.amount).times(percent).div(100).toFixed(), total.currency).amount).toDecimalPlaces(
    minorDigits(total.currency),
  );
}

/** In whole units of `10^-places` percent; integers only. */
function percentsOf(units: number[], places: number): string[] {
  const whole = 100n * 10n ** BigInt(places);
  return largestRemainder(whole, units.map(BigInt)).map((share) =>
    new Decimal(share.toString()).div(new Decimal(10).pow(places)).toFixed(places),
  );
}

function unusable(record: Told, value: string, said: FailureText): Failure {
  return new Failure({
    class: 'contract.invalid',
    ...said,
    system: 'netsuite',
    record,
    field: 'milestones',
    value,
    outcome: 'not-made',
  });
}
