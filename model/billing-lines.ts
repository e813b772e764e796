import { addDays, type CalendarDate } from './calendar-date.ts';
import { ExactDecimal } from './exact-decimal.ts';
import { largestRemainder } from './largest-remainder.ts';
import { minorDigits, type Money, moneyFromMinor } from './money.ts';
import type { BillingSchedule, Milestone, Retainer } from './types.generated.ts';

/** Parts of a percentage: as many as its decimals may be. */
const parts = 6;

/**
 * What a schedule bills, line by line, each with its exact amount; none where time is billed. Percentages become amounts by the method of the largest
 * remainders: rounded down to the currency's decimals, and what is left goes, a cent each, to the largest remainders, the earlier line first.
 */
export function billingLines(schedule: BillingSchedule): Milestone[] {
  const { lines = [], amount, retainer } = schedule;
  if (retainer) return periodsOf(retainer);
  const percents = lines.map(({ percent }) => percent);
  const amounts: (Money | undefined)[] =
    amount && percents.every((percent) => percent !== undefined) ? ofPercent(amount, percents) : lines.map((line) => line.amount);
  return lines.flatMap(({ code, name, due, phase }, index) => {
    const own = amounts[index];
    return own ? [{ code, name, due, amount: own, ...(phase ? { phase } : {}) }] : [];
  });
}

function ofPercent(amount: Money, percents: readonly string[]): Money[] {
  const weights = percents.map((percent) => inUnits(percent, parts));
  return largestRemainder(inUnits(amount.amount, minorDigits(amount.currency)), weights).map((units) =>
    moneyFromMinor(units.toString(), amount.currency),
  );
}

const inUnits = (decimal: string, places: number) => BigInt(new ExactDecimal(decimal).times(new ExactDecimal(10).pow(places)).toFixed(0));

const months = { month: 1, quarter: 3, year: 12 } as const;

/** `R1`, `R2` … each due on the first day of its period. */
function periodsOf({ every, periods, start, amount }: Retainer): Milestone[] {
  return Array.from({ length: periods }, (_, index) => {
    const due = monthsAfter(start, index * months[every]);
    return {
      code: `R${index + 1}`,
      name: `Retainer ${due} – ${addDays(monthsAfter(start, (index + 1) * months[every]), -1)}`,
      due,
      amount,
    };
  });
}

/** The same day so many months later; the last of the month where it has no such day (31 January, then 28 February, then 31 March). */
function monthsAfter(start: CalendarDate, count: number): CalendarDate {
  const [year = 0, month = 0, day = 0] = start.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + count, 1));
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(day, lastDay));
  return first.toISOString().slice(0, 10);
}
