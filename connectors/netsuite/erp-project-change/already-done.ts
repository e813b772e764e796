import { ExactDecimal } from '../../../model/exact-decimal.ts';
import { exactMoney } from '../../../model/exact-money.ts';
import type { Told, Words } from '../../../model/failure-sentence.ts';
import { Failure } from '../../../model/failure.ts';
import { type FailureText, inWords } from '../../../model/failure-words.ts';
import { clockHours } from '../../../model/clock-hours.ts';
import type { Money } from '../../../model/types.generated.ts';
import { sales, salesOf } from '../records/sales-of-project.ts';
import { minutesOf } from '../records/time-bill.ts';
import { column, type SuiteQl } from '../wire/suiteql.ts';

/** What has happened in the books already stops an amendment that would deny it. */
export function stopped(record: Told, field: string, value: string, said: FailureText): Failure {
  return new Failure({ class: 'business.rejected', ...said, system: 'netsuite', record, field, value, outcome: 'not-made' });
}

interface WantedAmount {
  record: Words;
  /** internal id of the project */
  job: string;
  field: string;
  wanted: Money;
}

/** Net of tax, credits taken off: what is posted, and what still waits for an approval. */
export async function mustNotBeBelowBilled(
  suiteQl: SuiteQl,
  { record, job, field, wanted }: WantedAmount,
  currencyOf: (id: string) => Promise<string | undefined>,
  signal: AbortSignal,
): Promise<void> {
  let billed = new ExactDecimal(0);
  for (const { currency, amount } of await salesOf(suiteQl, job, sales, signal)) {
    // an account of one currency shows none
    const code = currency === undefined ? wanted.currency : ((await currencyOf(currency)) ?? currency);
    if (code !== wanted.currency) {
      const said = inWords('BILLED_IN_OTHER_CURRENCY', { record, currency: code, wanted: wanted.currency });
      throw stopped(record, field, code, said);
    }
    billed = billed.plus(amount);
  }
  if (billed.lessThanOrEqualTo(wanted.amount)) return;
  const amount = `${exactMoney(billed, wanted.currency).amount} ${wanted.currency}`;
  const lower = `${wanted.amount} ${wanted.currency}`;
  throw stopped(record, field, amount, inWords('BELOW_BILLED', { record, billed: amount, wanted: lower, systemName: 'NetSuite' }));
}

/** Phases and tasks that are taken out must have no time; what is planned or allocated, in the same table, is none. */
export async function mustHaveNoTime(
  suiteQl: SuiteQl,
  tasks: readonly { id: string; record: Words }[],
  signal: AbortSignal,
): Promise<void> {
  if (tasks.length === 0) return;
  const query = (condition: string) => `SELECT id, casetaskevent, hours FROM timebill WHERE ${condition} AND timetype = 'A' ORDER BY id`;
  const rows = await suiteQl.whereIn(
    'casetaskevent',
    tasks.map(({ id }) => id),
    query,
    signal,
  );
  const posted = tasks.find(({ id }) => rows.some((row) => row['casetaskevent'] === id));
  if (!posted) return;
  const minutes = rows.filter((row) => row['casetaskevent'] === posted.id).reduce((sum, row) => sum + minutesOf(column(row, 'hours')), 0);
  const hours = clockHours(minutes);
  throw stopped(posted.record, 'hours', hours, inWords('TIME_POSTED', { record: posted.record, hours, systemName: 'NetSuite' }));
}
