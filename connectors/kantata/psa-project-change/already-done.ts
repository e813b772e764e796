import { exactMoney } from '../../../model/exact-money.ts';
import { ExactDecimal } from '../../../model/exact-decimal.ts';
import { minorDigits } from '../../../model/money.ts';
import type { Told, Words } from '../../../model/failure-sentence.ts';
import { Failure } from '../../../model/failure.ts';
import { type FailureText, inWords } from '../../../model/failure-words.ts';
import { clockHours } from '../../../model/clock-hours.ts';
import { outsideNumber } from '../../../model/outside-number.ts';
import { type Row, text, unexpectedAnswer } from '../wire/envelope.ts';

/** What has happened already stops an amendment that would deny it. */
export function stopped(record: Told, field: string, value: string, said: FailureText): Failure {
  return new Failure({ class: 'business.rejected', ...said, system: 'kantata', record, field, value, outcome: 'not-made' });
}

/** What is taken out must have no time. */
export function mustHaveNoTime(record: Words, row: Row): void {
  const minutes = ['logged_billable_time_in_minutes', 'logged_nonbillable_time_in_minutes'].reduce(
    (sum, field) => sum + whole(record, row, field),
    0,
  );
  if (minutes === 0) return;
  const hours = clockHours(minutes);
  throw stopped(record, 'logged_billable_time_in_minutes', hours, inWords('TIME_POSTED', { record, hours, systemName: 'Kantata' }));
}

/** A budget is not made less than what is invoiced of it. */
export function mustNotBeBelowInvoiced(record: Words, row: Row, cents: number | undefined, currency: string): void {
  const invoiced = whole(record, row, 'invoiced_balance_in_cents');
  if (invoiced === 0 || (cents !== undefined && cents >= invoiced)) return;
  const shown = (units: number) => {
    const { amount } = exactMoney(new ExactDecimal(units).div(new ExactDecimal(10).pow(minorDigits(currency))), currency);
    return `${amount} ${currency}`;
  };
  const billed = shown(invoiced);
  throw stopped(
    record,
    'budget_estimate_in_cents',
    billed,
    inWords('BELOW_BILLED', { record, billed, wanted: shown(cents ?? 0), systemName: 'Kantata' }),
  );
}

/** A milestone that is completed stays as it is. */
export function mustNotBeCompleted(record: Words, row: Row, milestone: string): void {
  if (text(row, 'state') !== 'completed') return;
  const there = [text(row, 'title'), text(row, 'due_date')].filter(Boolean).join(', ');
  throw stopped(record, 'state', 'completed', inWords('MILESTONE_COMPLETED', { milestone, there, systemName: 'Kantata' }));
}

/** Sums that Kantata keeps of a task; none is zero, and what is no number is told. */
function whole(record: Words, row: Row, field: string): number {
  const value = row[field];
  if (value === undefined || value === null) return 0;
  const number = outsideNumber(value, { least: 0, most: 1e15, whole: true });
  if (number !== undefined) return number;
  throw unexpectedAnswer(record, field, inWords('ANSWER_UNEXPECTED.field', { field }));
}
